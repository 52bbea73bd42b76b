import { createPool } from '@legendops/kit/db/pool';
import { requireSchema, SchemaUnfit } from '@legendops/kit/db/schema-version';
import { sql } from '@legendops/kit/db/sql';
import { jobDatabase, type Scope, type TenantDatabase } from '@legendops/kit/db/tenant-database';
import { ConfigurationError, parseEnvironment } from '@legendops/kit/config/parse-environment';
import { endOnSignal } from '@legendops/kit/jobs/end-on-signal';
import { connectionsOfJob } from '@legendops/kit/jobs/job-connections';
import { asJobFailure, exitCodes, JobFailure } from '@legendops/kit/jobs/job-outcome';
import { createLogger, type Log } from '@legendops/kit/log/logger';
import { currentContext } from '@legendops/kit/log/request-context';
import { inNewTrace } from '@legendops/kit/log/trace-context';
import { inSpan } from '@legendops/kit/trace/in-span';
import { startTracing } from '@legendops/kit/trace/start-tracing';
import { traceVariables } from '@legendops/kit/trace/trace-settings';
import type { JobName } from '../contract.ts';
import { patience, type Patience } from '@legendops/kit/http/patience';
import { billingApi, type BillingApi } from './billing-api.ts';
import { readDatabaseSecret, readJobEnvironment, type JobEnvironment } from './job-environment.ts';
import { withJobSession } from './job-session.ts';
import { beginRun, type RunRecord } from './run-record.ts';

export interface JobContext {
  environment: JobEnvironment;
  scope: Scope;
  database: TenantDatabase;
  run: RunRecord;
  billing: BillingApi;
  /** A line of progress for whoever reads the job's log. */
  progress: (line: string) => void;
  log: Log;
  now: () => Date;
  /** Is open as long as this run is alive. */
  session?: number;
  /** How long the job waits for vendors: to its end, and no longer. */
  patience: Patience;
}

/** What a job has before a run of it has begun. */
export type JobSurroundings = Omit<JobContext, 'run'>;

/** One run of a job. */
export interface Job {
  name: JobName;
  /** The first day of the month that the run is for; null for jobs without one. */
  period: (environment: JobEnvironment, now: Date) => string | null;
  /** Does the work; returns what it counted. Throws a JobFailure for an end that is not success. */
  work: (context: JobContext) => Promise<Record<string, number>>;
}

// Who waits no longer has to say so yet: a call may take half a minute, and its record is written after it.
const reserveMs = 120_000;

const applicationName = (job: string): string => `legendops-${job}`;

const requireActive = async (database: TenantDatabase, scope: Scope): Promise<void> => {
  const [tenant] = await database.read(scope, sql<{ state: string }>`select state from app.tenants`);
  if (!tenant) throw new JobFailure('needsPerson', 'tenant.unknown', 'This tenant is not registered');
  if (tenant.state !== 'active')
    throw new JobFailure('suspended', 'tenant.suspended', `The tenant is ${tenant.state}: no job runs`);
};

/** Before anything else is read: trying again with this image helps neither against an older schema nor a newer one. */
const requireKnownSchema = (database: TenantDatabase, scope: Scope, acceptNewer: boolean): Promise<void> =>
  requireSchema((statement) => database.read(scope, statement), { database: 'billing_db', acceptNewer }).catch(
    (error: unknown) => {
      throw error instanceof SchemaUnfit ? new JobFailure('needsPerson', 'schema.unfit', error.message) : error;
    },
  );

const states = { retryable: 'failed', needsPerson: 'needs-person', suspended: 'failed' } as const;

/** The work under a run record, which says how it ended whatever happens. */
export const recorded = async (job: Job, context: JobSurroundings): Promise<void> => {
  const { database, scope, environment, now, log, session } = context;
  const period = job.period(environment, now());
  const run = await beginRun(database, scope, { job: job.name, period, session, now });
  try {
    const counts = await inSpan({ name: `run ${job.name}`, kind: 'internal' }, () => job.work({ ...context, run }));
    await run.end('done', { counts });
    context.progress(
      `done: ${Object.entries(counts)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ')}`,
    );
  } catch (error) {
    const failure = asJobFailure(error);
    if (failure.code === 'unexpected') log.error({ err: error }, 'job failed');
    await run.end(states[failure.kind], { code: failure.code, detail: failure.message, counts: {} });
    throw failure;
  }
};

type Runs = (context: JobSurroundings) => Promise<void>;

const runOnce = async (name: JobName, runs: Runs, environment: JobEnvironment, log: Log): Promise<void> => {
  const connectionString = await readDatabaseSecret(environment.DATABASE_SECRET_PATH);
  const pool = createPool({ connectionString, max: connectionsOfJob, application_name: applicationName(name) });
  const scope = { tenantId: environment.TENANT_ID };
  const database = jobDatabase(pool, scope.tenantId);
  const progress = (line: string): void => log.info({ job: name }, line);
  try {
    await requireKnownSchema(database, scope, environment.ACCEPT_NEWER_SCHEMA);
    await requireActive(database, scope);
    const waits = patience({ forMs: environment.DEADLINE_SECONDS * 1_000 - reserveMs });
    await withJobSession(pool, (session) =>
      runs({
        environment,
        scope,
        database,
        billing: billingApi(environment, waits),
        progress,
        log,
        now: () => new Date(),
        session,
        patience: waits,
      }),
    );
  } finally {
    await pool.end();
  }
};

const told = (log: Log, error: unknown): number => {
  const failure =
    error instanceof ConfigurationError
      ? new JobFailure('needsPerson', 'configuration', error.message)
      : asJobFailure(error);
  if (failure.code === 'unexpected') log.error({ err: error }, 'job failed');
  else log.error({ code: failure.code }, failure.message);
  currentContext().span?.fail(failure);
  return exitCodes[failure.kind];
};

const execute = async (name: JobName, runs: Runs): Promise<number> => {
  const first = createLogger({ service: name, level: 'info' });
  try {
    const environment = readJobEnvironment(process.env);
    const log = createLogger({ service: name, level: environment.LOG_LEVEL }).child({
      tenantId: environment.TENANT_ID,
    });
    const tracing = await startTracing(name, parseEnvironment(traceVariables, process.env), log);
    const attributes = { 'legendops.job.name': name, 'legendops.tenant.id': environment.TENANT_ID };
    const run = () =>
      runOnce(name, runs, environment, log).then(
        () => exitCodes.done,
        (error) => told(log, error),
      );
    return await inNewTrace({ name, attributes }, run).finally(() => tracing.stop());
  } catch (error) {
    return told(first, error);
  }
};

/** Runs a job to its end and exits: 0 done, 1 failed and worth a retry, 2 needs a person, 3 the tenant is suspended. */
export const runJob = async (name: JobName, runs: Runs): Promise<void> => {
  const takeBack = endOnSignal(exitCodes.retryable);
  try {
    process.exitCode = await execute(name, runs);
  } finally {
    takeBack();
  }
};
