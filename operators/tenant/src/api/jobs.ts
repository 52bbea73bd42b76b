/** The services that tenants' jobs are of. */
export type JobService = 'billing' | 'portal';

export interface JobEntry {
  /** The name of its CronJob, and of its entry point in the image. */
  cronJob: string;
  /** Whose image it is of, whose internal API it asks, and in whose database it writes. */
  service: JobService;
  /** For `kubectl explain`. */
  does: string;
  /** The cron fields after the minute, where the Tenant says nothing. The minute is the tenant's own. */
  hours: string;
  /** An hour or a night that summer time skips is made up for by the next one, a run of the month is not. */
  every: 'hour' | 'day' | 'month';
}

/**
 * The jobs of every Tenant by their names in spec.billing: the resource's types and schema, the CronJobs, what is told of
 * their failures and the connections of the tenant's login are all made from this table.
 */
export const jobs = {
  usageSync: {
    cronJob: 'usage-sync',
    service: 'billing',
    does: 'Fetches subscriptions and usage from Pax8.',
    hours: '4 * * *',
    every: 'day',
  },
  invoiceRun: {
    cronJob: 'invoice-run',
    service: 'billing',
    does: 'Makes the drafts of every month that is over and not billed yet.',
    hours: '6 6 * *',
    every: 'month',
  },
  reconcile: {
    cronJob: 'reconcile',
    service: 'billing',
    does: 'Compares the ledger with QuickBooks.',
    hours: '7 7 * *',
    every: 'month',
  },
  psaSync: {
    cronJob: 'psa-sync',
    service: 'portal',
    does: 'Reads clients, tickets, assets and contracts from SuperOps.',
    hours: '* * * *',
    every: 'hour',
  },
} as const satisfies Record<string, JobEntry>;

export type JobName = keyof typeof jobs;
export type CronJobName = (typeof jobs)[JobName]['cronJob'];

export const jobNames = Object.keys(jobs) as JobName[];

export const forEachJob = <Value>(valueOf: (job: JobName) => Value): Record<JobName, Value> =>
  Object.fromEntries(jobNames.map((job) => [job, valueOf(job)])) as Record<JobName, Value>;
