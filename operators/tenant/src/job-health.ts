import { jobNames, jobs, type CronJobName, type JobName } from './api/jobs.ts';
import type { CronJob } from './owned/resources.ts';

/** A job of a tenant that has not succeeded since; undefined: never. */
export interface FailingJob {
  job: JobName;
  since: string | undefined;
}

export type JobHealth = (namespace: string) => readonly FailingJob[];

/** How a CronJob's last run went, as its controller writes it down; `running` says nothing yet. */
export type RunHealth = 'succeeding' | 'running' | { failingSince: string | undefined };

/** A run that began after the last success, and is over, has failed. One that is suspended keeps nobody waiting. */
export const healthOf = ({ spec, status }: Pick<CronJob, 'spec' | 'status'>): RunHealth => {
  const { active = [], lastScheduleTime, lastSuccessfulTime } = status ?? {};
  if (spec.suspend === true || lastScheduleTime === undefined) return 'succeeding';
  if (active.length > 0) return 'running';
  const hasSucceeded =
    lastSuccessfulTime !== undefined && Date.parse(lastSuccessfulTime) >= Date.parse(lastScheduleTime);
  return hasSucceeded ? 'succeeding' : { failingSince: lastSuccessfulTime };
};

/** The tenant's jobs that fail, from what is kept of each of its CronJobs. */
export const failingJobs = (keptOf: (cronJob: CronJobName) => RunHealth | undefined): FailingJob[] =>
  jobNames.flatMap((job) => {
    const health = keptOf(jobs[job].cronJob);
    return typeof health === 'object' ? [{ job, since: health.failingSince }] : [];
  });
