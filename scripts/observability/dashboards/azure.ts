import type { Dashboard, Panel } from '../dashboard.ts';

// Azure Monitor's metrics as Alloy's prometheus.exporter.azure names them: azure_<type>_<metric>_<aggregation>_<unit>.
const azure = (type: string, metric: string): string => `azure_microsoft_${type}_${metric}`;
const byResource = (title: string, says: string, unit: string, metric: string): Panel => ({
  title,
  says,
  unit,
  queries: { '{{resourceName}}': `max by (resourceName) (${metric})` },
});

const vault = (metric: string): string => azure('keyvault_vaults', metric);
const blob = (metric: string): string => azure('storage_storageaccounts_blobservices', metric);
const server = (metric: string): string => azure('dbforpostgresql_flexibleservers', metric);
const address = (metric: string): string => azure('network_publicipaddresses', metric);
const frontDoor = (metric: string): string => azure('cdn_profiles', metric);

export const azureInfrastructure: Dashboard = {
  uid: 'azure-infrastructure',
  title: 'Azure infrastructure',
  rows: {
    Nodes: [
      {
        title: 'CPU of the nodes',
        says: 'Below 80 %; the autoscaler adds a node before',
        unit: 'percentunit',
        queries: {
          '{{instance}}': '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[$__rate_interval]))',
        },
      },
      {
        title: 'Memory of the nodes',
        says: 'Below 80 %',
        unit: 'percentunit',
        queries: { '{{instance}}': '1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes' },
      },
      {
        title: 'Disks of the nodes',
        says: 'Below 80 %',
        unit: 'percentunit',
        queries: {
          '{{instance}} {{mountpoint}}':
            '1 - node_filesystem_avail_bytes{fstype!~"tmpfs|overlay"} / node_filesystem_size_bytes{fstype!~"tmpfs|overlay"}',
        },
      },
      {
        title: 'Pods that find no node',
        says: '0 after some minutes',
        unit: 'short',
        queries: { pending: 'sum(kube_pod_status_phase{phase="Pending"})' },
      },
      {
        title: 'Restarts',
        says: '0',
        unit: 'short',
        queries: {
          '{{namespace}} {{pod}}':
            'topk(10, increase(kube_pod_container_status_restarts_total{namespace=~"legendops|tenant-.*"}[1h])) > 0',
        },
      },
    ],
    Edge: [
      byResource(
        'Requests at Front Door',
        'As many as people are awake',
        'short',
        frontDoor('requestcount_total_count'),
      ),
      byResource('Answers 5xx of Front Door', 'Below 1 %', 'percent', frontDoor('percentage5xx_average_percent')),
      byResource('Health of origins', '100', 'percent', frontDoor('originhealthpercentage_average_percent')),
      byResource(
        'Requests that the firewall blocked',
        'A constant noise; a wave is an attack',
        'short',
        frontDoor('webapplicationfirewallrequestcount_total_count'),
      ),
    ],
    Network: [
      byResource(
        'Bytes through the way out',
        'Rises with the usage that is read at night; a spike by day is looked at',
        'bytes',
        address('bytecount_total_bytes'),
      ),
      byResource(
        'Under attack',
        '0: 1 while Azure turns a flood away',
        'short',
        address('ifunderddosattack_maximum_count'),
      ),
    ],
    Settings: [
      byResource(
        'Requests that App Configuration turned away',
        '0: what is turned away is tried again, and settings are older meanwhile',
        'short',
        azure('appconfiguration_configurationstores', 'throttledhttprequestcount_total_count'),
      ),
    ],
  },
};

export const keyVault: Dashboard = {
  uid: 'key-vault',
  title: 'Key Vault secret access',
  rows: {
    Vaults: [
      byResource('Availability', 'Over 99.9 %', 'percent', vault('availability_average_percent')),
      byResource(
        'Saturation',
        'Below 75 %: above it calls are throttled',
        'percent',
        vault('saturationshoebox_average_percent'),
      ),
      byResource('Calls', 'Quiet but for rotations and connections', 'short', vault('serviceapihit_total_count')),
      byResource('Time of a call', 'Below a second', 'ms', vault('serviceapilatency_average_milliseconds')),
      {
        title: 'Answers by status',
        says: '403 is somebody without a right: see AZKVAuditLogs',
        unit: 'short',
        queries: {
          '{{resourceName}} {{dimensionStatusCode}}': `sum by (resourceName, dimensionStatusCode) (${vault('serviceapiresult_total_count')})`,
        },
      },
    ],
    'As we see them': [
      {
        title: 'Operations of billing',
        says: 'success',
        unit: 'reqps',
        queries: {
          '{{operation}} {{outcome}}':
            'sum by (operation, outcome) (rate(legendops_vault_call_duration_seconds_count[$__rate_interval]))',
        },
      },
      {
        title: 'Operations of the operator',
        says: 'success',
        unit: 'reqps',
        queries: {
          '{{operation}} {{outcome}}':
            'sum by (operation, outcome) (rate(legendops_operator_vault_seconds_count[$__rate_interval]))',
        },
      },
    ],
  },
  logs: [
    {
      title: 'What is said of vaults',
      says: 'Status and operation, never a secret',
      query: '{namespace="legendops", level=~"warn|error"} |~ "(?i)vault"',
    },
  ],
};

export const blobAccess: Dashboard = {
  uid: 'blob-access',
  title: 'Blob access and errors',
  rows: {
    Storage: [
      byResource('Availability', 'Over 99.9 %', 'percent', blob('availability_average_percent')),
      byResource(
        'Time from first to last byte',
        'Below a second',
        'ms',
        blob('successe2elatency_average_milliseconds'),
      ),
      {
        title: 'Transactions by answer',
        says: 'Authorization errors: a signed address that has ended, or somebody who tries',
        unit: 'short',
        queries: {
          '{{resourceName}} {{dimensionResponseType}}': `sum by (resourceName, dimensionResponseType) (${blob('transactions_total_count')})`,
        },
      },
      byResource('Sent', 'Pictures and stencils', 'bytes', blob('egress_total_bytes')),
    ],
    'What catalog asks of it': [
      {
        title: 'Requests',
        says: 'No failures; a link is signed here, and its use is seen above',
        unit: 'reqps',
        queries: {
          '{{container}} {{operation}} {{outcome}}':
            'sum by (container, operation, outcome) (rate(legendops_blob_requests_total[$__rate_interval]))',
        },
      },
      {
        title: 'Time for 95 of 100',
        says: 'Below a second; large files take longer',
        unit: 's',
        queries: {
          '{{operation}}':
            'histogram_quantile(0.95, sum by (operation, le) (rate(legendops_blob_request_duration_seconds_bucket[$__rate_interval])))',
        },
      },
      {
        title: 'Bytes read and written',
        says: 'Files that were looked at, and kept',
        unit: 'binBps',
        queries: {
          '{{container}} {{operation}}':
            'sum by (container, operation) (rate(legendops_blob_bytes_total[$__rate_interval]))',
        },
      },
      {
        title: 'Files that were refused',
        says: 'A few: somebody chose the wrong file. Many of one code: somebody tries',
        unit: 'short',
        queries: {
          '{{container}} {{code}}':
            'sum by (container, code) (increase(legendops_media_refusals_total[$__rate_interval]))',
        },
      },
    ],
  },
  logs: [
    {
      title: 'What the storage did not do',
      says: 'Container, operation and answer, never a signed address',
      query: '{namespace="legendops", level=~"warn|error"} |= "blob storage"',
    },
  ],
};

export const postgresql: Dashboard = {
  uid: 'postgresql',
  title: 'PostgreSQL performance',
  rows: {
    Servers: [
      byResource('Alive', '1', 'short', server('is_db_alive_maximum_count')),
      byResource('CPU', 'Below 80 %', 'percent', server('cpu_percent_average_percent')),
      byResource('Memory', 'Below 90 %', 'percent', server('memory_percent_average_percent')),
      byResource(
        'Storage',
        'Below 85 %: it grows by itself, and costs',
        'percent',
        server('storage_percent_average_percent'),
      ),
      byResource('Connections', 'Below what the server allows', 'short', server('active_connections_average_count')),
      byResource('Connections that failed', '0', 'short', server('connections_failed_total_count')),
      byResource('Deadlocks', '0', 'short', server('deadlocks_total_count')),
      byResource('Disk', 'Below 80 %', 'percent', server('disk_iops_consumed_percentage_average_percent')),
    ],
    'As services see them': [
      {
        title: 'Connections that are busy, of the pool',
        says: 'Below three quarters',
        unit: 'percentunit',
        queries: {
          '{{job}}':
            'max by (job) (legendops_db_pool_connections{state="busy"}) / on (job) max by (job) (legendops_db_pool_connections_limit)',
        },
      },
      {
        title: 'Transactions that wait for a connection',
        says: '0',
        unit: 'short',
        queries: { '{{job}}': 'max by (job) (legendops_db_pool_waiting)' },
      },
      {
        title: 'Wait for a connection, 99th percentile',
        says: 'Thousandths of a second',
        unit: 's',
        queries: {
          '{{job}} {{outcome}}':
            'histogram_quantile(0.99, sum by (job, outcome, le) (rate(legendops_db_pool_wait_seconds_bucket[$__rate_interval])))',
        },
      },
      {
        title: 'Changes that a service has not read',
        says: 'Seconds',
        unit: 's',
        queries: {
          '{{topic}} for {{reader}}':
            'max by (topic, reader) (time() - legendops_outbox_oldest_unread_timestamp_seconds)',
        },
      },
    ],
  },
};
