import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, removed } from '@legendops/kit/audit/differences';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';

export interface WebhookRow {
  id: string;
  remote_id: string | null;
  turned_on_at: string;
  last_event_at: string | null;
}

export interface Pax8WebhookStore {
  find(scope: Scope): Promise<WebhookRow | undefined>;
  /** Before Pax8 makes it: it may tell something at once. What was on before is replaced. */
  begin(scope: Scope, webhook: { hash: Buffer; memberId: string }): Promise<WebhookRow>;
  made(scope: ActingScope<'pax8-webhook.turned-on'>, id: string, remoteId: string): Promise<WebhookRow>;
  /** Nobody is believed any more. */
  remove(scope: Scope, id: string): Promise<void>;
  turnedOff(scope: ActingScope<'pax8-webhook.turned-off'>, row: WebhookRow): Promise<void>;
  /** Whether an event is what Pax8 was asked to send, by its address and by what proves it. */
  isOurs(scope: Scope, id: string, hash: Buffer): Promise<boolean>;
  hint(scope: Scope, subscriptionIds: readonly string[]): Promise<void>;
}

// Of a partner with more subscriptions that change in a day the nightly list tells all the same.
const mostHints = 10_000;

const columns = sql`id, remote_id, turned_on_at, last_event_at`;
const subjectOf = ({ id }: WebhookRow) => ({ type: 'pax8-webhook', id, name: 'Pax8' });

export const pax8WebhookStore = (database: TenantDatabase): Pax8WebhookStore => ({
  find: async (scope) => (await database.read(scope, sql<WebhookRow>`select ${columns} from billing.pax8_webhooks`))[0],
  begin: (scope, { hash, memberId }) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`delete from billing.pax8_webhooks`);
      return transaction.one(sql<WebhookRow>`
        insert into billing.pax8_webhooks (tenant_id, authorization_hash, turned_on_by)
        values (${scope.tenantId}, ${hash}, ${memberId}) returning ${columns}`);
    }),
  made: (scope, id, remoteId) =>
    database.write(scope, async (transaction) => {
      const row = await transaction.one(sql<WebhookRow>`
        update billing.pax8_webhooks set remote_id = ${remoteId} where id = ${id} returning ${columns}`);
      await scope.audit(transaction, {
        act: 'pax8-webhook.turned-on',
        subject: subjectOf(row),
        changes: created({ webhook: remoteId }),
      });
      return row;
    }),
  remove: (scope, id) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`delete from billing.pax8_webhooks where id = ${id}`);
    }),
  turnedOff: (scope, row) =>
    database.write(scope, async (transaction) => {
      if ((await transaction.change(sql`delete from billing.pax8_webhooks where id = ${row.id}`)) === 0) return;
      await scope.audit(transaction, {
        act: 'pax8-webhook.turned-off',
        subject: subjectOf(row),
        changes: removed({ webhook: row.remote_id }),
      });
    }),
  isOurs: async (scope, id, hash) =>
    (
      await database.read(
        scope,
        sql`select from billing.pax8_webhooks where id = ${id} and authorization_hash = ${hash}`,
      )
    ).length > 0,
  hint: (scope, subscriptionIds) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`update billing.pax8_webhooks set last_event_at = now()`);
      await transaction.change(sql`delete from billing.pax8_hints where read_at >= hinted_at`);
      await transaction.change(sql`
        insert into billing.pax8_hints (tenant_id, subscription_id)
        select ${scope.tenantId}::uuid, id from unnest(${subscriptionIds}::uuid[]) id
        where (select count(*) from billing.pax8_hints) < ${mostHints}
        on conflict (tenant_id, subscription_id) do update set hinted_at = now()`);
    }),
});
