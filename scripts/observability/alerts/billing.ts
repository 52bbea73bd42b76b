import { callFailures } from '@legendops/billing/vendor-access/call-failures';
import type { Alert } from '../alert.ts';
import { lateAlerts } from '../late-jobs.ts';

const calls = 'legendops_vendor_call_duration_seconds_count';
const unanswered = Object.entries(callFailures).flatMap(([failure, what]) => (what === 'no answer' ? [failure] : []));
const noAnswer = `outcome=~"${unanswered.join('|')}"`;
const callSeries = (outcome: string): string => `${calls}{job="billing",vendor="pax8",outcome="${outcome}"}`;

const figuresRead = 'legendops_billing_figures_timestamp_seconds';

/** What the platform team must hear of money before a tenant does. */
export const billingAlerts: readonly Alert[] = [
  ...lateAlerts,
  {
    name: 'RunsFail',
    expression:
      'max by (billing_job) (legendops_billing_runs_last_day{state="failed"})' +
      ' / on (billing_job) sum by (billing_job) (max by (billing_job, state) (legendops_billing_runs_last_day)) > 0.1',
    lasting: '15m',
    severity: 'critical',
    summary: 'Over a tenth of the {{ $labels.billing_job }} runs of the last day failed',
    runbook: 'billing',
    fires: {
      atMinute: 20,
      series: {
        'legendops_billing_runs_last_day{billing_job="usage-sync",state="failed",instance="a"}': '20x30',
        'legendops_billing_runs_last_day{billing_job="usage-sync",state="done",instance="a"}': '80x30',
        'legendops_billing_runs_last_day{billing_job="usage-sync",state="done",instance="b"}': '80x30',
      },
      labels: { billing_job: 'usage-sync' },
    },
    silent: {
      atMinute: 20,
      series: {
        'legendops_billing_runs_last_day{billing_job="usage-sync",state="failed",instance="a"}': '9x30',
        'legendops_billing_runs_last_day{billing_job="usage-sync",state="done",instance="a"}': '91x30',
      },
    },
  },
  {
    name: 'PostingIsInDoubt',
    expression: 'max(legendops_billing_oldest_posting_age_seconds{state="in-doubt"}) > 7200',
    lasting: '10m',
    severity: 'critical',
    summary: 'A posting has been in doubt for over two hours: nobody knows whether QuickBooks has the invoice',
    runbook: 'billing',
    fires: { atMinute: 15, series: { 'legendops_billing_oldest_posting_age_seconds{state="in-doubt"}': '7300+60x30' } },
    silent: {
      atMinute: 15,
      series: { 'legendops_billing_oldest_posting_age_seconds{state="in-doubt"}': '5000+60x30' },
    },
  },
  {
    name: 'PostingWaits',
    expression: 'max(legendops_billing_oldest_posting_age_seconds{state="posting"}) > 3600',
    lasting: '10m',
    severity: 'warning',
    summary: 'An approved invoice has been on its way to QuickBooks for over an hour',
    runbook: 'billing',
    fires: { atMinute: 15, series: { 'legendops_billing_oldest_posting_age_seconds{state="posting"}': '3700+60x30' } },
    silent: { atMinute: 15, series: { 'legendops_billing_oldest_posting_age_seconds{state="posting"}': '2000+60x30' } },
  },
  {
    name: 'NoticesAreGivenUp',
    expression: 'sum by (channel) (increase(legendops_notice_messages_total{outcome="dead"}[6h])) > 0',
    severity: 'warning',
    summary: 'Notices by {{ $labels.channel }} were given up after a day of tries: people were not told of what stands',
    runbook: 'billing',
    fires: {
      atMinute: 60,
      series: { 'legendops_notice_messages_total{channel="mail",outcome="dead"}': '0x30 1x60' },
      labels: { channel: 'mail' },
    },
    silent: {
      atMinute: 60,
      series: {
        'legendops_notice_messages_total{channel="mail",outcome="dead"}': '0x90',
        'legendops_notice_messages_total{channel="mail",outcome="refused"}': '0+1x90',
      },
    },
  },
  {
    name: 'BillingFiguresAreOld',
    expression: `time() - max(${figuresRead}) > 600 or absent(${figuresRead})`,
    lasting: '5m',
    severity: 'warning',
    summary: 'No billing process has read its figures for ten minutes: the other alerts of billing are blind',
    runbook: 'billing',
    fires: { atMinute: 20, series: { [`${figuresRead}{instance="a"}`]: '0x30' } },
    firesToo: { atMinute: 20, series: {} },
    silent: {
      atMinute: 20,
      series: {
        [`${figuresRead}{instance="a"}`]: '0x30',
        [`${figuresRead}{instance="b"}`]: '0+60x30',
      },
    },
  },
  {
    name: 'VendorDoesNotAnswer',
    expression: `sum by (vendor) (rate(${calls}{${noAnswer}}[15m])) / sum by (vendor) (rate(${calls}[15m])) > 0.5`,
    lasting: '15m',
    severity: 'warning',
    summary: 'More than half of the calls of {{ $labels.vendor }} have had no usable answer for a quarter of an hour',
    runbook: 'billing',
    fires: {
      atMinute: 40,
      series: { [callSeries('unavailable')]: '0+8x50', [callSeries('success')]: '0+2x50' },
      labels: { vendor: 'pax8' },
    },
    silent: { atMinute: 40, series: { [callSeries('forbidden')]: '0+8x50', [callSeries('success')]: '0+2x50' } },
  },
  {
    name: 'VaultFails',
    expression:
      'sum by (job) (rate(legendops_vault_call_duration_seconds_count{outcome="failure"}[10m]))' +
      ' / sum by (job) (rate(legendops_vault_call_duration_seconds_count[10m])) > 0.1',
    lasting: '10m',
    severity: 'critical',
    summary: '{{ $labels.job }} cannot read or write the credentials of tenants’ vendors',
    runbook: 'billing',
    fires: {
      atMinute: 25,
      series: {
        'legendops_vault_call_duration_seconds_count{job="billing",operation="get",outcome="failure"}': '0+2x30',
        'legendops_vault_call_duration_seconds_count{job="billing",operation="get",outcome="success"}': '0+8x30',
      },
      labels: { job: 'billing' },
    },
    silent: {
      atMinute: 25,
      series: {
        'legendops_vault_call_duration_seconds_count{job="billing",operation="get",outcome="failure"}': '0+1x30',
        'legendops_vault_call_duration_seconds_count{job="billing",operation="get",outcome="success"}': '0+20x30',
      },
    },
  },
];
