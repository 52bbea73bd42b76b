import pg, { type Pool, type PoolConfig } from 'pg';

export type DatabasePool = Pool;

const parsers: Record<number, (text: string) => unknown> = {
  20: BigInt, // int8: a number would lose digits from 2^53
  1082: (text) => text, // date: pg would make it local midnight
  // timestamptz stays text: a Date loses microseconds, and a keyset page would skip rows.
  1184: (text) => text.replace(' ', 'T').replace(/\+00$/, 'Z'),
  114: JSON.parse,
  3802: JSON.parse,
};

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers[oid]) || pg.types.getTypeParser(oid, format),
};

// A last resort for a connection that hangs half-open: above every login's statement_timeout (a tenant's jobs have 120 s),
// because the server would not hear of it and go on.
const longestStatementMs = 130_000;

/** Pipelined pool; timestamps come in UTC. A lost idle connection is replaced, a lost busy one fails its transaction. */
export const createPool = (config: PoolConfig): DatabasePool => {
  const pool = new pg.Pool({
    max: 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    query_timeout: longestStatementMs,
    pipeline: true,
    ...config,
    options: '-c timezone=UTC',
    types,
  });
  // The pool listens while a client is idle only; without a listener a socket that dies in a transaction ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  return pool;
};
