import { ConfigurationError, parseEnvironment } from '../config/parse-environment.ts';
import { createPool } from '../db/pool.ts';
import { requireSchema, SchemaUnfit } from '../db/schema-version.ts';
import { sql } from '../db/sql.ts';
import { jobDatabase, type Scope, type TenantDatabase } from '../db/tenant-database.ts';
import { patience, type Patience } from '../http/patience.ts';
import { createLogger, type Log } from '../log/logger.ts';
import { currentContext } from '../log/request-context.ts';
import { inNewTrace } from '../log/trace-context.ts';
import { inStep } from '../trace/in-span.ts';
import { startTracing } from '../trace/start-tracing.ts';
import { traceVariables } from '../trace/trace-settings.ts';
import { readDatabaseSecret, type JobDatabaseName } from './database-secret.ts';
import { endOnSignal } from './end-on-signal.ts';
import { connectionsOfJob } from './job-connections.ts';
import { asJobFailure, exitCodes, JobFailure } from './job-outcome.ts';
import { withJobSession } from './job-session.ts';
import type { JobVariables } from './job-variables.ts';
import { beginRun, type RunLedger, type RunRecord } from './run-record.ts';

/** What a job has before a run of it has begun. */
export interface Surroundings<Environment extends JobVariables> {
  environment: Environment;
  scope: Scope;
  database: TenantDatabase;
  /** A line of progress for whoever reads the job's log. */
  progress: (line: string) => void;
  log: Log;
  now: () => Date;
  /** Is open as long as this run is alive. */
  session?: number;
  /** How long the job waits for others: to its end, and no longer. */
  patience: Patience;
}

/** A job's process. */
export interface JobProcess<Environment extends JobVariables> {
  name: string;
  database: JobDatabaseName;
  readEnvironment: (environment: Record<string, string | undefined>) => Environment;
  runs: (surroundings: Surroundings<Environment>) => Promise<void>;
}

type Recordable = Pick<Surroundings<JobVariables>, 'database' | 'scope' | 'now' | 'log' | 'session' | 'progress'>;

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
const requireKnownSchema = (
  database: TenantDatabase,
  scope: Scope,
  of: { database: JobDatabaseName; acceptNewer: boolean },
): Promise<void> =>
  requireSchema((statement) => database.read(scope, statement), of).catch((error: unknown) => {
    throw error instanceof SchemaUnfit ? new JobFailure('needsPerson', 'schema.unfit', error.message) : error;
  });

const states = { retryable: 'failed', needsPerson: 'needs-person', suspended: 'failed' } as const;

/** The work under a run record, which says how it ended whatever happens. It returns what it counted. */
export const recordedIn = async (
  ledger: RunLedger,
  begun: Pick<Parameters<typeof beginRun>[2], 'job' | 'more'>,
  { database, scope, now, log, session, progress }: Recordable,
  work: (run: RunRecord) => Promise<Record<string, number>>,
): Promise<void> => {
  const run = await beginRun(ledger, { database, scope }, { ...begun, session, now });
  try {
    const counts = await inStep(`run ${begun.job}`, () => work(run));
    await run.end('done', { counts });
    progress(
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

const runOnce = async <Environment extends JobVariables>(
  { name, database: databaseName, runs }: JobProcess<Environment>,
  environment: Environment,
  log: Log,
): Promise<void> => {
  const connectionString = await readDatabaseSecret(environment.DATABASE_SECRET_PATH, databaseName);
  const pool = createPool({ connectionString, max: connectionsOfJob, application_name: applicationName(name) });
  const scope = { tenantId: environment.TENANT_ID };
  const database = jobDatabase(pool, scope.tenantId);
  const progress = (line: string): void => log.info({ job: name }, line);
  try {
    const acceptNewer = environment.ACCEPT_NEWER_SCHEMA;
    await requireKnownSchema(database, scope, { database: databaseName, acceptNewer });
    await requireActive(database, scope);
    const waits = patience({ forMs: environment.DEADLINE_SECONDS * 1_000 - reserveMs });
    await withJobSession(pool, (session) =>
      runs({ environment, scope, database, progress, log, now: () => new Date(), session, patience: waits }),
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

const execute = async <Environment extends JobVariables>(job: JobProcess<Environment>): Promise<number> => {
  const { name } = job;
  const first = createLogger({ service: name, level: 'info' });
  try {
    const environment = job.readEnvironment(process.env);
    const { LOG_LEVEL: level, TENANT_ID: tenantId } = environment;
    const log = createLogger({ service: name, level }).child({ tenantId });
    const tracing = await startTracing(name, parseEnvironment(traceVariables, process.env), log);
    const attributes = { 'legendops.job.name': name, 'legendops.tenant.id': tenantId };
    const run = () =>
      runOnce(job, environment, log).then(
        () => exitCodes.done,
        (error: unknown) => told(log, error),
      );
    return await inNewTrace({ name, attributes }, run).finally(() => tracing.stop());
  } catch (error) {
    return told(first, error);
  }
};

/** Runs a job to its end and exits: 0 done, 1 failed and worth a retry, 2 needs a person, 3 the tenant is suspended. */
export const runJobProcess = async <Environment extends JobVariables>(job: JobProcess<Environment>): Promise<void> => {
  const takeBack = endOnSignal(exitCodes.retryable);
  try {
    process.exitCode = await execute(job);
  } finally {
    takeBack();
  }
};
