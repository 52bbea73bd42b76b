import { createHash } from 'node:crypto';
import pg, { type Pool, type PoolClient } from 'pg';
import type { DatabaseName, OperatorConfig } from '../config.ts';
import { measured, sqlSeconds } from '../metrics/dependency-latency.ts';

export interface Provisioners {
  /** The provisioner that creates this tenant's logins; by hash, so that no one of them serves all. */
  of(tenantId: string): string;
  /** Runs on a connection of that provisioner to that database. */
  on<T>(provisioner: string, database: DatabaseName, work: (client: PoolClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const statementTimeoutMs = 15_000;
// A process that is paused within a transaction would hold its locks, and the next leader, for as long as it sleeps.
const idleInTransactionMs = 5_000;

/** Pools by provisioner and database, opened when needed and closed when idle. */
export const createProvisioners = (
  config: Pick<OperatorConfig, 'databaseUrls' | 'provisionerPasswords'>,
): Provisioners => {
  const logins = Object.keys(config.provisionerPasswords).sort();
  if (logins.length === 0) throw new Error('At least one provisioner is needed');
  const pools = new Map<string, Pool>();

  const poolOf = (login: string, database: DatabaseName): Pool => {
    const key = `${login}@${database}`;
    const known = pools.get(key);
    if (known) return known;
    const password = config.provisionerPasswords[login];
    if (password === undefined) throw new Error(`There is no password for ${login}`);
    const url = new URL(config.databaseUrls[database]);
    const pool = new pg.Pool({
      host: url.hostname,
      port: Number(url.port || 5432),
      database: url.pathname.slice(1),
      user: login,
      password,
      max: 2,
      idleTimeoutMillis: 5_000,
      connectionTimeoutMillis: 5_000,
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      keepAlive: true,
      allowExitOnIdle: true,
    });
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    pools.set(key, pool);
    return pool;
  };
  return {
    of: (tenantId) => logins[createHash('sha256').update(tenantId).digest().readUInt32BE() % logins.length] ?? '',
    on: (provisioner, database, work) =>
      measured(
        (outcome, seconds) => sqlSeconds.observe({ database, outcome }, seconds),
        async () => {
          const client = await poolOf(provisioner, database).connect();
          let failed = true;
          try {
            const result = await work(client);
            failed = false;
            return result;
          } finally {
            client.release(failed);
          }
        },
      ),
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
};
