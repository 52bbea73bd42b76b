import { sql } from '@legendops/kit/db/sql';
import { recordedIn, runJobProcess, type Surroundings } from '@legendops/kit/jobs/run-job';
import type { RunLedger, RunRecord } from '@legendops/kit/jobs/run-record';
import { askService, type AskService } from '@legendops/kit/jobs/ask-service';
import { readJobEnvironment, type JobEnvironment } from './job-environment.ts';

/** What a job has before a run of it has begun. */
export interface JobSurroundings extends Surroundings<JobEnvironment> {
  /** The portal service's internal API, as the job's tenant. */
  ask: AskService;
}

export interface JobContext extends JobSurroundings {
  run: RunRecord;
}

/** The jobs of this service. */
export type JobName = 'psa-sync';

const portalRuns: RunLedger = {
  table: sql`portal.runs`,
  isOwnSession: (session) => sql`portal.is_own_session(${session})`,
};

/** The work under a run record, which says how it ended whatever happens. It returns what it counted. */
export const recorded = (
  job: JobName,
  context: JobSurroundings,
  work: (context: JobContext) => Promise<Record<string, number>>,
): Promise<void> => recordedIn(portalRuns, { job }, context, (run) => work({ ...context, run }));

/** Runs a job to its end and exits: 0 done, 1 failed and worth a retry, 2 needs a person, 3 the tenant is suspended. */
export const runJob = (name: JobName, work: (context: JobContext) => Promise<Record<string, number>>): Promise<void> =>
  runJobProcess({
    name,
    database: 'portal_db',
    readEnvironment: readJobEnvironment,
    runs: (around) => {
      const { PORTAL_INTERNAL_URL: url, SERVICE_TOKEN_PATH: tokenPath } = around.environment;
      const ask = askService({ service: 'portal', url, tokenPath }, around.patience);
      return recorded(name, { ...around, ask }, work);
    },
  });
