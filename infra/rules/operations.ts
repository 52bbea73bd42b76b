import { at, listAt, setAt, type Resource } from './resource.ts';
import { always, rule, type Rule } from './rule.ts';

/** What lets somebody sleep: alerts that reach people, copies over zones, data that a slip cannot delete. */
const groupsOf = (alert: Resource): string[] => [
  ...listAt(alert, 'properties.actions').map((action) => String(at(action, 'actionGroupId'))),
  ...listAt(alert, 'properties.actions.actionGroups').map((group) => String(at(group, 'actionGroupId') ?? group)),
];

const reaches = (type: string): Rule =>
  rule(`alerts-reach-${type.split('/').at(-1)}`, `Each of ${type} is on and reaches an action group that is there`, {
    type,
    holds: (alert, all) => {
      const groups = groupsOf(alert);
      return (
        at(alert, 'properties.enabled') === true &&
        groups.length > 0 &&
        groups.every((id) => all.some((other) => other.id === id && other.type === 'Microsoft.Insights/actionGroups'))
      );
    },
    breaks: (alert) => setAt(alert, 'properties.actions', []),
  });

const keeps = (type: string): Rule =>
  rule(`kept-${type.split('/').at(-1)}`, `Each of ${type} is locked against deletion`, {
    type,
    holds: ({ id }, all) =>
      all.some(({ id: lock }) => lock.startsWith(`${id}/providers/Microsoft.Authorization/locks/`)),
    breaks: ({ id }, all) => {
      const index = all.findIndex(({ id: lock }) => lock.startsWith(`${id}/providers/Microsoft.Authorization/locks/`));
      all.splice(index, 1);
    },
  });

export const operationRules: readonly Rule[] = [
  reaches('Microsoft.Insights/metricAlerts'),
  reaches('Microsoft.Insights/scheduledQueryRules'),
  reaches('Microsoft.Insights/activityLogAlerts'),
  rule('alerts-mail-and-slack', 'An action group tells people by e-mail and a Slack channel', {
    type: 'Microsoft.Insights/actionGroups',
    holds: (group) => {
      const names = listAt(group, 'properties.emailReceivers').map((receiver) => String(at(receiver, 'name')));
      return names.includes('slack') && names.some((name) => name.startsWith('mail-'));
    },
    breaks: (group) => setAt(group, 'properties.emailReceivers.1.name', 'nobody'),
  }),
  rule('cluster-rules-reach', 'Each rule of the cluster reaches an action group', {
    type: 'Microsoft.AlertsManagement/prometheusRuleGroups',
    holds: (group) => {
      const rules = listAt(group, 'properties.rules');
      return rules.length > 0 && rules.every((one) => listAt(one, 'actions').length > 0);
    },
    breaks: (group) => setAt(group, 'properties.rules.0.actions', []),
  }),
  rule('cluster-zones', 'Nodes are spread over three zones', {
    type: 'Microsoft.ContainerService/managedClusters',
    holds: (cluster) => {
      const pools = listAt(cluster, 'properties.agentPoolProfiles');
      return pools.length > 0 && pools.every((pool) => listAt(pool, 'availabilityZones').length === 3);
    },
    breaks: (cluster) => setAt(cluster, 'properties.agentPoolProfiles.1.availabilityZones', ['1']),
  }),
  rule('cluster-scales', 'Pools grow and shrink by themselves, and can stop', {
    type: 'Microsoft.ContainerService/managedClusters',
    holds: (cluster) =>
      at(cluster, 'properties.nodeProvisioningProfile') === undefined &&
      listAt(cluster, 'properties.agentPoolProfiles').every((pool) => at(pool, 'enableAutoScaling') === true),
    breaks: (cluster) => setAt(cluster, 'properties.nodeProvisioningProfile', { mode: 'Auto' }),
  }),
  always('cluster-sla', 'The cluster has a promise of being there', {
    type: 'Microsoft.ContainerService/managedClusters',
    path: 'sku.tier',
    is: 'Standard',
    not: 'Free',
  }),
  always('postgres-zones', 'PostgreSQL has a copy in another zone', {
    type: 'Microsoft.DBforPostgreSQL/flexibleServers',
    path: 'properties.highAvailability.mode',
    is: 'ZoneRedundant',
    not: 'SameZone',
  }),
  rule('postgres-restore', 'PostgreSQL can go back a week at least', {
    type: 'Microsoft.DBforPostgreSQL/flexibleServers',
    holds: (server) => Number(at(server, 'properties.backup.backupRetentionDays')) >= 7,
    breaks: (server) => setAt(server, 'properties.backup.backupRetentionDays', 1),
  }),
  always('blob-versions', 'Blobs keep what they were', {
    type: 'Microsoft.Storage/storageAccounts/blobServices',
    path: 'properties.isVersioningEnabled',
    is: true,
    not: false,
  }),
  keeps('Microsoft.KeyVault/vaults'),
  keeps('Microsoft.DBforPostgreSQL/flexibleServers'),
  keeps('Microsoft.Storage/storageAccounts'),
  rule('budget', 'Somebody is told before the month costs more than was said', {
    type: 'Microsoft.Consumption/budgets',
    holds: (budget) => {
      const told = Object.values((at(budget, 'properties.notifications') ?? {}) as Record<string, unknown>);
      return told.length > 0 && told.every((one) => listAt(one, 'contactGroups').length > 0);
    },
    breaks: (budget) => setAt(budget, 'properties.notifications.spent.contactGroups', []),
  }),
];
