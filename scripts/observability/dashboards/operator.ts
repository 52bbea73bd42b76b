import type { Dashboard } from '../dashboard.ts';

export const operator: Dashboard = {
  uid: 'operator',
  title: 'Tenant operator',
  rows: {
    Now: [
      {
        title: 'Tenants that are Ready',
        says: 'All of them',
        unit: 'percentunit',
        isStat: true,
        queries: {
          ready:
            'sum(max by (reason) (legendops_tenant_conditions{type="Ready",status="True"})) / sum(max by (status, reason) (legendops_tenant_conditions{type="Ready"}))',
        },
      },
      {
        title: 'Not Ready for longest',
        says: 'Minutes, while a tenant is made',
        unit: 's',
        isStat: true,
        queries: { longest: 'time() - min(legendops_tenant_oldest_not_ready_timestamp_seconds)' },
      },
      {
        title: 'Leaders',
        says: '1',
        unit: 'short',
        isStat: true,
        queries: { leaders: 'sum(leader_election_master_status)' },
      },
    ],
    Tenants: [
      {
        title: 'Tenants that are not Ready, by reason',
        says: 'docs/reference/tenant.md has what each reason asks for',
        unit: 'short',
        queries: { '{{reason}}': 'max by (reason) (legendops_tenant_conditions{type="Ready",status!="True"})' },
      },
      {
        title: 'Jobs and integrations that do not succeed',
        says: 'They gate nothing, and somebody has to look',
        unit: 'short',
        queries: {
          '{{type}} {{reason}}':
            'max by (type, reason) (legendops_tenant_conditions{type=~"JobsSucceeding|IntegrationsReady",status="False"})',
        },
      },
    ],
    Work: [
      {
        title: 'Reconciliations by result',
        says: 'error is rare',
        unit: 'ops',
        queries: {
          '{{controller}} {{result}}':
            'sum by (controller, result) (rate(controller_runtime_reconcile_total[$__rate_interval]))',
        },
      },
      {
        title: 'Time of a reconciliation, 99th percentile',
        says: 'Below a second where nothing is made',
        unit: 's',
        queries: {
          '{{controller}}':
            'histogram_quantile(0.99, sum by (controller, le) (rate(controller_runtime_reconcile_time_seconds_bucket[$__rate_interval])))',
        },
      },
      {
        title: 'Keys that wait',
        says: 'Near 0, a wave at a full pass',
        unit: 'short',
        queries: { '{{name}}': 'max by (name) (workqueue_depth)' },
      },
      {
        title: 'Requests to the API server',
        says: 'Near 0 while nothing changes; 409 and 422 are somebody who fights',
        unit: 'reqps',
        queries: {
          '{{method}} {{code}}': 'sum by (method, code) (rate(rest_client_requests_total[$__rate_interval]))',
        },
      },
      {
        title: 'Work on the databases, 99th percentile',
        says: 'A tenth of a second',
        unit: 's',
        queries: {
          '{{database}} {{outcome}}':
            'histogram_quantile(0.99, sum by (database, outcome, le) (rate(legendops_operator_sql_seconds_bucket[$__rate_interval])))',
        },
      },
      {
        title: 'Calls of the vault',
        says: 'success',
        unit: 'reqps',
        queries: {
          '{{operation}} {{outcome}}':
            'sum by (operation, outcome) (rate(legendops_operator_vault_seconds_count[$__rate_interval]))',
        },
      },
    ],
    Process: [
      {
        title: 'Memory',
        says: 'Below 300 MB at ten thousand tenants',
        unit: 'bytes',
        queries: { '{{instance}}': 'process_resident_memory_bytes{job="tenant-operator"}' },
      },
      {
        title: 'Clock against the database’s',
        says: 'Within some seconds; the database’s decides',
        unit: 's',
        queries: { '{{instance}}': 'abs(legendops_operator_clock_skew_seconds)' },
      },
    ],
  },
  logs: [
    {
      title: 'What the operator complains of',
      says: 'Empty when all is well',
      query: '{namespace="legendops", app="tenant-operator", level=~"warn|error"}',
    },
  ],
};
