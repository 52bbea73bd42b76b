import { createHash } from 'node:crypto';
import type pg from 'pg';

/** A table of one tenant's rows. */
export interface TenantTable {
  /** schema.table */
  name: string;
  /** What is written: all columns but those that PostgreSQL computes. */
  columns: readonly string[];
  /** The primary key, each with what makes its order the same on every server. */
  order: readonly string[];
}

export interface TableDigest {
  rows: number;
  /** Of the rows as JSON text, in the order of their key. */
  sha256: string;
}

// What holds for minutes only, or for this environment: what services tell each other, answers to repeated requests, locks, and
// who is signed in.
const staysHere = `n.nspname <> 'app' and c.oid::regclass::text <> 'auth.sessions'`;

/** Every table that has rows of tenants which belong to them wherever they are. */
export const tenantTables = async (client: pg.Client): Promise<TenantTable[]> => {
  const { rows } = await client.query<TenantTable>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      (select array_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end order by k.at)
        from pg_index i cross join lateral unnest(i.indkey::int2[]) with ordinality k (attnum, at)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum where i.indrelid = c.oid and i.indisprimary) as "order"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relowner = 'legendops_owner'::regrole and ${staysHere}
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
    order by 1`);
  return rows;
};

/**
 * The owner of the tables, for one tenant: what follows in this transaction sees and writes the rows of this tenant alone, and
 * says times and bytes alike on every server.
 */
export const asOwnerOf = async (client: pg.Client, tenantId: string): Promise<void> => {
  await client.query('set local role legendops_owner');
  await client.query(
    `set local timezone = 'UTC'; set local bytea_output = 'hex'; set local intervalstyle = 'postgres'`,
  );
  await client.query(`select set_config('app.tenant_id', $1, true)`, [tenantId]);
};

// A design or a drawing may be of megabytes, and all of one step are in memory.
const rowsAtOnce = 50;

/** The rows of a tenant as JSON texts, in the order of their key, some at a time: a table need not fit into memory. */
export async function* rowsOf(
  client: pg.Client,
  { name, order }: TenantTable,
  tenantId: string,
): AsyncGenerator<string[]> {
  const selected = `select row_to_json(t)::text as row from ${name} t where tenant_id = ${client.escapeLiteral(tenantId)}`;
  await client.query(`declare tenant_rows no scroll cursor for ${selected} order by ${order.join(', ')}`);
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${rowsAtOnce} from tenant_rows`);
    if (rows.length > 0) yield rows.map(({ row }) => row);
    if (rows.length < rowsAtOnce) break;
  }
  await client.query('close tenant_rows');
}

/** Grows with the rows of a table. */
export const growingDigest = (): { add: (rows: readonly string[]) => void; digest: () => TableDigest } => {
  const hash = createHash('sha256');
  let count = 0;
  return {
    add: (rows) => {
      for (const row of rows) hash.update(row).update('\n');
      count += rows.length;
    },
    digest: () => ({ rows: count, sha256: hash.copy().digest('hex') }),
  };
};

/** Of one table as it is now. */
export const digestOf = async (client: pg.Client, table: TenantTable, tenantId: string): Promise<TableDigest> => {
  const { add, digest } = growingDigest();
  for await (const rows of rowsOf(client, table, tenantId)) add(rows);
  return digest();
};
