import { createHash } from 'node:crypto';
import pg, { type Pool, type PoolClient, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg';
import type { DatabaseName } from '@legendops/kit/config/databases';
import { loginUrl } from '@legendops/kit/config/login-url';
import { inSpan } from '@legendops/kit/trace/in-span';
import { NotLeading } from '@legendops/operator-runtime/lease/only-while';
import type { OperatorConfig } from '../config.ts';
import { measured, sqlSeconds } from '../metrics/dependency-latency.ts';
import { DatabaseUnavailable } from './database-unavailable.ts';
import { LoginRefusal } from './login-refusal.ts';

/** What work gets of a connection. */
export interface SqlClient {
  query<Row extends QueryResultRow>(statement: string | QueryConfig, values?: unknown[]): Promise<QueryResult<Row>>;
}

export interface Provisioners {
  /** The provisioner that creates this tenant's logins; by hash, so that no one of them serves all. */
  of(tenantId: string): string;
  /** The one that asks the registries: their functions need no particular one, and each would hold connections everywhere. */
  registrar: string;
  /** Runs on a connection of that provisioner to that database; throws DatabaseUnavailable. */
  on<T>(provisioner: string, database: DatabaseName, work: (client: SqlClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const statementTimeoutMs = 15_000;
// Ours, for a server that is gone without a word: TCP alone would wait for a quarter of an hour.
const answerTimeoutMs = 20_000;
const keepAliveAfterMs = 10_000;
// A process that is paused within a transaction would hold its locks, and the next leader, for as long as it sleeps.
const idleInTransactionMs = 5_000;
const registrarConnections = 4;

/** Pools by provisioner and database, opened when needed and closed when idle. */
export const createProvisioners = (
  config: Pick<OperatorConfig, 'databaseUrls' | 'provisionerPasswords'>,
): Provisioners => {
  const logins = Object.keys(config.provisionerPasswords).sort();
  const [registrar] = logins;
  if (registrar === undefined) throw new Error('At least one provisioner is needed');
  const pools = new Map<string, Pool>();

  const poolOf = (login: string, database: DatabaseName): Pool => {
    const key = `${login}@${database}`;
    const known = pools.get(key);
    if (known) return known;
    const password = config.provisionerPasswords[login];
    if (password === undefined) throw new Error(`There is no password for ${login}`);
    const pool = new pg.Pool({
      connectionString: loginUrl(config.databaseUrls[database], login, password),
      max: login === registrar ? registrarConnections : 2,
      idleTimeoutMillis: 5_000,
      connectionTimeoutMillis: 5_000,
      statement_timeout: statementTimeoutMs,
      query_timeout: answerTimeoutMs,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: keepAliveAfterMs,
      allowExitOnIdle: true,
    });
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    pools.set(key, pool);
    return pool;
  };
  const connect = async (provisioner: string, database: DatabaseName): Promise<PoolClient> => {
    try {
      return await poolOf(provisioner, database).connect();
    } catch (error) {
      throw new DatabaseUnavailable(database, error);
    }
  };
  const inDatabaseSpan = <T>(database: DatabaseName, work: () => Promise<T>): Promise<T> => {
    // Statements of the operator hold verifiers of passwords, so none of their text is told.
    const attributes = { 'db.system.name': 'postgresql', 'db.namespace': database } as const;
    return inSpan({ name: `postgres ${database}`, kind: 'client', attributes }, work);
  };
  return {
    registrar,
    of: (tenantId) => logins[createHash('sha256').update(tenantId).digest().readUInt32BE() % logins.length] ?? '',
    on: (provisioner, database, work) =>
      measured(
        (outcome, seconds) => sqlSeconds.observe({ database, outcome }, seconds),
        () =>
          inDatabaseSpan(database, async () => {
            const client = await connect(provisioner, database);
            let failed = true;
            try {
              const result = await work(client);
              failed = false;
              return result;
            } catch (error) {
              // What is wrong with what was asked, or with a login, is no fault of the server or of the way to it.
              if (error instanceof LoginRefusal || error instanceof TypeError || error instanceof NotLeading)
                throw error;
              throw new DatabaseUnavailable(database, error);
            } finally {
              client.release(failed);
            }
          }),
      ),
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
};
