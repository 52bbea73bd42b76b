import type { Dashboard } from '../dashboard.ts';

export const portalUptime: Dashboard = {
  uid: 'portal-uptime',
  title: 'Portal uptime',
  rows: {
    Now: [
      {
        title: 'Addresses that answer',
        says: 'All of them',
        unit: 'percentunit',
        isStat: true,
        queries: { answering: 'avg(max by (instance) (probe_success{product="legendops"}))' },
      },
      {
        title: 'Of the last 30 days',
        says: '99.9 % and more',
        unit: 'percentunit',
        isStat: true,
        queries: { '{{instance}}': 'avg by (instance) (avg_over_time(probe_success{product="legendops"}[30d]))' },
      },
      {
        title: 'Next certificate to end',
        says: 'Over two weeks',
        unit: 's',
        isStat: true,
        queries: { left: 'min(probe_ssl_earliest_cert_expiry{product="legendops"}) - time()' },
      },
    ],
    'From outside': [
      {
        title: 'Answers by address',
        says: '1',
        unit: 'short',
        queries: { '{{instance}}': 'max by (instance) (probe_success{product="legendops"})' },
      },
      {
        title: 'Time to answer',
        says: 'By phase: resolve, connect, TLS, processing, transfer',
        unit: 's',
        queries: {
          '{{instance}} {{phase}}': 'avg by (instance, phase) (probe_http_duration_seconds{product="legendops"})',
        },
      },
    ],
    'From inside': [
      {
        title: 'Pods that are reached',
        says: 'As many as are wanted',
        unit: 'short',
        queries: { '{{job}}': 'sum by (job) (up{job=~"auth|billing|catalog|portal|tenant-operator"})' },
      },
      {
        title: 'Delay of the event loop, 99th percentile',
        says: 'Some hundredths of a second',
        unit: 's',
        queries: { '{{job}}': 'max by (job) (nodejs_eventloop_lag_p99_seconds)' },
      },
    ],
    'What programs are told and tell': [
      {
        title: 'Age of settings from App Configuration',
        says: 'Half a minute; nothing where there is no store',
        unit: 's',
        queries: {
          '{{job}}': 'max by (job) (time() - (legendops_settings_last_success_timestamp_seconds > 0))',
        },
      },
      {
        title: 'Looks into App Configuration',
        says: 'unchanged; refused is a key that cannot be used, failed a store that does not answer',
        unit: 'short',
        queries: {
          '{{job}} {{outcome}}': 'sum by (job, outcome) (increase(legendops_settings_looks_total[$__rate_interval]))',
        },
      },
      {
        title: 'Spans of traces',
        says: 'exported; nothing where nobody collects them',
        unit: 'short',
        queries: {
          '{{job}} {{outcome}}': 'sum by (job, outcome) (rate(legendops_trace_spans_total[$__rate_interval]))',
        },
      },
    ],
  },
};
