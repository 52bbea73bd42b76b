import { randomUUID } from 'node:crypto';
import { problem } from '@legendops/kit/errors/problem';
import type { Role } from '@legendops/kit/contract/permissions';
import type { Mail } from '@legendops/kit/mail/mailer';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { tenantRegistry } from '@legendops/kit/db/tenant-registry';
import { silentLog } from '@legendops/kit/testing/silent-log';
import { startTeams, type Teams as TeamsDouble } from '../../../../scripts/doubles/teams/server.ts';
import type { TenantLanes } from '../background/tenant-lanes.ts';
import { noticeLanes, type NoticeWork } from '../notice/notices.ts';
import { teamsAt } from '../notice/teams.ts';
import { periodService } from '../period/service.ts';
import { periodStore } from '../period/store.ts';
import type { TeamsVault } from '../vault/teams-vault.ts';
import { billingWorld, type BillingWorld } from './billing-world.ts';

export interface Person {
  id: string;
  name: string;
  email: string;
  role: Role;
}

export const aPerson = (name: string, role: Role = 'tenant_admin'): Person => ({
  id: randomUUID(),
  name,
  email: `${name.toLowerCase()}@northwind.example`,
  role,
});

/** A billing world whose people are told: with a mailbox, channels of Teams and a clock of its own. */
export interface NoticeWorld {
  world: BillingWorld;
  tenantId: string;
  /** Who works for each tenant; an error where the auth service does not answer. */
  staff: Map<string, Person[]>;
  auth: { isAway: boolean };
  /** What the mail server has taken, oldest first. */
  mails: Mail[];
  /** What it does before, and after, it takes one. */
  post: { before: (mail: Mail) => Promise<void>; after: (mail: Mail) => Promise<void> };
  teams: TeamsDouble;
  vault: TeamsVault & { addresses: Map<string, { url: string }> };
  clock: { at: Date };
  /** Another process of the service, with a pool of its own. */
  replica(changes?: Partial<NoticeWork>): TenantLanes;
  /** Looks for what is to be told, and then sends what is due. */
  round(lanes?: TenantLanes): Promise<void>;
  /** Lets time pass, and tells. */
  after(minutes: number): Promise<void>;
  call(
    method: string,
    path: string,
    options?: { body?: unknown; by?: Person; tenantId?: string },
  ): ReturnType<BillingWorld['api']['call']>;
  connectTeams(channel?: string): ReturnType<BillingWorld['api']['call']>;
  /** Opens an exception of a customer; returns its id. */
  raise(options?: RaisedException): Promise<string>;
  resolve(id: string): Promise<unknown>;
  /** Everything as at the start: nothing found, nothing told, nobody there, no fault; in a tenant of this zone. */
  begin(timeZone?: string): Promise<void>;
  close(): Promise<void>;
}

interface RaisedException {
  code?: string;
  customer?: string;
  amountMinor?: number;
  detail?: string;
  tenantId?: string;
}

/** As Key Vault: what was forgotten is refused and not missing. */
const memoryVault = (): NoticeWorld['vault'] => {
  const forgotten = new Set<string>();
  const addresses = new Map<string, { url: string }>();
  return {
    addresses,
    get: async (tenantId) => {
      if (forgotten.has(tenantId)) throw new Error('This secret is disabled');
      return addresses.get(tenantId);
    },
    put: async (tenantId, address) => {
      forgotten.delete(tenantId);
      addresses.set(tenantId, address);
    },
    forget: async (tenantId) => {
      if (addresses.delete(tenantId)) forgotten.add(tenantId);
    },
  };
};

const start = '2026-11-10T12:00:00Z';

export const noticeWorld = async (): Promise<NoticeWorld> => {
  const teams = await startTeams({ channels: ['Billing', 'Other'] });
  const staff = new Map<string, Person[]>();
  const auth = { isAway: false };
  const mails: Mail[] = [];
  const post: NoticeWorld['post'] = { before: async () => undefined, after: async () => undefined };
  const vault = memoryVault();
  const notices = {
    staffOf: async (tenantId: string) => {
      if (auth.isAway) throw problem('service.unavailable');
      return staff.get(tenantId) ?? [];
    },
    mailer: {
      send: async (mail: Mail) => {
        await post.before(mail);
        mails.push(mail);
        await post.after(mail);
      },
    },
    teams: teamsAt([teams.url]),
    vault,
  };
  const world = await billingWorld({ notices });
  const clock = { at: new Date(start) };
  const now = () => clock.at;
  const replica: NoticeWorld['replica'] = (changes = {}) => {
    const pool = world.database.pool('svc_billing');
    const [database, platform] = [serviceDatabase(pool), platformDatabase(pool)];
    return noticeLanes({
      ...notices,
      database,
      platform,
      registry: tenantRegistry(platform, () => Number.POSITIVE_INFINITY),
      periods: periodService({ store: periodStore(database), database, now }),
      publicUrl: world.publicUrl,
      log: silentLog,
      now,
      ...changes,
    });
  };
  const own = replica();
  const round: NoticeWorld['round'] = async (lanes = own) => {
    // What the first finds the second sends.
    for (let rounds = 0; rounds < 2; rounds += 1) {
      await lanes.round();
      await lanes.idle();
    }
  };
  const call: NoticeWorld['call'] = (method, path, { body, by, tenantId = world.tenantId } = {}) =>
    world.api.call(method, `/api/billing/v1/${path}`, {
      actor: { tenantId, ...(by && { memberId: by.id, role: by.role, name: by.name, email: by.email }) },
      ...(body !== undefined && { body }),
      headers: { 'idempotency-key': randomUUID() },
    });
  return {
    world,
    tenantId: world.tenantId,
    staff,
    auth,
    mails,
    post,
    teams,
    vault,
    clock,
    replica,
    round,
    after: async (minutes) => {
      clock.at = new Date(clock.at.getTime() + minutes * 60_000);
      await round();
    },
    call,
    connectTeams: (channel = 'Billing') =>
      call('PUT', 'notice-settings/teams', { body: { url: teams.webhookOf(channel) } }),
    raise: async ({
      code = 'price.missing',
      customer = 'Fabrikam',
      amountMinor = 12_345,
      detail = 'Backup has no price',
      tenantId = world.tenantId,
    } = {}) => {
      const [row] = await world.rows<{ id: string }>(
        `with customer as (
           insert into billing.customers (tenant_id, id, name, state, entity_version)
           values ($1, app.uuid_v7(), $2, 'active', 1) returning id)
         insert into billing.exceptions (tenant_id, subject_key, code, customer_id, detail, next_step, period, amount_minor, currency)
         select $1, gen_random_uuid()::text, $3, id, $4, 'Press “Add rule” under “Prices”', '2026-10-01', $5, 'USD' from customer
         returning id`,
        [tenantId, customer, code, detail, amountMinor],
      );
      return row?.id ?? '';
    },
    resolve: (id) => world.rows('update billing.exceptions set resolved_at = now() where id = $1', [id]),
    begin: async (timeZone = 'UTC') => {
      await world.rows(`truncate billing.notice_items, billing.notice_messages, billing.notices, billing.notice_choices,
        billing.notice_sweeps, billing.teams_channels, billing.exceptions, billing.invoices, billing.periods, billing.runs,
        billing.connections, billing.vendor_accounts, billing.customers cascade`);
      await world.rows(`update app.tenants set settings = settings || jsonb_build_object('timeZone', '${timeZone}')`);
      await fetch(`${teams.url}/_control/reset`, { method: 'POST' });
      staff.clear();
      vault.addresses.clear();
      mails.length = 0;
      Object.assign(auth, { isAway: false });
      Object.assign(post, { before: async () => undefined, after: async () => undefined });
      clock.at = new Date(start);
    },
    close: async () => {
      await world.close();
      await teams.close();
    },
  };
};
