import type { Dashboard } from '../dashboard.ts';

const requests = 'http_request_duration_seconds_count';

export const apiErrors: Dashboard = {
  uid: 'api-errors',
  title: 'API error rate',
  rows: {
    'The month’s objectives': [
      {
        title: 'Requests that failed, of the last 3 days',
        says: 'Below 0.1 % for each service',
        unit: 'percentunit',
        isStat: true,
        queries: { '{{job}}': 'job:errors:share_3d' },
      },
      {
        title: 'Requests over half a second, of the last 3 days',
        says: 'Below 1 % for each service',
        unit: 'percentunit',
        isStat: true,
        queries: { '{{job}}': 'job:slow:share_3d' },
      },
      {
        title: 'Sign-ins that failed, of the last 3 days',
        says: 'Below 1 %',
        unit: 'percentunit',
        isStat: true,
        queries: { '{{job}}': 'job:sign_ins:share_3d' },
      },
    ],
    Requests: [
      {
        title: 'Requests',
        says: 'How much is asked of each service',
        unit: 'reqps',
        queries: { '{{job}}': `sum by (job) (rate(${requests}[$__rate_interval]))` },
      },
      {
        title: 'Failures of ours, by route',
        says: 'Empty when all is well; a route alone is a fault of its code, all of a service one of what it stands on',
        unit: 'reqps',
        queries: {
          '{{job}} {{method}} {{route}}': `topk(10, sum by (job, method, route) (rate(${requests}{status=~"5.."}[$__rate_interval])))`,
        },
      },
      {
        title: 'Time to answer, 99th percentile',
        says: 'Below half a second; long polls are left out',
        unit: 's',
        queries: {
          '{{job}}':
            'histogram_quantile(0.99, sum by (job, le) (rate(http_request_duration_seconds_bucket{route!~".*/(changes|feed/.topic.|revocations)"}[$__rate_interval])))',
        },
      },
      {
        title: 'Refusals by status',
        says: '401 and 403 in numbers: keys or rights changed; 429: somebody meets a limit',
        unit: 'reqps',
        queries: { '{{job}} {{status}}': `sum by (job, status) (rate(${requests}{status=~"4.."}[$__rate_interval]))` },
      },
    ],
    'Who comes in': [
      {
        title: 'Sign-ins by outcome',
        says: 'completed, and now and then somebody without an invitation',
        unit: 'short',
        queries: { '{{outcome}}': 'sum by (outcome) (increase(legendops_sign_ins_total[$__rate_interval]))' },
      },
      {
        title: 'Tokens that were refused',
        says: 'A few a minute are browsers that slept',
        unit: 'reqps',
        queries: {
          '{{job}} {{kind}} {{outcome}}':
            'sum by (job, kind, outcome) (rate(legendops_token_verifications_total{outcome!="accepted"}[$__rate_interval]))',
        },
      },
      {
        title: 'Requests over a limit',
        says: 'By whose limit it was; a tenant over a long time needs another plan',
        unit: 'reqps',
        queries: {
          '{{job}} {{allowance}}':
            'sum by (job, allowance) (rate(legendops_rate_limit_refusals_total[$__rate_interval]))',
        },
      },
      {
        title: 'Services that let nobody in',
        says: '0',
        unit: 'short',
        queries: { '{{job}}': 'max by (job) (legendops_revocations_unknown)' },
      },
    ],
  },
  logs: [
    {
      title: 'What failed',
      says: 'With requestId, traceId and the cause; of one tenant: … | tenant_id = "its id"',
      query: '{namespace="legendops", level="error"}',
    },
  ],
};
