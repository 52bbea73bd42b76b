import type { Writable } from 'node:stream';
import type { PoolClient, QueryResult } from 'pg';
import { measured } from '../jobs/measured.ts';
import { DatabaseUnavailable, OutcomeUnknown, sqlState } from './database-error.ts';
import type { DatabasePool } from './pool.ts';
import { waitSeconds } from './pool-metrics.ts';
import type { Sql } from './sql.ts';
import { tracedStatement } from './traced-statement.ts';

/** Statements of one transaction, in order. */
export interface Transaction {
  rows<Row>(statement: Sql<Row>): Promise<Row[]>;
  /** The only row; undefined when there is none, an error when there are more. */
  row<Row>(statement: Sql<Row>): Promise<Row | undefined>;
  /** The row that there must be, such as the one that was just written; an error when there is none, or more. */
  one<Row>(statement: Sql<Row>): Promise<Row>;
  /** Number of rows that an insert, update or delete changed. */
  change(statement: Sql): Promise<number>;
}

type Outcome = PromiseSettledResult<QueryResult | QueryResult[]>;

const streamOf = (client: PoolClient): Writable =>
  (client as unknown as { connection: { stream: Writable } }).connection.stream;

// pg says it in half a dozen wordings, some of them with a code of the system: what they have in common is the dead socket.
const orLoss = (client: PoolClient, error: unknown): unknown =>
  sqlState(error) === undefined && streamOf(client).destroyed
    ? new DatabaseUnavailable('The connection to the database was lost', { cause: error })
    : error;

// 25P02 only says that an earlier statement failed: the first other error is the cause.
const firstError = (client: PoolClient, outcomes: readonly Outcome[]): unknown => {
  const errors = outcomes
    .filter((outcome) => outcome.status === 'rejected')
    .map((outcome) => outcome.reason as unknown);
  const first = errors.find((error) => sqlState(error) !== '25P02') ?? errors[0];
  return first === undefined ? undefined : orLoss(client, first);
};

const commandOf = (outcome: Outcome | undefined): string | undefined =>
  outcome?.status === 'fulfilled' && !Array.isArray(outcome.value) ? outcome.value.command : undefined;

const send = (client: PoolClient, statement: Sql): Promise<QueryResult> => {
  const { text, name, values } = statement;
  return tracedStatement(text, client.query({ text, name, values: values as unknown[] }));
};

const wait = {
  observe: (outcome: 'success' | 'failure', seconds: number): void => waitSeconds.observe({ outcome }, seconds),
  outcomeOf: () => 'failure' as const,
};

const checkOut = async (pool: DatabasePool): Promise<PoolClient> => {
  try {
    return await measured(wait, () => pool.connect());
  } catch (error) {
    // A refusal of the server itself (a wrong password, too many connections) stays what it is.
    if (sqlState(error) !== undefined) throw error;
    throw new DatabaseUnavailable('There is no connection to the database', { cause: error });
  }
};

// Each statement would be a write of its own to the socket: together they are a fifth of a small request's time.
const inOnePacket = <T>(client: PoolClient, work: () => T): T => {
  const stream = streamOf(client);
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
  const client = await checkOut(pool);
  const sent = inOnePacket(client, () => [
    open(client, 'begin read only', prologue),
    ...statements.map((statement) => send(client, statement)),
    client.query('commit'),
  ]);
  const outcomes: Outcome[] = await Promise.allSettled(sent);
  const failure = firstError(client, outcomes);
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
    const failure = firstError(client, outcomes);
    if (failure !== undefined) throw failure;
    const last = outcomes.at(-1);
    if (last?.status !== 'fulfilled' || Array.isArray(last.value)) throw new Error('A statement must have one result');
    return last.value;
  };
  const row = async <Row>(statement: Sql<Row>): Promise<Row | undefined> => {
    const { rows } = await run(statement);
    if (rows.length > 1) throw new Error(`Expected one row at most, got ${rows.length}`);
    return rows[0] as Row | undefined;
  };
  return {
    rows: async <Row>(statement: Sql<Row>) => (await run(statement)).rows as Row[],
    row,
    one: async <Row>(statement: Sql<Row>) => {
      const found = await row(statement);
      if (found === undefined) throw new Error(`Expected one row, got none: ${statement.text.trim().slice(0, 80)}`);
      return found;
    },
    change: async (statement) => (await run(statement)).rowCount ?? 0,
  };
};

const commit = async (client: PoolClient): Promise<void> => {
  const result = await tracedStatement('commit', client.query('commit')).catch((error: unknown) => {
    const state = sqlState(error);
    // 57P: the session is being ended, which can also come after the commit, while it waits for a replica.
    if (state !== undefined && !state.startsWith('57P')) throw error;
    throw new OutcomeUnknown('The connection was lost while the transaction was committing', { cause: error });
  });
  if (result.command !== 'COMMIT') throw new Error('The transaction was rolled back by the server');
};

/** A write: COMMIT is sent only when every result before it has arrived, else a client-side error would commit half. */
export const awaitedWrite = async <T>(
  pool: DatabasePool,
  prologue: string | undefined,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> => {
  const client = await checkOut(pool);
  let committed = false;
  try {
    const opening = [open(client, 'begin', prologue)];
    // Until the first statement picks it up nobody awaits it; a rejection must not count as unhandled meanwhile.
    for (const statement of opening) statement.catch(() => undefined);
    const result = await work(transactionOn(client, opening));
    await Promise.all(opening).catch((error: unknown) => {
      throw orLoss(client, error);
    });
    await commit(client);
    committed = true;
    return result;
  } finally {
    giveBack(client, committed);
  }
};
