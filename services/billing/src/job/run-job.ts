import { sql } from '@legendops/kit/db/sql';
import { recordedIn, runJobProcess, type Surroundings } from '@legendops/kit/jobs/run-job';
import type { RunLedger, RunRecord } from '@legendops/kit/jobs/run-record';
import type { JobName } from '../contract.ts';
import { billingApi, type BillingApi } from './billing-api.ts';
import { readJobEnvironment, type JobEnvironment } from './job-environment.ts';

/** What a job has before a run of it has begun. */
export interface JobSurroundings extends Surroundings<JobEnvironment> {
  billing: BillingApi;
}

export interface JobContext extends JobSurroundings {
  run: RunRecord;
}

/** One run of a job. */
export interface Job {
  name: JobName;
  /** The first day of the month that the run is for; null for jobs without one. */
  period: (environment: JobEnvironment, now: Date) => string | null;
  /** Does the work; returns what it counted. Throws a JobFailure for an end that is not success. */
  work: (context: JobContext) => Promise<Record<string, number>>;
}

export const billingRuns: RunLedger = {
  table: sql`billing.runs`,
  isOwnSession: (session) => sql`billing.is_own_session(${session})`,
};

/** The work under a run record, which says how it ended whatever happens. */
export const recorded = ({ name, period, work }: Job, context: JobSurroundings): Promise<void> => {
  const values = sql`, ${period(context.environment, context.now())}::date`;
  return recordedIn(billingRuns, { job: name, more: { columns: sql`, period`, values } }, context, (run) =>
    work({ ...context, run }),
  );
};

/** Runs a job to its end and exits: 0 done, 1 failed and worth a retry, 2 needs a person, 3 the tenant is suspended. */
export const runJob = (name: JobName, runs: (context: JobSurroundings) => Promise<void>): Promise<void> =>
  runJobProcess({
    name,
    database: 'billing_db',
    readEnvironment: readJobEnvironment,
    runs: (around) => runs({ ...around, billing: billingApi(around.environment, around.patience) }),
  });
