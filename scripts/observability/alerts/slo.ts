import type { Alert, Recording } from '../alert.ts';

/** What we promise of a service over 30 days: the share of requests that may be bad. */
interface Objective {
  slug: 'errors' | 'slow' | 'sign-ins';
  says: string;
  allowedShare: number;
  /** Bad requests and all requests of a window, each by job. */
  bad: (window: string) => string;
  all: (window: string) => string;
  badSeries: (perMinute: number) => Record<string, string>;
  alert: string;
}

// A long poll is slow because nothing happens.
const answered = 'route!~".*/(changes|feed/.topic.|revocations)"';
const requests = (window: string, more = ''): string =>
  `sum by (job) (rate(http_request_duration_seconds_count{${answered}${more}}[${window}]))`;
const signIns = (window: string, more = ''): string =>
  `sum by (job) (rate(legendops_sign_ins_total{${more}}[${window}]))`;
// What went wrong at our side or the directory's; that somebody was not invited is an answer.
const broken = 'outcome=~"sign-in.failed|service.*"';

const route = '/api/portal/v1/customers';
const count = (status: number, perMinute: number): Record<string, string> => ({
  [`http_request_duration_seconds_count{job="portal",route="${route}",status="${status}"}`]: `0+${perMinute}x400`,
});

const objectives: readonly Objective[] = [
  {
    slug: 'errors',
    says: '99.9 % of requests are answered without a failure of ours',
    allowedShare: 0.001,
    bad: (window) => requests(window, ',status=~"5.."'),
    all: (window) => requests(window),
    badSeries: (perMinute) => ({ ...count(200, 1_000 - perMinute), ...count(500, perMinute) }),
    alert: 'ErrorBudget',
  },
  {
    slug: 'slow',
    says: '99 % of requests are answered within half a second',
    allowedShare: 0.01,
    bad: (window) =>
      `${requests(window)} - sum by (job) (rate(http_request_duration_seconds_bucket{${answered},le="0.5"}[${window}]))`,
    all: (window) => requests(window),
    badSeries: (perMinute) => ({
      ...count(200, 1_000),
      [`http_request_duration_seconds_bucket{job="portal",route="${route}",status="200",le="0.5"}`]: `0+${1_000 - perMinute}x400`,
    }),
    alert: 'LatencyBudget',
  },
  {
    slug: 'sign-ins',
    says: '99 % of sign-ins that come back from a directory end as they should',
    allowedShare: 0.01,
    bad: (window) => signIns(window, broken),
    all: (window) => signIns(window),
    badSeries: (perMinute) => ({
      'legendops_sign_ins_total{job="auth",outcome="completed"}': `0+${1_000 - perMinute}x400`,
      'legendops_sign_ins_total{job="auth",outcome="sign-in.failed"}': `0+${perMinute}x400`,
    }),
    alert: 'SignInBudget',
  },
];

const recorded = (objective: Objective, window: string): string =>
  `job:${objective.slug.replace('-', '_')}:share_${window}`;

const windows = ['5m', '30m', '1h', '6h', '3d'];

// A share of nothing is nothing, and not an error.
export const recordings: readonly Recording[] = objectives.flatMap((objective) =>
  windows.map((window) => ({
    name: recorded(objective, window),
    expression: `(${objective.bad(window)} or 0 * (${objective.all(window)})) / (${objective.all(window)} > 0)`,
  })),
);

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
    return {
      name: `${objective.alert}${suffix}`,
      expression: `${recorded(objective, long)} > ${limit} and ${recorded(objective, short)} > ${limit}`,
      severity,
      summary: `{{ $labels.job }}: ${objective.says}; ${times} times as many as that allows were bad over ${long}`,
      runbook: 'services',
      section: objective.alert,
      fires: {
        atMinute,
        stepMinutes,
        series: objective.badSeries(per1000(1.5) || 2),
        labels: { job: objective.slug === 'sign-ins' ? 'auth' : 'portal' },
      },
      silent: { atMinute, stepMinutes, series: objective.badSeries(per1000(0.8)) },
    };
  }),
);
