import type { Dashboard } from '../dashboard.ts';
import { countLate, lateJobNames, lateJobs } from '../late-jobs.ts';

const age = 'legendops_billing_last_success_age_seconds_bucket';
const latePanels = lateJobNames.map((job) => ({
  title: lateJobs[job].title,
  says: '0',
  unit: 'short' as const,
  isStat: true as const,
  queries: { late: countLate(job) },
}));

export const billingJobs: Dashboard = {
  uid: 'billing-jobs',
  title: 'Billing sync jobs',
  rows: {
    Now: [
      {
        title: 'Tenants whose jobs were late, of the last 3 days',
        says: 'Below 1 % for each job',
        unit: 'percentunit',
        isStat: true,
        queries: { '{{billing_job}}': 'billing_job:late_tenants:share_3d' },
      },
      ...latePanels,
      {
        title: 'Oldest posting in doubt',
        says: 'Below two hours',
        unit: 's',
        isStat: true,
        queries: { 'in doubt': 'max(legendops_billing_oldest_posting_age_seconds{state="in-doubt"})' },
      },
      {
        title: 'Exceptions that are open',
        says: 'What tenants have on their worklists',
        unit: 'short',
        isStat: true,
        queries: { open: 'sum(max by (code) (legendops_billing_exceptions_open))' },
      },
    ],
    Runs: [
      {
        title: 'Runs of the last 24 hours',
        says: 'failed and needs-person are few',
        unit: 'short',
        queries: { '{{billing_job}} {{state}}': 'max by (billing_job, state) (legendops_billing_runs_last_day)' },
      },
      {
        title: 'Age of the newest successful run, half and 99 % of tenants',
        says: 'A usage sync is a day old at most, an invoice run a month',
        unit: 's',
        queries: {
          'half {{billing_job}}': `histogram_quantile(0.5, max by (billing_job, le) (${age}))`,
          '99 % {{billing_job}}': `histogram_quantile(0.99, max by (billing_job, le) (${age}))`,
        },
      },
      {
        title: 'Tenants that a job has never succeeded for',
        says: 'Those who are being set up',
        unit: 'short',
        queries: { '{{billing_job}}': 'max by (billing_job) (legendops_billing_tenants_without_success)' },
      },
      {
        title: 'Exceptions by code',
        says: 'One code that rises for all is ours or a vendor’s',
        unit: 'short',
        queries: { '{{code}}': 'max by (code) (legendops_billing_exceptions_open)' },
      },
    ],
    Money: [
      {
        title: 'Postings that are not posted',
        says: 'posting falls by itself; in-doubt and failed wait for somebody',
        unit: 'short',
        queries: { '{{state}}': 'max by (state) (legendops_billing_postings)' },
      },
      {
        title: 'Posted, in the smallest unit of its currency',
        says: 'A wave at the beginning of a month',
        unit: 'short',
        queries: {
          '{{currency}}': 'sum by (currency) (increase(legendops_billing_posted_minor_units_total[$__rate_interval]))',
        },
      },
    ],
    Notices: [
      {
        title: 'Notices by outcome',
        says: 'sent, with a morning’s digests; refused is a tenant’s address, dead is given up after a day',
        unit: 'short',
        queries: {
          '{{channel}} {{outcome}}':
            'sum by (channel, outcome) (increase(legendops_notice_messages_total[$__rate_interval]))',
        },
      },
    ],
    Vendors: [
      {
        title: 'Calls by outcome',
        says: 'success; throttled now and then',
        unit: 'reqps',
        queries: {
          '{{vendor}} {{outcome}}':
            'sum by (vendor, outcome) (rate(legendops_vendor_call_duration_seconds_count[$__rate_interval]))',
        },
      },
      {
        title: 'Time of a call, 95th percentile',
        says: 'Some seconds at most',
        unit: 's',
        queries: {
          '{{vendor}}':
            'histogram_quantile(0.95, sum by (vendor, le) (rate(legendops_vendor_call_duration_seconds_bucket[$__rate_interval])))',
        },
      },
    ],
  },
  logs: [
    {
      title: 'What jobs complain of',
      says: 'The last line of a run says how it ended; of one tenant: … | tenant = "its name"',
      query: '{namespace="tenants", level=~"warn|error"}',
    },
    {
      title: 'What billing complains of',
      says: 'Postings and vendors',
      query: '{namespace="legendops", app="billing", level=~"warn|error"}',
    },
  ],
};
