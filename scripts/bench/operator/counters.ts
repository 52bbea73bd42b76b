import { databases, type SuiteDatabases } from '../../local/suite-databases.ts';
import type { Vault } from '../../doubles/vault/server.ts';

export interface SqlCounter {
  /** Statements that clients have sent since the counter began. */
  statements(): Promise<number>;
  /** Rows of tenants that were written in the four databases, and of roles and their settings; seconds behind. */
  rowsWritten(): Promise<number>;
  stop(): void;
}

// A role's statements are texts of their own each, and the view keeps 5,000 of them: it is emptied long before.
const emptyEveryMs = 2_000;

// Not pg_stat_database: the server's own housekeeping writes to the catalog, too. Nor the operator's word, once a minute and
// for all tenants together, that its cluster lives.
const rowsText = `
  select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::float8 as rows from pg_stat_user_tables
  where (schemaname, relname) <> ('app', 'clusters')`;
const sharedText = `
  select sum(n_tup_ins + n_tup_upd + n_tup_del)::float8 as rows from pg_stat_sys_tables
  where relname in ('pg_authid', 'pg_auth_members', 'pg_db_role_setting')`;

/** Counts by the server itself. Between a reading and the emptying after it a statement or two may go uncounted. */
export const countSql = async (suite: SuiteDatabases): Promise<SqlCounter> => {
  const query: SuiteDatabases['query'] = (...parameters) => suite.query(...parameters);
  await query('billing_db', 'create extension if not exists pg_stat_statements');
  let counted = 0;
  const readOnce = async (): Promise<void> => {
    const [row] = await query(
      'billing_db',
      `select coalesce(sum(calls), 0)::float8 as calls from pg_stat_statements s join pg_roles r on r.oid = s.userid
       where r.rolname like 'provisioner%' or r.rolname like 't\\_%'`,
    );
    await query('billing_db', 'select pg_stat_statements_reset()');
    counted += Number(row?.calls ?? 0);
  };
  let reading: Promise<void> = Promise.resolve();
  // One after the other: two at once would count the same statements twice.
  const read = (): Promise<void> => (reading = reading.then(readOnce, readOnce));
  await read();
  counted = 0;
  const timer = setInterval(() => void read().catch(() => undefined), emptyEveryMs);
  return {
    statements: async () => {
      await read();
      return counted;
    },
    rowsWritten: async () => {
      const each = await Promise.all(databases.map((database) => query(database, rowsText)));
      const [shared] = await query('billing_db', sharedText);
      return [...each.flat(), shared].reduce((total, row) => total + Number(row?.rows ?? 0), 0);
    },
    stop: () => clearInterval(timer),
  };
};

export const vaultWrites = (vault: Vault): number =>
  Object.values(vault.writes()).reduce((total, count) => total + count, 0);
