import { databases, type SuiteDatabases } from '../../local/operator/suite-databases.ts';
import type { Vault } from '../../local/doubles/vault/server.ts';

export interface SqlCounter {
  /** Statements that clients have sent since the counter began. */
  statements(): Promise<number>;
  /** Rows that were written in the four databases and the shared catalog. */
  rowsWritten(): Promise<number>;
  stop(): void;
}

// A role's statements are texts of their own each, and the view keeps 5,000 of them: it is emptied long before.
const emptyEveryMs = 2_000;

/** Counts by the server itself. Between a reading and the emptying after it a statement or two may go uncounted. */
export const countSql = async ({ query }: SuiteDatabases): Promise<SqlCounter> => {
  await query('billing_db', 'create extension if not exists pg_stat_statements');
  let counted = 0;
  let reading: Promise<void> = Promise.resolve();
  const read = (): Promise<void> => {
    reading = reading.then(async () => {
      const [row] = await query(
        'billing_db',
        `select coalesce(sum(calls), 0)::float8 as calls from pg_stat_statements s join pg_roles r on r.oid = s.userid
         where r.rolname like 'provisioner%' or r.rolname like 't\\_%'`,
      );
      await query('billing_db', 'select pg_stat_statements_reset()');
      counted += Number(row?.calls ?? 0);
    });
    return reading;
  };
  await read();
  counted = 0;
  const timer = setInterval(() => void read().catch(() => undefined), emptyEveryMs);
  return {
    statements: async () => {
      await read();
      return counted;
    },
    rowsWritten: async () => {
      await query('billing_db', 'select pg_stat_force_next_flush()');
      const [row] = await query(
        'billing_db',
        `select sum(tup_inserted + tup_updated + tup_deleted)::float8 as rows from pg_stat_database
         where datid = 0 or datname = any ($1)`,
        [databases],
      );
      return Number(row?.rows ?? 0);
    },
    stop: () => clearInterval(timer),
  };
};

export const vaultWrites = (vault: Vault): number =>
  Object.values(vault.writes()).reduce((total, count) => total + count, 0);
