import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase, Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';

// Clocks of two processes differ by less.
const aheadMs = 3_600_000;

/** Until when the changes of an account have been read; undefined where nobody has looked yet, and of a time to come. */
export const readUntil = async (
  database: TenantDatabase,
  scope: Scope,
  { realmId, now }: { realmId: string; now: Date },
): Promise<Date | undefined> => {
  const [row] = await database.read(
    scope,
    sql<{ read_to: string | null }>`select read_to from billing.account_looks where realm_id = ${realmId}`,
  );
  const until = row?.read_to == null ? undefined : new Date(row.read_to);
  return until !== undefined && until.getTime() > now.getTime() + aheadMs ? undefined : until;
};

/** Never back, but from a time to come: of two who look at once the later one is the one to go on from. */
export const lookedUntil = async (
  transaction: Transaction,
  { tenantId }: Scope,
  { realmId, readTo, now }: { realmId: string; readTo: string; now: Date },
): Promise<void> => {
  await transaction.change(sql`
    insert into billing.account_looks as l (tenant_id, realm_id, read_to) values (${tenantId}, ${realmId}, ${readTo})
    on conflict (tenant_id, realm_id) do update set read_to = case
      when l.read_to > ${new Date(now.getTime() + aheadMs)}::timestamptz then excluded.read_to
      else greatest(l.read_to, excluded.read_to) end`);
};

export interface ClaimedLook {
  realmId: string;
  attempt: number;
}

export interface LookStore {
  /** Accounts that are to be looked at, of active tenants; none of the busy ones. The id is the account's. */
  due(busy: readonly string[]): Promise<{ id: string; tenantId: string }[]>;
  claim(scope: Scope, realmId: string, seconds: number): Promise<ClaimedLook | undefined>;
  hold(scope: Scope, look: ClaimedLook, seconds: number): Promise<boolean>;
  /** Ended, or failed: when to look again, unless QuickBooks has spoken meanwhile. */
  ended(scope: Scope, look: ClaimedLook, nextInSeconds: number): Promise<void>;
  /** QuickBooks says that something has changed in these accounts: those that we know are looked at soon. */
  ask(realmIds: readonly string[]): Promise<number>;
}

const atOnce = 100;
// Hints come in bursts: all of some seconds are one look. Looks are metered, for all tenants together: books in which somebody
// works all day are looked at every ten minutes.
const soonSeconds = 10;
const apartSeconds = 600;

export const lookStore = (database: TenantDatabase, platform: PlatformDatabase): LookStore => ({
  due: (busy) =>
    platform.read(
      'looks',
      // An account without a row was connected since, or before there were looks.
      sql<{ id: string; tenantId: string }>`
        select c.account as id, c.tenant_id as "tenantId" from billing.connections c
          join app.tenants t on t.id = c.tenant_id and t.state = 'active'
          left join billing.account_looks l on l.tenant_id = c.tenant_id and l.realm_id = c.account
        where c.vendor = 'quickbooks' and c.state = 'connected' and c.tenant_id <> all (${busy}::uuid[])
          and (l.next_look_at is null or l.next_look_at <= now() or l.claimed_until <= now())
          and (l.claimed_until is null or l.claimed_until <= now())
        order by l.next_look_at nulls first, c.tenant_id limit ${atOnce}`,
    ),
  claim: (scope, realmId, seconds) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`
        insert into billing.account_looks (tenant_id, realm_id) values (${scope.tenantId}, ${realmId})
        on conflict (tenant_id, realm_id) do nothing`);
      // Moved on by what is claimed: a hint that comes while this look goes on makes another one due.
      return transaction.row(sql<ClaimedLook>`
        update billing.account_looks set attempts = attempts + 1, next_look_at = 'infinity',
          claimed_until = now() + make_interval(secs => ${seconds}::integer)
        where realm_id = ${realmId} and (next_look_at <= now() or claimed_until <= now())
          and (claimed_until is null or claimed_until <= now())
        returning realm_id as "realmId", attempts as attempt`);
    }),
  hold: (scope, { realmId, attempt }, seconds) =>
    database.write(
      scope,
      async (transaction) =>
        (await transaction.change(sql`
          update billing.account_looks set claimed_until = now() + make_interval(secs => ${seconds}::integer)
          where realm_id = ${realmId} and attempts = ${attempt} and claimed_until > now()`)) === 1,
    ),
  ended: (scope, { realmId, attempt }, nextInSeconds) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`
        update billing.account_looks set claimed_until = null, looked_at = now(),
          next_look_at = least(next_look_at, now() + make_interval(secs => ${nextInSeconds}::integer))
        where realm_id = ${realmId} and attempts = ${attempt}`);
    }),
  ask: async (realmIds) => {
    const known = await platform.read(
      'looks',
      sql<{ tenantId: string; realmId: string }>`
        select tenant_id as "tenantId", account as "realmId" from billing.connections
        where vendor = 'quickbooks' and account = any (${realmIds}::text[])`,
    );
    for (const { tenantId, realmId } of known)
      await database.write({ tenantId }, async (transaction) => {
        await transaction.change(sql`
          insert into billing.account_looks as l (tenant_id, realm_id, next_look_at)
          values (${tenantId}, ${realmId}, now() + make_interval(secs => ${soonSeconds}::integer))
          on conflict (tenant_id, realm_id) do update set next_look_at = least(l.next_look_at,
            greatest(excluded.next_look_at, l.looked_at + make_interval(secs => ${apartSeconds}::integer)))`);
      });
    return known.length;
  },
});
