import type { Writable } from 'node:stream';
import type { PoolClient, QueryResult } from 'pg';
import type { DatabasePool } from './pool.ts';
import type { Sql } from './sql.ts';

/** Statements of one transaction, in order. */
export interface Transaction {
  rows<Row>(statement: Sql<Row>): Promise<Row[]>;
  /** The only row; undefined when there is none, an error when there are more. */
  row<Row>(statement: Sql<Row>): Promise<Row | undefined>;
  /** Number of rows that an insert, update or delete changed. */
  change(statement: Sql): Promise<number>;
}

/** The outcome of a transaction is unknown: its COMMIT was sent and no answer came. Look by key, do not repeat. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

export const sqlState = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

export const constraintOf = (error: unknown): string | undefined =>
  error instanceof Error && 'constraint' in error && typeof error.constraint === 'string'
    ? error.constraint
    : undefined;

type Outcome = PromiseSettledResult<QueryResult | QueryResult[]>;

// 25P02 only says that an earlier statement failed: the first other error is the cause.
const firstError = (outcomes: readonly Outcome[]): unknown => {
  const errors = outcomes
    .filter((outcome) => outcome.status === 'rejected')
    .map((outcome) => outcome.reason as unknown);
  return errors.find((error) => sqlState(error) !== '25P02') ?? errors[0];
};

const commandOf = (outcome: Outcome | undefined): string | undefined =>
  outcome?.status === 'fulfilled' && !Array.isArray(outcome.value) ? outcome.value.command : undefined;

const send = (client: PoolClient, statement: Sql): Promise<QueryResult> =>
  client.query({ text: statement.text, name: statement.name, values: statement.values as unknown[] });

// Each statement would be a write of its own to the socket: together they are a fifth of a small request's time.
const inOnePacket = <T>(client: PoolClient, work: () => T): T => {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  stream.cork();
  try {
    return work();
  } finally {
    stream.uncork();
  }
};

const open = (client: PoolClient, begin: string, prologue: string | undefined): Promise<QueryResult | QueryResult[]> =>
  client.query(prologue === undefined ? begin : `${begin}; ${prologue}`);

// A connection is only reused when it is provably idle outside a transaction; everything else is destroyed.
const giveBack = (client: PoolClient, healthy: boolean): void =>
  client.release(!healthy || client.getTransactionStatus() !== 'I');

/** A whole read in one round trip: `begin` with the scope's prologue, the statements, `commit`. */
export const pipelinedRead = async (
  pool: DatabasePool,
  prologue: string | undefined,
  statements: readonly Sql[],
): Promise<unknown[][]> => {
  const client = await pool.connect();
  const sent = inOnePacket(client, () => [
    open(client, 'begin read only', prologue),
    ...statements.map((statement) => send(client, statement)),
    client.query('commit'),
  ]);
  const outcomes: Outcome[] = await Promise.allSettled(sent);
  const failure = firstError(outcomes);
  const committed = failure === undefined && commandOf(outcomes.at(-1)) === 'COMMIT';
  giveBack(client, committed);
  if (failure !== undefined) throw failure;
  if (!committed) throw new Error('The transaction was rolled back by the server');
  return outcomes
    .slice(1, -1)
    .map((outcome) => (outcome.status === 'fulfilled' && !Array.isArray(outcome.value) ? outcome.value.rows : []));
};

const transactionOn = (client: PoolClient, opening: Promise<QueryResult | QueryResult[]>[]): Transaction => {
  const run = async (statement: Sql): Promise<QueryResult> => {
    // The prologue travels with the first statement; its failure is the cause of whatever follows it.
    const outcomes: Outcome[] = await Promise.allSettled([...opening.splice(0), send(client, statement)]);
    const failure = firstError(outcomes);
    if (failure !== undefined) throw failure;
    const last = outcomes.at(-1);
    if (last?.status !== 'fulfilled' || Array.isArray(last.value)) throw new Error('A statement must have one result');
    return last.value;
  };
  return {
    rows: async <Row>(statement: Sql<Row>) => (await run(statement)).rows as Row[],
    row: async <Row>(statement: Sql<Row>) => {
      const { rows } = await run(statement);
      if (rows.length > 1) throw new Error(`Expected one row at most, got ${rows.length}`);
      return rows[0] as Row | undefined;
    },
    change: async (statement) => (await run(statement)).rowCount ?? 0,
  };
};

const commit = async (client: PoolClient): Promise<void> => {
  const result = await client.query('commit').catch((error: unknown) => {
    if (sqlState(error) !== undefined) throw error;
    throw new OutcomeUnknown('The connection was lost while the transaction was committing');
  });
  if (result.command !== 'COMMIT') throw new Error('The transaction was rolled back by the server');
};

/** A write: COMMIT is sent only when every result before it has arrived, else a client-side error would commit half. */
export const awaitedWrite = async <T>(
  pool: DatabasePool,
  prologue: string | undefined,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect();
  let committed = false;
  try {
    const opening = [open(client, 'begin', prologue)];
    // Until the first statement picks it up nobody awaits it; a rejection must not count as unhandled meanwhile.
    for (const statement of opening) statement.catch(() => undefined);
    const result = await work(transactionOn(client, opening));
    await Promise.all(opening);
    await commit(client);
    committed = true;
    return result;
  } finally {
    giveBack(client, committed);
  }
};
