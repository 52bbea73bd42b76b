import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { constraintOf } from '@legendops/kit/db/database-error';
import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import type { JobName, RunState } from '../contract.ts';

export interface RunRecord {
  id: string;
  /** A write of this run; refused when a newer run of the job has begun, whatever locks say. */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  end(state: Exclude<RunState, 'running'>, end: RunEnd): Promise<void>;
}

export interface RunEnd {
  code?: string;
  detail?: string;
  counts: Record<string, number>;
}

interface Begun {
  job: JobName;
  period: string | null;
  session: number | undefined;
  /** A run's times are those of its job's clock, as the days are that it reads and bills. */
  now: () => Date;
}

const alreadyRunning = (job: JobName): JobFailure =>
  new JobFailure('retryable', 'already-running', `Another ${job} of this tenant is running`);

// Two began at once, and the other one was first.
const takenByAnother = new Set(['runs_running', 'runs_tenant_id_job_fence_key']);

/**
 * Begins a run: earlier ones that never ended are marked interrupted, and the fence moves past them. Refused while the
 * session of one is open.
 */
export const beginRun = async (database: TenantDatabase, scope: Scope, begun: Begun): Promise<RunRecord> => {
  try {
    return await insertRun(database, scope, begun);
  } catch (error) {
    throw takenByAnother.has(constraintOf(error) ?? '') ? alreadyRunning(begun.job) : error;
  }
};

const insertRun = (database: TenantDatabase, scope: Scope, { job, period, session, now }: Begun): Promise<RunRecord> =>
  database.write(scope, async (transaction) => {
    const alive = await transaction.rows(sql`
      select from billing.runs where job = ${job} and state = 'running' and billing.is_own_session(session)`);
    if (alive.length > 0) throw alreadyRunning(job);
    await transaction.change(sql`
      update billing.runs set state = 'failed', code = 'interrupted', finished_at = ${now().toISOString()},
        detail = 'The run ended without a word; the next one carried on'
      where job = ${job} and state = 'running' and not billing.is_own_session(session)`);
    const row = await transaction.one(sql<{ id: string }>`
      insert into billing.runs (tenant_id, job, period, fence, session, started_at)
      select ${scope.tenantId}::uuid, ${job}, ${period}::date, coalesce(max(fence), 0) + 1, ${session ?? null}::integer,
        ${now().toISOString()}::timestamptz
      from billing.runs where job = ${job}
      returning id`);
    return runRecord(database, scope, { id: row.id, now });
  });

const runRecord = (
  database: TenantDatabase,
  scope: Scope,
  { id, now }: { id: string; now: () => Date },
): RunRecord => ({
  id,
  write: (work) =>
    database.write(scope, async (transaction) => {
      // The lock makes the next run's beginning wait for this write, or this write see that it has begun.
      const own = await transaction.row(
        sql`select id from billing.runs where id = ${id} and state = 'running' for share`,
      );
      if (!own) throw new JobFailure('retryable', 'superseded', 'A newer run of this job has begun');
      return work(transaction);
    }),
  end: (state, { code, detail, counts }) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`
        update billing.runs set state = ${state}, code = ${code ?? null}, detail = ${detail ?? null},
          counts = ${jsonValue(counts)}::jsonb, finished_at = ${now().toISOString()}
        where id = ${id} and state = 'running'`);
    }),
});
