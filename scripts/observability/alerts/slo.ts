import type { Alert, Recording } from '../alert.ts';
import { agedSeries, lateJobNames, shareLate } from '../late-jobs.ts';

/** What we promise over 30 days: the share of requests, or of tenants all the time, that may be bad. */
interface Objective {
  slug: 'errors' | 'slow' | 'sign-ins' | 'late-tenants';
  /** The label that each kept promise is told by. */
  by: 'job' | 'billing_job';
  says: string;
  allowedShare: number;
  /** The bad share of a window. */
  share: (window: string) => string;
  /** Recorded first, where `share` stands on it. */
  first?: Recording;
  /** Series in which so many of a thousand are bad. */
  badSeries: (per1000: number) => Record<string, string>;
  /** Series that look bad and are nobody's alert. */
  harmlessSeries?: Record<string, string>;
  alert: string;
  runbook: Alert['runbook'];
  /** Of the series. */
  labels: Readonly<Record<string, string>>;
}

// A share of nothing is nothing, and not an error.
const shareOf = (bad: string, all: string): string => `(${bad} or 0 * (${all})) / (${all} > 0)`;

// A long poll is slow because nothing happens.
const answered = 'route!~".*/(changes|feed/.topic.|revocations)"';
const requests = (window: string, more = ''): string =>
  `sum by (job) (rate(http_request_duration_seconds_count{${answered}${more}}[${window}]))`;
const signIns = (window: string, more = ''): string =>
  `sum by (job) (rate(legendops_sign_ins_total{${more}}[${window}]))`;
// What went wrong at our side or the directory's; that somebody was not invited is an answer.
const broken = 'outcome=~"sign-in.failed|service.*"';

const lateShare = 'billing_job:late_tenants:share';

const route = '/api/portal/v1/customers';
const count = (status: number, perMinute: number): Record<string, string> => ({
  [`http_request_duration_seconds_count{job="portal",route="${route}",status="${status}"}`]: `0+${perMinute}x400`,
});

const objectives: readonly Objective[] = [
  {
    slug: 'errors',
    by: 'job',
    says: '99.9 % of requests are answered without a failure of ours',
    allowedShare: 0.001,
    share: (window) => shareOf(requests(window, ',status=~"5.."'), requests(window)),
    badSeries: (per1000) => ({ ...count(200, 1_000 - per1000), ...count(500, per1000) }),
    alert: 'ErrorBudget',
    runbook: 'services',
    labels: { job: 'portal' },
  },
  {
    slug: 'slow',
    by: 'job',
    says: '99 % of requests are answered within half a second',
    allowedShare: 0.01,
    share: (window) =>
      shareOf(
        `${requests(window)} - sum by (job) (rate(http_request_duration_seconds_bucket{${answered},le="0.5"}[${window}]))`,
        requests(window),
      ),
    badSeries: (per1000) => ({
      ...count(200, 1_000),
      [`http_request_duration_seconds_bucket{job="portal",route="${route}",status="200",le="0.5"}`]: `0+${1_000 - per1000}x400`,
    }),
    alert: 'LatencyBudget',
    runbook: 'services',
    labels: { job: 'portal' },
  },
  {
    slug: 'sign-ins',
    by: 'job',
    says: '99 % of sign-ins that come back from a directory end as they should',
    allowedShare: 0.01,
    share: (window) => shareOf(signIns(window, broken), signIns(window)),
    badSeries: (per1000) => ({
      'legendops_sign_ins_total{job="auth",outcome="completed"}': `0+${1_000 - per1000}x400`,
      'legendops_sign_ins_total{job="auth",outcome="sign-in.failed"}': `0+${per1000}x400`,
    }),
    alert: 'SignInBudget',
    runbook: 'services',
    labels: { job: 'auth' },
  },
  {
    slug: 'late-tenants',
    by: 'billing_job',
    says: '99 % of tenants have had a successful run in time',
    allowedShare: 0.01,
    // How many are late is known at each moment and counted by nobody: a window has the mean.
    first: { name: lateShare, expression: lateJobNames.map(shareLate).join(' or ') },
    share: (window) => `avg_over_time(${lateShare}[${window}])`,
    badSeries: (per1000) => ({
      [agedSeries('usage-sync', 'in time')]: `${1_000 - per1000}x400`,
      [agedSeries('usage-sync', 'all')]: '1000x400',
    }),
    harmlessSeries: {
      [agedSeries('usage-sync', 'in time')]: '2x400',
      [agedSeries('usage-sync', 'all')]: '3x400',
    },
    alert: 'JobBudget',
    runbook: 'billing',
    labels: { billing_job: 'usage-sync' },
  },
];

const recorded = (objective: Objective, window: string): string =>
  `${objective.by}:${objective.slug.replace('-', '_')}:share_${window}`;

const windows = ['5m', '30m', '1h', '6h', '3d'];

export const recordings: readonly Recording[] = objectives.flatMap((objective) => [
  ...(objective.first ? [objective.first] : []),
  ...windows.map((window) => ({ name: recorded(objective, window), expression: objective.share(window) })),
]);

// Google's workbook: 2 % of the month's budget within an hour, 5 % within six, 10 % within three days; each also over a
// twelfth of the time, so that it ends soon after the cause does.
const burns = [
  { suffix: 'BurnsFast', long: '1h', short: '5m', times: 14.4, severity: 'critical', atMinute: 70, stepMinutes: 1 },
  { suffix: 'Burns', long: '6h', short: '30m', times: 6, severity: 'critical', atMinute: 370, stepMinutes: 5 },
  { suffix: 'BurnsSlowly', long: '3d', short: '6h', times: 1, severity: 'warning', atMinute: 4_410, stepMinutes: 30 },
] as const;

export const budgetAlerts: readonly Alert[] = objectives.flatMap((objective) =>
  burns.map(({ suffix, long, short, times, severity, atMinute, stepMinutes }) => {
    const limit = Number((times * objective.allowedShare).toPrecision(6));
    const per1000 = (factor: number): number => Math.max(0, Math.round(limit * 1_000 * factor));
    const { by, says, alert, runbook, labels, badSeries, harmlessSeries } = objective;
    return {
      name: `${alert}${suffix}`,
      expression: `${recorded(objective, long)} > ${limit} and ${recorded(objective, short)} > ${limit}`,
      severity,
      objective: objective.slug,
      summary: `{{ $labels.${by} }}: ${says}; ${times} times as many as that allows were bad over ${long}`,
      runbook,
      section: alert,
      fires: { atMinute, stepMinutes, series: badSeries(per1000(1.5) || 2), labels },
      silent: { atMinute, stepMinutes, series: badSeries(per1000(0.8)) },
      ...(harmlessSeries && { silentToo: { atMinute, stepMinutes, series: harmlessSeries } }),
    };
  }),
);
