import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Account } from './job-api.ts';
import type { ObjectKind, ReadRows } from './read-row.ts';

/** Whose mirror it is. */
export interface MirrorOf {
  scope: Scope;
  account: Account;
}

/** Keeps what was read of a kind; what is there as it is already is not written. How many were new, or others than before. */
export const keepRows = async (
  transaction: Transaction,
  { scope, account }: MirrorOf,
  kind: ObjectKind,
  { objects, held }: ReadRows,
): Promise<number> => {
  const { tenantId } = scope;
  const { region, subdomain } = account;
  const changed = await transaction.change(sql`
    insert into portal.superops_objects as o
      (tenant_id, region, subdomain, kind, id, client_id, ticket_id, name, body, changed_at)
    select ${tenantId}::uuid, ${region}, ${subdomain}, ${kind}, r.id, r.client_id, r.ticket_id, r.name, r.body, r.changed_at
    from jsonb_to_recordset(${jsonValue(objects)}::jsonb)
      r (id text, client_id text, ticket_id text, name text, body jsonb, changed_at timestamptz)
    on conflict (tenant_id, kind, id) do update set client_id = excluded.client_id, ticket_id = excluded.ticket_id,
      name = excluded.name, body = excluded.body, changed_at = excluded.changed_at, learned_at = clock_timestamp(), gone_at = null
    where (o.client_id, o.ticket_id, o.name, o.body, o.changed_at, o.gone_at)
      is distinct from (excluded.client_id, excluded.ticket_id, excluded.name, excluded.body, excluded.changed_at, null)`);
  const ids = objects.map(({ id }) => id);
  await transaction.change(sql`
    update portal.superops_held set resolved_at = clock_timestamp()
    where kind = ${kind} and subject = any (${ids}) and resolved_at is null`);
  if (held.length > 0)
    await transaction.change(sql`
      insert into portal.superops_held as h (tenant_id, region, subdomain, kind, subject, name, fields)
      select ${tenantId}::uuid, ${region}, ${subdomain}, ${kind}, r.subject, r.name, r.fields
      from jsonb_to_recordset(${jsonValue(held)}::jsonb) r (subject text, name text, fields text)
      on conflict (tenant_id, kind, subject) do update set name = excluded.name, fields = excluded.fields,
        held_since = case when h.resolved_at is null then h.held_since else clock_timestamp() end, resolved_at = null
      where (h.name, h.fields, h.resolved_at) is distinct from (excluded.name, excluded.fields, null)`);
  return changed;
};

/** After a whole reading: what is held and did not come again is held no more. */
export const resolveHeld = (
  transaction: Transaction,
  kind: ObjectKind,
  stillHeld: readonly string[],
): Promise<number> =>
  transaction.change(sql`
    update portal.superops_held set resolved_at = clock_timestamp()
    where kind = ${kind} and resolved_at is null and subject <> all (${stillHeld})`);

/** Before a conversation is read anew: messages that are known by their place alone may be readable now, or elsewhere. */
export const resolveHeldOf = (transaction: Transaction, ticketId: string): Promise<number> =>
  transaction.change(sql`
    update portal.superops_held set resolved_at = clock_timestamp()
    where kind = 'message' and resolved_at is null and starts_with(subject, ${`ticket ${ticketId}, `})`);

/** They are there no more; how many of them we did not know that of. */
export const markGone = (transaction: Transaction, kind: ObjectKind, ids: readonly string[]): Promise<number> =>
  transaction.change(sql`
    update portal.superops_objects set gone_at = clock_timestamp()
    where kind = ${kind} and id = any (${ids}) and gone_at is null`);

export const keepRead = async (
  transaction: Transaction,
  { scope, account }: MirrorOf,
  kind: ObjectKind,
  { changesTo, isWhole, now }: { changesTo: string | null; isWhole: boolean; now: Date },
): Promise<void> => {
  const at = now.toISOString();
  await transaction.change(sql`
    insert into portal.superops_reads as r (tenant_id, region, subdomain, kind, changes_to, whole_at, read_at)
    values (${scope.tenantId}, ${account.region}, ${account.subdomain}, ${kind}, ${changesTo}, ${isWhole ? at : null}, ${at})
    on conflict (tenant_id, kind) do update set
      changes_to = case when ${isWhole} then excluded.changes_to else greatest(r.changes_to, excluded.changes_to) end,
      whole_at = coalesce(excluded.whole_at, r.whole_at), read_at = excluded.read_at`);
};
