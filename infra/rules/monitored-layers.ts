/** Where people see what an alert speaks of. */
export interface Shown {
  dashboard: string;
  panel: string;
}

/** What the panel of a signal of Azure asks for; by default the signal as Alloy's exporter names it. */
interface Signal extends Shown {
  asks?: string;
}

/** One row of what is watched: each alert of Azure's own signals, and each of the cluster's, with its panel. */
export interface Layer {
  name: string;
  /** Alerts of infra/monitor/alerts, without the environment. */
  azure: Readonly<Record<string, Signal>>;
  /** Alerts of scripts/observability/alerts, which the cluster's own metrics fire. */
  cluster: Readonly<Record<string, Shown>>;
}

const on =
  (dashboard: string) =>
  (panel: string, asks?: string): Signal => ({ dashboard, panel, ...(asks !== undefined && { asks }) });

const nodes = on('azure-infrastructure');
const api = on('api-errors');
const jobs = on('billing-jobs');
const operator = on('operator');
const postgresql = on('postgresql');
const vault = on('key-vault');
const uptime = on('portal-uptime');
const blob = on('blob-access');
const blobMetric = 'azure_microsoft_storage_storageaccounts_blobservices_';

export const layers: readonly Layer[] = [
  {
    name: 'infrastructure',
    azure: {
      'node-cpu': nodes('CPU of the nodes', 'node_cpu_seconds_total'),
      'node-memory': nodes('Memory of the nodes', 'node_memory_MemAvailable_bytes'),
      'node-disk': nodes('Disks of the nodes', 'node_filesystem_avail_bytes'),
      'pods-without-room': nodes('Pods that find no node', 'kube_pod_status_phase'),
    },
    cluster: { PodRestarts: nodes('Restarts') },
  },
  {
    name: 'app services',
    azure: { 'edge-errors': nodes('Answers 5xx of Front Door', 'percentage5xx') },
    cluster: {
      ErrorBudgetBurnsFast: api('Requests that failed, of the last 3 days'),
      ErrorBudgetBurns: api('Requests that failed, of the last 3 days'),
      ErrorBudgetBurnsSlowly: api('Requests that failed, of the last 3 days'),
      LatencyBudgetBurnsFast: api('Requests over half a second, of the last 3 days'),
      LatencyBudgetBurns: api('Requests over half a second, of the last 3 days'),
      LatencyBudgetBurnsSlowly: api('Requests over half a second, of the last 3 days'),
      SignInBudgetBurnsFast: api('Sign-ins that failed, of the last 3 days'),
      SignInBudgetBurns: api('Sign-ins that failed, of the last 3 days'),
      SignInBudgetBurnsSlowly: api('Sign-ins that failed, of the last 3 days'),
      NobodyIsLetIn: api('Services that let nobody in'),
      TokensAreRefused: api('Tokens that were refused'),
      TenantsMeetTheirLimit: api('Requests over a limit'),
    },
  },
  {
    name: 'PostgreSQL',
    azure: {
      'database-down': postgresql('Alive'),
      'database-cpu': postgresql('CPU'),
      'database-memory': postgresql('Memory'),
      'database-storage': postgresql('Storage'),
      'database-disk': postgresql('Disk'),
      'database-deadlocks': postgresql('Deadlocks'),
      'database-connections-failed': postgresql('Connections that failed'),
      'database-password-refused': postgresql('Connections that failed', 'connections_failed'),
    },
    cluster: {
      ConnectionPoolIsFull: postgresql('Connections that are busy, of the pool'),
      DatabaseIsOutOfReach: postgresql('Wait for a connection, 99th percentile'),
      OutboxIsNotRead: postgresql('Changes that a service has not read'),
      FeedIsBehind: postgresql('Changes that a service has not read'),
    },
  },
  {
    name: 'network',
    azure: {
      'under-attack': nodes('Under attack'),
      'network-spike': nodes('Bytes through the way out'),
      'edge-origin-health': nodes('Health of origins'),
      'edge-firewall': nodes('Requests that the firewall blocked', 'webapplicationfirewallrequestcount'),
      'flows-denied': nodes('Bytes through the way out', 'bytecount'),
      'flows-malicious': nodes('Requests that the firewall blocked', 'webapplicationfirewallrequestcount'),
    },
    cluster: {},
  },
  {
    name: 'secrets',
    azure: {
      'vault-availability': vault('Availability'),
      'vault-saturation': vault('Saturation'),
      'vault-latency': vault('Time of a call'),
      'secret-read-by-a-person': vault('Calls', 'serviceapihit'),
      'secret-read-refused': vault('Answers by status', 'serviceapiresult'),
      'secret-reads-spike': vault('Calls', 'serviceapihit'),
    },
    cluster: { VaultFails: vault('Operations of billing') },
  },
  {
    name: 'services',
    azure: { 'settings-throttled': nodes('Requests that App Configuration turned away') },
    cluster: {
      SettingsAreOld: uptime('Age of settings from App Configuration'),
      TracesAreLost: uptime('Spans of traces'),
      ServiceDown: uptime('Pods that are reached'),
      ServiceIsNotThere: uptime('Pods that are reached'),
      EventLoopIsBlocked: uptime('Delay of the event loop, 99th percentile'),
      AddressDoesNotAnswer: uptime('Addresses that answer'),
      CertificateEnds: uptime('Next certificate to end'),
      JobBudgetBurnsFast: jobs('Tenants whose jobs were late, of the last 3 days'),
      JobBudgetBurns: jobs('Tenants whose jobs were late, of the last 3 days'),
      JobBudgetBurnsSlowly: jobs('Tenants whose jobs were late, of the last 3 days'),
      UsageSyncIsLate: jobs('Tenants without a usage sync for 26 hours'),
      InvoiceRunIsLate: jobs('Tenants without an invoice run for 35 days'),
      ReconcileIsLate: jobs('Tenants without a comparison with QuickBooks for 35 days'),
      PsaSyncIsLate: jobs('Tenants without a reading of SuperOps for 26 hours'),
      RunsFail: jobs('Runs of the last 24 hours'),
      PostingIsInDoubt: jobs('Oldest posting in doubt'),
      PostingWaits: jobs('Postings that are not posted'),
      NoticesAreGivenUp: jobs('Notices by outcome'),
      BillingFiguresAreOld: jobs('Age of the newest successful run, half and 99 % of tenants'),
      VendorDoesNotAnswer: jobs('Calls by outcome'),
      NobodyLeads: operator('Leaders'),
      TenantIsNotReady: operator('Not Ready for longest'),
      ReconciliationsFail: operator('Reconciliations by result'),
      ReconciliationHangs: operator('Time of a reconciliation, 99th percentile'),
      QueueGrows: operator('Keys that wait'),
      WatchIsSilent: operator('Requests to the API server'),
      ClocksDiffer: operator('Clock against the database’s'),
    },
  },
  {
    name: 'blob media',
    azure: {
      'media-availability': blob('Availability', `${blobMetric}availability`),
      'media-latency': blob('Time from first to last byte', `${blobMetric}successe2elatency`),
      'media-refused': blob('Transactions by answer', `${blobMetric}transactions`),
      'media-anonymous': blob('Transactions by answer', `${blobMetric}transactions`),
    },
    cluster: {},
  },
];
