interface JobEntry {
  /** The name of its CronJob, and of its entry point in the image. */
  cronJob: string;
  /** For `kubectl explain`. */
  does: string;
  /** Five cron fields, where the Tenant says nothing. */
  schedule: string;
  /** A night that summer time skips is made up for by the next one, a run of the month is not. */
  every: 'day' | 'month';
}

/**
 * The jobs of every Tenant by their names in spec.billing: the resource's types and schema, the CronJobs, what is told of
 * their failures and the connections of the tenant's login are all made from this table.
 */
export const jobs = {
  usageSync: {
    cronJob: 'usage-sync',
    does: 'Fetches subscriptions and usage from Pax8.',
    schedule: '17 4 * * *',
    every: 'day',
  },
  invoiceRun: {
    cronJob: 'invoice-run',
    does: 'Makes the drafts of every month that is over and not billed yet.',
    schedule: '30 6 6 * *',
    every: 'month',
  },
  reconcile: {
    cronJob: 'reconcile',
    does: 'Compares the ledger with QuickBooks.',
    schedule: '0 7 7 * *',
    every: 'month',
  },
} as const satisfies Record<string, JobEntry>;

export type JobName = keyof typeof jobs;
export type CronJobName = (typeof jobs)[JobName]['cronJob'];

export const jobNames = Object.keys(jobs) as JobName[];

export const forEachJob = <Value>(valueOf: (job: JobName) => Value): Record<JobName, Value> =>
  Object.fromEntries(jobNames.map((job) => [job, valueOf(job)])) as Record<JobName, Value>;
