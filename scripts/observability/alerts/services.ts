import type { Alert } from '../alert.ts';

const processes = ['auth', 'billing', 'catalog', 'portal', 'tenant-operator'];

const upOf = (jobs: readonly string[]): Record<string, string> =>
  Object.fromEntries(jobs.map((job) => [`up{job="${job}",instance="a"}`, '1x10']));

/** What every service tells of itself. */
export const serviceAlerts: readonly Alert[] = [
  {
    name: 'ServiceDown',
    expression: `up{job=~"${processes.join('|')}"} == 0`,
    lasting: '5m',
    severity: 'critical',
    summary: '{{ $labels.job }} on {{ $labels.instance }} has not been reached for five minutes',
    runbook: 'services',
    fires: {
      atMinute: 6,
      series: { 'up{job="billing",instance="a"}': '0x10' },
      labels: { job: 'billing', instance: 'a' },
    },
    silent: { atMinute: 6, series: { 'up{job="billing",instance="a"}': '0 0 0 1x10' } },
  },
  {
    // Of a service without a pod there is no `up` that could be 0.
    name: 'ServiceIsNotThere',
    expression: processes.map((job) => `absent(up{job="${job}"})`).join(' or '),
    lasting: '5m',
    severity: 'critical',
    summary: 'Prometheus knows of no pod of {{ $labels.job }}',
    runbook: 'services',
    section: 'ServiceDown',
    fires: { atMinute: 6, series: upOf(processes.slice(1)), labels: { job: 'auth' } },
    silent: { atMinute: 6, series: upOf(processes) },
  },
  {
    name: 'NobodyIsLetIn',
    expression: 'legendops_revocations_unknown == 1',
    lasting: '1m',
    severity: 'critical',
    summary: '{{ $labels.job }} refuses everybody: the auth service does not say which sessions have ended',
    runbook: 'services',
    fires: {
      atMinute: 3,
      series: { 'legendops_revocations_unknown{job="portal"}': '0 1x5' },
      labels: { job: 'portal' },
    },
    silent: { atMinute: 3, series: { 'legendops_revocations_unknown{job="portal"}': '0 1 0x5' } },
  },
  {
    name: 'FeedIsBehind',
    expression: 'time() - legendops_feed_last_success_timestamp_seconds > 300',
    lasting: '5m',
    severity: 'warning',
    summary: '{{ $labels.job }} has not heard the feed {{ $labels.topic }} for over five minutes: its copy is old',
    runbook: 'services',
    fires: {
      atMinute: 12,
      series: { 'legendops_feed_last_success_timestamp_seconds{job="billing",topic="customers"}': '0x20' },
      labels: { job: 'billing', topic: 'customers' },
    },
    silent: {
      atMinute: 12,
      series: { 'legendops_feed_last_success_timestamp_seconds{job="billing",topic="customers"}': '0+60x20' },
    },
  },
  {
    name: 'OutboxIsNotRead',
    expression: 'max by (job, topic, reader) (time() - legendops_outbox_oldest_unread_timestamp_seconds) > 900',
    lasting: '5m',
    severity: 'warning',
    summary: '{{ $labels.reader }} has left changes of {{ $labels.topic }} unread for over a quarter of an hour',
    runbook: 'services',
    fires: {
      atMinute: 25,
      series: {
        'legendops_outbox_oldest_unread_timestamp_seconds{job="portal",topic="customers",reader="legendops/billing"}':
          '0x30',
      },
      labels: { job: 'portal', topic: 'customers', reader: 'legendops/billing' },
    },
    silent: {
      atMinute: 14,
      series: {
        'legendops_outbox_oldest_unread_timestamp_seconds{job="portal",topic="customers",reader="legendops/billing"}':
          '0x30',
      },
    },
  },
  {
    name: 'DatabaseIsOutOfReach',
    expression: 'sum by (job) (rate(legendops_db_pool_wait_seconds_count{outcome="failure"}[5m])) > 0.1',
    lasting: '2m',
    severity: 'critical',
    summary: '{{ $labels.job }} gets no connection to its database',
    runbook: 'services',
    fires: {
      atMinute: 10,
      series: { 'legendops_db_pool_wait_seconds_count{job="auth",outcome="failure"}': '0+30x15' },
      labels: { job: 'auth' },
    },
    silent: {
      atMinute: 10,
      series: { 'legendops_db_pool_wait_seconds_count{job="auth",outcome="failure"}': '0+2x15' },
    },
  },
  {
    name: 'ConnectionPoolIsFull',
    expression: 'min_over_time(legendops_db_pool_waiting[5m]) > 0',
    lasting: '5m',
    severity: 'warning',
    summary: 'Transactions of {{ $labels.job }} have been waiting for a connection for ten minutes without a pause',
    runbook: 'services',
    fires: { atMinute: 15, series: { 'legendops_db_pool_waiting{job="portal"}': '3x20' }, labels: { job: 'portal' } },
    silent: { atMinute: 15, series: { 'legendops_db_pool_waiting{job="portal"}': '3 3 0 3 3 3 0 3 3 3 0 3 3 3 0 3' } },
  },
  {
    name: 'TokensAreRefused',
    expression: 'sum by (job) (rate(legendops_token_verifications_total{outcome="refused"}[10m])) > 5',
    lasting: '10m',
    severity: 'warning',
    summary: '{{ $labels.job }} refuses over five tokens a second: somebody tries, or keys do not match',
    runbook: 'services',
    fires: {
      atMinute: 30,
      series: { 'legendops_token_verifications_total{job="portal",kind="person",outcome="refused"}': '0+400x40' },
      labels: { job: 'portal' },
    },
    silent: {
      atMinute: 30,
      series: { 'legendops_token_verifications_total{job="portal",kind="person",outcome="refused"}': '0+200x40' },
    },
  },
  {
    name: 'TenantsMeetTheirLimit',
    expression: 'sum by (job) (rate(legendops_rate_limit_refusals_total{allowance="tenant"}[10m])) > 1',
    lasting: '30m',
    severity: 'warning',
    summary: 'Tenants have met their limit of requests at {{ $labels.job }} for half an hour',
    runbook: 'services',
    fires: {
      atMinute: 50,
      series: { 'legendops_rate_limit_refusals_total{job="portal",allowance="tenant"}': '0+120x60' },
      labels: { job: 'portal' },
    },
    silent: {
      atMinute: 50,
      series: { 'legendops_rate_limit_refusals_total{job="portal",allowance="person"}': '0+120x60' },
    },
  },
  {
    name: 'EventLoopIsBlocked',
    expression: 'nodejs_eventloop_lag_p99_seconds > 0.25',
    lasting: '10m',
    severity: 'warning',
    summary: '{{ $labels.job }} on {{ $labels.instance }} keeps every request waiting for a quarter of a second',
    runbook: 'services',
    fires: {
      atMinute: 12,
      series: { 'nodejs_eventloop_lag_p99_seconds{job="catalog",instance="a"}': '0.4x20' },
      labels: { job: 'catalog', instance: 'a' },
    },
    silent: { atMinute: 12, series: { 'nodejs_eventloop_lag_p99_seconds{job="catalog",instance="a"}': '0.2x20' } },
  },
  {
    name: 'PodRestarts',
    expression: 'increase(kube_pod_container_status_restarts_total{namespace="legendops"}[15m]) > 2',
    severity: 'warning',
    summary: '{{ $labels.pod }} has restarted again and again within a quarter of an hour',
    runbook: 'services',
    fires: {
      atMinute: 20,
      series: { 'kube_pod_container_status_restarts_total{namespace="legendops",pod="billing-1"}': '0+1x25' },
      labels: { namespace: 'legendops', pod: 'billing-1' },
    },
    silent: {
      atMinute: 20,
      series: { 'kube_pod_container_status_restarts_total{namespace="legendops",pod="billing-1"}': '0x10 1x15' },
    },
  },
  {
    // Nothing waits for a collector: that spans are lost, nobody else notices before they are looked for.
    name: 'TracesAreLost',
    expression:
      'sum by (job) (rate(legendops_trace_spans_total{outcome=~"dropped|failed"}[15m])) / sum by (job) (rate(legendops_trace_spans_total[15m])) > 0.1',
    lasting: '15m',
    severity: 'warning',
    summary: 'Over a tenth of the spans that {{ $labels.job }} recorded have not arrived for half an hour',
    runbook: 'services',
    fires: {
      atMinute: 40,
      series: {
        'legendops_trace_spans_total{job="billing",outcome="exported"}': '0+80x50',
        'legendops_trace_spans_total{job="billing",outcome="failed"}': '0+15x50',
        'legendops_trace_spans_total{job="billing",outcome="dropped"}': '0+5x50',
      },
      labels: { job: 'billing' },
    },
    silent: {
      atMinute: 40,
      series: {
        'legendops_trace_spans_total{job="billing",outcome="exported"}': '0+95x50',
        'legendops_trace_spans_total{job="billing",outcome="failed"}': '0+5x50',
        'legendops_trace_spans_total{job="auth",outcome="failed"}': '0x50',
      },
    },
  },
  {
    // 0 is a process that has no store to read.
    name: 'SettingsAreOld',
    expression: 'max by (job) (time() - (legendops_settings_last_success_timestamp_seconds > 0)) > 900',
    lasting: '5m',
    severity: 'warning',
    summary: '{{ $labels.job }} has not taken over what App Configuration says for over a quarter of an hour',
    runbook: 'services',
    fires: {
      atMinute: 25,
      series: {
        'legendops_settings_last_success_timestamp_seconds{job="billing",instance="a"}': '30x30',
        'legendops_settings_last_success_timestamp_seconds{job="billing",instance="b"}': '0+60x30',
      },
      labels: { job: 'billing' },
    },
    silent: {
      atMinute: 25,
      series: {
        'legendops_settings_last_success_timestamp_seconds{job="billing",instance="a"}': '0+60x30',
        'legendops_settings_last_success_timestamp_seconds{job="portal",instance="a"}': '0x30',
      },
    },
  },
];
