import type pg from 'pg';

/** A table of tenants' rows as the catalog knows it. */
export interface TenantTable {
  /** schema.table */
  name: string;
  columns: readonly { name: string; type: string; required: boolean; generated: boolean }[];
  primaryKey: readonly string[];
  /** The first composite foreign key to another tenant table, if there is one. */
  reference: { columns: readonly string[]; table: string; tableColumns: readonly string[] } | undefined;
}

export const tenantTables = async (administrator: pg.Client): Promise<TenantTable[]> => {
  const { rows } = await administrator.query<{
    name: string;
    columns: TenantTable['columns'];
    primaryKey: string[];
    reference: TenantTable['reference'];
  }>(`
    select format('%s.%s', n.nspname, c.relname) as name,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
          'required', a.attnotnull and d.adbin is null and a.attidentity = '', 'generated', a.attgenerated <> '' or a.attidentity <> '') order by a.attnum)
        from pg_attribute a left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select array_agg(a.attname::text order by p.at) from pg_constraint k cross join lateral unnest(k.conkey) with ordinality p (attnum, at)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = p.attnum where k.conrelid = c.oid and k.contype = 'p') as "primaryKey",
      (select json_build_object('table', k.confrelid::regclass::text,
          'columns', (select json_agg(a.attname order by p.at) from unnest(k.conkey) with ordinality p (attnum, at) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = p.attnum),
          'tableColumns', (select json_agg(a.attname order by p.at) from unnest(k.confkey) with ordinality p (attnum, at) join pg_attribute a on a.attrelid = k.confrelid and a.attnum = p.attnum))
        from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' order by k.conname limit 1) as reference
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'migrations')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
    order by 1`);
  return rows;
};

const digitsOf = (seed: string): string => seed.replaceAll(/\D/g, '').slice(0, 20);
const hashLike = (seed: string): string => seed.replaceAll(/[^0-9a-f]/g, '').repeat(2);

/** Values that satisfy the checks of a table where the plain ones of a type do not; a function where two rows must differ. */
const special: Record<string, Record<string, unknown>> = {
  'app.outbox': { topic: 'customers' },
  'auth.invitation_mailings': { email: 'a@b.example' },
  'auth.invitations': { email: 'a@b.example', role: 'tenant_admin', origin: 'member' },
  'auth.members': { email: 'a@b.example', role: 'tenant_admin' },
  'billing.customers': { state: 'active' },
  'billing.connections': { vendor: 'pax8', state: 'connected', account: (seed: string) => seed },
  'billing.approval_limits': { currency: 'USD' },
  'billing.invoice_decisions': { decision: 'held' },
  'billing.invoice_lines': { corrects_period: '2026-01-01' },
  'billing.invoices': { currency: 'USD', period_start: '2026-01-01', period_end: '2026-02-01' },
  'billing.links': { kind: 'terms', origin: 'made', remote_id: '3', realm_id: (seed: string) => seed },
  'billing.account_looks': { realm_id: (seed: string) => seed },
  'billing.book_entries': { state: 'there' },
  'billing.book_choices': { realm_id: (seed: string) => seed },
  'billing.notice_choices': { kind: 'failure', delivery: 'daily' },
  'billing.notice_messages': { channel: 'teams' },
  'billing.notices': { kind: 'failure', path: '/', cause_key: (seed: string) => seed },
  'billing.pax8_evidence': { kind: 'contact' },
  'billing.price_rules': { kind: 'markup', markup_ppm: 250_000 },
  'billing.shadow_lines': { outcome: 'matched' },
  'billing.shadow_runs': { period: '2026-01-01' },
  'billing.variance_thresholds': { currency: 'USD' },
  'billing.prorations': { proration: 'actual', valid_from: '2026-01-01' },
  'billing.runs': { job: 'usage-sync' },
  'catalog.media': { container: 'documents', content_type: 'application/pdf', sha256: hashLike },
  'catalog.media_uploads': { container: 'documents', content_type: 'application/pdf', sha256: hashLike },
  'catalog.product_files': { kind: 'picture' },
  'catalog.price_lists': { currency: 'USD' },
  // Stands on a product of the base catalog, which another environment need not have.
  'catalog.products': { sku: (seed: string) => seed, base_key: (seed: string) => seed, own_fields: ['name'] },
  'catalog.relations': { kind: 'requires', to_id: (seed: string) => `f${seed.slice(1)}` },
  'catalog.stencil_masters': { preview_sha256: 'a'.repeat(64) },
  'catalog.stencil_versions': { sha256: 'a'.repeat(64) },
  'portal.audit_entries': { source: 'portal' },
  'portal.superops_clients': { region: 'us', client_id: digitsOf },
  'portal.exception_tickets': { region: 'us', ticket_id: digitsOf },
  'portal.seat_pushes': { region: 'us', subdomain: (seed: string) => seed },
  'portal.seat_push_lines': { state: 'held', reason: 'no-contract' },
  'portal.superops_items': { region: 'us', item_id: digitsOf },
  'portal.runs': { job: 'psa-sync' },
  'portal.superops_held': { region: 'us', subdomain: (seed: string) => seed, kind: 'client' },
  'portal.superops_objects': { region: 'us', subdomain: (seed: string) => seed, kind: 'client', id: digitsOf },
  'portal.superops_reads': { region: 'us', subdomain: (seed: string) => seed, kind: 'client' },
  'portal.superops_connections': { region: 'us', subdomain: (seed: string) => seed },
  'billing.vendor_accounts': { vendor: 'pax8', account: (seed: string) => seed },
};

/** Whether a check holds the column to some words, such as the name of a vendor. */
export const isHeldToWords = (table: TenantTable, column: string): boolean =>
  typeof special[table.name]?.[column] === 'string';

const specialValue = (table: string, column: string, seed: string): unknown => {
  const value = special[table]?.[column];
  return typeof value === 'function' ? (value as (seed: string) => unknown)(seed) : value;
};

const plain = (type: string, seed: string): unknown => {
  if (type === 'uuid') return seed;
  if (type === 'text') return 'x';
  if (type === 'boolean') return false;
  if (type === 'date') return '2026-01-01';
  if (type === 'jsonb') return '{}';
  if (type === 'bytea') return Buffer.from(seed);
  if (type === 'xid8') return '1';
  if (type.startsWith('timestamp')) return '2026-01-01T00:00:00Z';
  return 1;
};

/** A row of the table for a tenant; `seed` is the value of its other ids. */
export const sampleRow = (
  table: TenantTable,
  { tenantId, seed }: { tenantId: string; seed: string },
): Record<string, unknown> =>
  Object.fromEntries(
    table.columns
      .filter(
        ({ name, required, generated }) =>
          !generated && (required || table.primaryKey.includes(name) || name in (special[table.name] ?? {})),
      )
      .map(({ name, type }) => [
        name,
        name === 'tenant_id' ? tenantId : (specialValue(table.name, name, seed) ?? plain(type, seed)),
      ]),
  );

export const insertText = (table: TenantTable, row: Record<string, unknown>): { text: string; values: unknown[] } => {
  const names = Object.keys(row);
  return {
    text: `insert into ${table.name} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    values: Object.values(row),
  };
};
