import { constraintOf } from '../db/database-error.ts';
import { jsonValue, sql, type Sql } from '../db/sql.ts';
import type { Scope, TenantDatabase } from '../db/tenant-database.ts';
import type { Transaction } from '../db/transaction.ts';
import { JobFailure } from './job-outcome.ts';

export type EndState = 'done' | 'failed' | 'needs-person';

export interface RunRecord {
  id: string;
  /** A write of this run; refused when a newer run of the job has begun, whatever locks say. */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  end(state: EndState, end: RunEnd): Promise<void>;
}

export interface RunEnd {
  code?: string;
  detail?: string;
  counts: Record<string, number>;
}

/** Where a service writes down the runs of its jobs. */
export interface RunLedger {
  table: Sql;
  /** Of the process id of a session: whether it is still one of the tenant's own. */
  isOwnSession: (session: Sql) => Sql;
}

interface Begun {
  job: string;
  session: number | undefined;
  /** A run's times are those of its job's clock, as the days are that it reads and bills. */
  now: () => Date;
  /** What the ledger has of a run besides, as it stands after other columns and other values. */
  more?: { columns: Sql; values: Sql };
}

const alreadyRunning = (job: string): JobFailure =>
  new JobFailure('retryable', 'already-running', `Another ${job} of this tenant is running`);

// Two began at once, and the other one was first.
const takenByAnother = new Set(['runs_running', 'runs_tenant_id_job_fence_key']);

/**
 * Begins a run: earlier ones that never ended are marked interrupted, and the fence moves past them. Refused while the
 * session of one is open.
 */
export const beginRun = async (
  ledger: RunLedger,
  { database, scope }: { database: TenantDatabase; scope: Scope },
  begun: Begun,
): Promise<RunRecord> => {
  try {
    return await insertRun(ledger, database, scope, begun);
  } catch (error) {
    throw takenByAnother.has(constraintOf(error) ?? '') ? alreadyRunning(begun.job) : error;
  }
};

const insertRun = (
  { table, isOwnSession }: RunLedger,
  database: TenantDatabase,
  scope: Scope,
  { job, session, now, more = { columns: sql``, values: sql`` } }: Begun,
): Promise<RunRecord> =>
  database.write(scope, async (transaction) => {
    const alive = await transaction.rows(sql`
      select from ${table} where job = ${job} and state = 'running' and ${isOwnSession(sql`session`)}`);
    if (alive.length > 0) throw alreadyRunning(job);
    await transaction.change(sql`
      update ${table} set state = 'failed', code = 'interrupted', finished_at = ${now().toISOString()},
        detail = 'The run ended without a word; the next one carried on'
      where job = ${job} and state = 'running' and not ${isOwnSession(sql`session`)}`);
    const { id } = await transaction.one(sql<{ id: string }>`
      insert into ${table} (tenant_id, job, fence, session, started_at${more.columns})
      select ${scope.tenantId}::uuid, ${job}, coalesce(max(fence), 0) + 1, ${session ?? null}::integer,
        ${now().toISOString()}::timestamptz${more.values}
      from ${table} where job = ${job}
      returning id`);
    return runRecord(table, { id, now, write: (work) => database.write(scope, work) });
  });

const runRecord = (
  table: Sql,
  { id, now, write }: { id: string; now: () => Date; write: RunRecord['write'] },
): RunRecord => ({
  id,
  write: (work) =>
    write(async (transaction) => {
      // The lock makes the next run's beginning wait for this write, or this write see that it has begun.
      const own = await transaction.row(sql`select id from ${table} where id = ${id} and state = 'running' for share`);
      if (!own) throw new JobFailure('retryable', 'superseded', 'A newer run of this job has begun');
      return work(transaction);
    }),
  end: (state, { code, detail, counts }) =>
    write(async (transaction) => {
      await transaction.change(sql`
        update ${table} set state = ${state}, code = ${code ?? null}, detail = ${detail ?? null},
          counts = ${jsonValue(counts)}::jsonb, finished_at = ${now().toISOString()}
        where id = ${id} and state = 'running'`);
    }),
});
