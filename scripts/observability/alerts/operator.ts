import type { Alert } from '../alert.ts';

const notReady = 'legendops_tenant_oldest_not_ready_timestamp_seconds';

/** The Tenant operator and its tenants. */
export const operatorAlerts: readonly Alert[] = [
  {
    name: 'NobodyLeads',
    // Where no operator runs at all nobody says that it does not lead.
    expression: 'sum(leader_election_master_status) == 0 or absent(leader_election_master_status)',
    lasting: '2m',
    severity: 'critical',
    summary: 'No operator leads: Tenants are looked at by nobody',
    runbook: 'operator',
    fires: { atMinute: 5, series: { 'leader_election_master_status{job="tenant-operator",instance="a"}': '0x10' } },
    firesToo: { atMinute: 5, series: {} },
    silent: {
      atMinute: 5,
      series: {
        'leader_election_master_status{job="tenant-operator",instance="a"}': '0x10',
        'leader_election_master_status{job="tenant-operator",instance="b"}': '1x10',
      },
    },
  },
  {
    name: 'TenantIsNotReady',
    expression: `time() - min(${notReady}) > 1800`,
    lasting: '5m',
    severity: 'warning',
    summary: 'A Tenant has not been Ready for over half an hour',
    runbook: 'operator',
    fires: { atMinute: 40, series: { [`${notReady}{instance="a"}`]: '0x60' } },
    silent: { atMinute: 29, series: { [`${notReady}{instance="a"}`]: '0x60' } },
  },
  {
    name: 'ReconciliationsFail',
    expression:
      'sum by (controller) (rate(controller_runtime_reconcile_errors_total[10m]))' +
      ' / sum by (controller) (rate(controller_runtime_reconcile_total[10m])) > 0.25',
    lasting: '10m',
    severity: 'warning',
    summary: 'A quarter of the reconciliations of {{ $labels.controller }} fail',
    runbook: 'operator',
    fires: {
      atMinute: 25,
      series: {
        'controller_runtime_reconcile_errors_total{controller="tenant"}': '0+4x40',
        'controller_runtime_reconcile_total{controller="tenant",result="error"}': '0+4x40',
        'controller_runtime_reconcile_total{controller="tenant",result="success"}': '0+6x40',
      },
      labels: { controller: 'tenant' },
    },
    silent: {
      atMinute: 25,
      series: {
        'controller_runtime_reconcile_errors_total{controller="tenant"}': '0+1x40',
        'controller_runtime_reconcile_total{controller="tenant",result="success"}': '0+9x40',
      },
    },
  },
  {
    name: 'QueueGrows',
    expression: 'max by (name) (min_over_time(workqueue_depth[15m])) > 100',
    lasting: '15m',
    severity: 'warning',
    summary: 'Over a hundred keys have been waiting in {{ $labels.name }} for half an hour',
    runbook: 'operator',
    fires: { atMinute: 40, series: { 'workqueue_depth{name="tenant"}': '200x60' }, labels: { name: 'tenant' } },
    silent: { atMinute: 40, series: { 'workqueue_depth{name="tenant"}': '200x10 0 200x10 0 200x20' } },
  },
  {
    name: 'ReconciliationHangs',
    expression: 'max by (controller) (controller_hung_reconciles) > 0',
    lasting: '5m',
    severity: 'warning',
    summary: 'A reconciliation of {{ $labels.controller }} heeds no signal and holds its tenant',
    runbook: 'operator',
    fires: {
      atMinute: 8,
      series: { 'controller_hung_reconciles{controller="tenant"}': '1x20' },
      labels: { controller: 'tenant' },
    },
    silent: { atMinute: 8, series: { 'controller_hung_reconciles{controller="tenant"}': '1 1 0x20' } },
  },
  {
    name: 'WatchIsSilent',
    expression: 'time() - min by (name) (reflector_last_event_timestamp_seconds) > 900',
    lasting: '5m',
    severity: 'warning',
    summary: 'The watch of {{ $labels.name }} has said nothing for a quarter of an hour, not even a bookmark',
    runbook: 'operator',
    fires: {
      atMinute: 25,
      series: { 'reflector_last_event_timestamp_seconds{name="tenants"}': '0x40' },
      labels: { name: 'tenants' },
    },
    silent: { atMinute: 25, series: { 'reflector_last_event_timestamp_seconds{name="tenants"}': '0+60x40' } },
  },
  {
    name: 'ClocksDiffer',
    expression: 'max(abs(legendops_operator_clock_skew_seconds)) > 30',
    lasting: '10m',
    severity: 'warning',
    summary: 'The clocks of the operator and of billing_db differ by {{ $value }} seconds',
    runbook: 'operator',
    fires: { atMinute: 12, series: { 'legendops_operator_clock_skew_seconds{instance="a"}': '-45x20' } },
    silent: { atMinute: 12, series: { 'legendops_operator_clock_skew_seconds{instance="a"}': '-20x20' } },
  },
];
