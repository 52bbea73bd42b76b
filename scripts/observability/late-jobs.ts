import type { CronJobName } from '@legendops/tenant-operator/api/jobs';
import type { Alert } from './alert.ts';

interface LateJob extends Pick<Alert, 'name' | 'lasting' | 'severity'> {
  /** In whole hours; a bucket of the metric ends there. */
  afterHours: number;
  /** For a sentence: tenants have had no successful … for over that long. */
  summary: string;
  /** Of the dashboard's panel. */
  title: string;
  /** The minute in which the tests look: the alert lasts some less. */
  atMinute: number;
}

/** When a job of a tenant is late, and how its lateness is told: by an alert and on the dashboard, for every job. */
export const lateJobs: Readonly<Record<CronJobName, LateJob>> = {
  'usage-sync': {
    name: 'UsageSyncIsLate',
    afterHours: 26,
    lasting: '1h',
    severity: 'warning',
    summary: '{{ $value }} tenants have had no successful usage sync for over 26 hours',
    title: 'Tenants without a usage sync for 26 hours',
    atMinute: 70,
  },
  'invoice-run': {
    name: 'InvoiceRunIsLate',
    afterHours: 840,
    lasting: '6h',
    severity: 'critical',
    summary: '{{ $value }} tenants have had no successful invoice run for over 35 days: a month is not billed',
    title: 'Tenants without an invoice run for 35 days',
    atMinute: 380,
  },
  reconcile: {
    name: 'ReconcileIsLate',
    afterHours: 840,
    lasting: '6h',
    severity: 'warning',
    summary: '{{ $value }} tenants have had no successful comparison with QuickBooks for over 35 days',
    title: 'Tenants without a comparison with QuickBooks for 35 days',
    atMinute: 380,
  },
  'psa-sync': {
    name: 'PsaSyncIsLate',
    afterHours: 26,
    lasting: '1h',
    severity: 'warning',
    summary: '{{ $value }} tenants have had no successful reading of SuperOps for over 26 hours',
    title: 'Tenants without a reading of SuperOps for 26 hours',
    atMinute: 70,
  },
};

export const lateJobNames = Object.keys(lateJobs) as CronJobName[];

/** Tenants whose newest success is at most so old; `all`: of any age. */
export const agedSeries = (job: CronJobName, of: 'in time' | 'all'): string => {
  const le = of === 'all' ? '+Inf' : String(lateJobs[job].afterHours * 3_600);
  return `legendops_billing_last_success_age_seconds_bucket{billing_job="${job}",le="${le}"}`;
};

/** How many tenants a job is late for. Each replica counts over the whole database: the largest answer is everybody's. */
export const countLate = (job: CronJobName): string =>
  `max(${agedSeries(job, 'all')}) - max(${agedSeries(job, 'in time')})`;

const byJob = (series: string): string => `max by (billing_job) (${series})`;

/**
 * The share of tenants that a job is late for, of those that it has succeeded for; nothing where there are none. One alone is a
 * tenant's own trouble, also where there are three: its lateness has an alert that wakes nobody.
 */
export const shareLate = (job: CronJobName): string => {
  const [inTime, all] = [byJob(agedSeries(job, 'in time')), byJob(agedSeries(job, 'all'))];
  return `(1 - ${inTime} / (${all} > 0)) * (${all} - ${inTime} > bool 1)`;
};

// Nothing of it turns on a minute, and promtool computes every rule at every step.
const stepMinutes = 5;

const lateAlert = (job: CronJobName): Alert => {
  const { name, lasting, severity, summary, atMinute } = lateJobs[job];
  const seriesOf = (inTime: number) => ({
    [agedSeries(job, 'in time')]: `${inTime}x${atMinute}`,
    [agedSeries(job, 'all')]: `100x${atMinute}`,
  });
  return {
    name,
    expression: `${countLate(job)} > 0`,
    ...(lasting !== undefined && { lasting }),
    severity,
    summary,
    runbook: 'billing',
    fires: { atMinute, stepMinutes, series: seriesOf(98) },
    silent: { atMinute, stepMinutes, series: seriesOf(100) },
  };
};

export const lateAlerts: readonly Alert[] = lateJobNames.map(lateAlert);
