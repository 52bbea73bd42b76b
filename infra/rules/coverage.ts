import { at, targetOf, type Resource } from './resource.ts';
import type { Rule } from './rule.ts';

/** What every resource must have: its tags, its logs, its private way in. */

/** Types that take no tags: parts of another resource, and what is laid upon one. */
const withoutTags = new Set([
  'Microsoft.Authorization/locks',
  'Microsoft.Authorization/roleAssignments',
  'Microsoft.Authorization/roleDefinitions',
  'Microsoft.Cdn/profiles/afdEndpoints/routes',
  'Microsoft.Cdn/profiles/customDomains',
  'Microsoft.Cdn/profiles/originGroups',
  'Microsoft.Cdn/profiles/originGroups/origins',
  'Microsoft.Cdn/profiles/securityPolicies',
  'Microsoft.Consumption/budgets',
  'Microsoft.ContainerService/managedClusters/maintenanceConfigurations',
  'Microsoft.DBforPostgreSQL/flexibleServers/administrators',
  'Microsoft.DBforPostgreSQL/flexibleServers/configurations',
  'Microsoft.DBforPostgreSQL/flexibleServers/databases',
  'Microsoft.Insights/dataCollectionRuleAssociations',
  'Microsoft.Insights/diagnosticSettings',
  'Microsoft.Insights/privateLinkScopes/scopedResources',
  'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
  'Microsoft.Network/privateEndpoints/privateDnsZoneGroups',
  'Microsoft.Storage/storageAccounts/blobServices',
  'Microsoft.Storage/storageAccounts/blobServices/containers',
  'Microsoft.Storage/storageAccounts/managementPolicies',
]);

/** Types that keep logs or metrics of themselves for a diagnostic setting. */
export const withDiagnostics = new Set([
  'Microsoft.AppConfiguration/configurationStores',
  'Microsoft.Cdn/profiles',
  'Microsoft.ContainerRegistry/registries',
  'Microsoft.ContainerService/managedClusters',
  'Microsoft.DBforPostgreSQL/flexibleServers',
  'Microsoft.Dashboard/grafana',
  'Microsoft.KeyVault/vaults',
  'Microsoft.Network/networkSecurityGroups',
  'Microsoft.Network/publicIPAddresses',
  'Microsoft.Network/virtualNetworks',
  'Microsoft.OperationalInsights/workspaces',
  'Microsoft.ServiceNetworking/trafficControllers',
  'Microsoft.Storage/storageAccounts',
  'Microsoft.Storage/storageAccounts/blobServices',
]);

/** Types that take tags and have no diagnostic settings, or whose logs are where they would go already. */
export const withoutDiagnostics = new Set([
  'Microsoft.AlertsManagement/prometheusRuleGroups',
  'Microsoft.Cdn/profiles/afdEndpoints',
  'Microsoft.Dashboard/grafana/managedPrivateEndpoints',
  'Microsoft.Insights/actionGroups',
  'Microsoft.Insights/activityLogAlerts',
  // Written to the workspace by themselves: a setting would keep and bill each trace twice.
  'Microsoft.Insights/components',
  'Microsoft.Insights/dataCollectionEndpoints',
  'Microsoft.Insights/dataCollectionRules',
  'Microsoft.Insights/metricAlerts',
  'Microsoft.Insights/privateLinkScopes',
  'Microsoft.Insights/scheduledQueryRules',
  'Microsoft.ManagedIdentity/userAssignedIdentities',
  'Microsoft.Monitor/accounts',
  'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies',
  'Microsoft.Network/ddosProtectionPlans',
  'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies',
  'Microsoft.Network/natGateways',
  'Microsoft.Network/networkWatchers/flowLogs',
  'Microsoft.Network/privateDnsZones',
  'Microsoft.Network/privateDnsZones/virtualNetworkLinks',
  'Microsoft.Network/privateEndpoints',
  'Microsoft.Resources/resourceGroups',
  'Microsoft.ServiceNetworking/trafficControllers/associations',
  'Microsoft.ServiceNetworking/trafficControllers/frontends',
  'Microsoft.ServiceNetworking/trafficControllers/securityPolicies',
]);

export const takesTags = ({ type }: Resource): boolean => !withoutTags.has(type);

/** Types that have a public address unless it is turned off, and where that is written. */
const closable: Record<string, string> = {
  'Microsoft.AppConfiguration/configurationStores': 'properties.publicNetworkAccess',
  'Microsoft.ContainerRegistry/registries': 'properties.publicNetworkAccess',
  'Microsoft.DBforPostgreSQL/flexibleServers': 'properties.network.publicNetworkAccess',
  'Microsoft.Dashboard/grafana': 'properties.publicNetworkAccess',
  'Microsoft.Insights/components': 'properties.publicNetworkAccessForIngestion',
  'Microsoft.Insights/dataCollectionEndpoints': 'properties.networkAcls.publicNetworkAccess',
  'Microsoft.KeyVault/vaults': 'properties.publicNetworkAccess',
  'Microsoft.Monitor/accounts': 'properties.publicNetworkAccess',
  'Microsoft.OperationalInsights/workspaces': 'properties.publicNetworkAccessForIngestion',
  'Microsoft.Storage/storageAccounts': 'properties.publicNetworkAccess',
};

/** What Azure takes for a name, where it is narrow. */
const nameForms: Record<string, RegExp> = {
  'Microsoft.AppConfiguration/configurationStores': /^[A-Za-z0-9][A-Za-z0-9-]{3,48}[A-Za-z0-9]$/,
  'Microsoft.ContainerRegistry/registries': /^[A-Za-z0-9]{5,50}$/,
  'Microsoft.ContainerService/managedClusters': /^[A-Za-z0-9][A-Za-z0-9_-]{0,61}[A-Za-z0-9]$/,
  'Microsoft.DBforPostgreSQL/flexibleServers': /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  'Microsoft.Dashboard/grafana': /^[A-Za-z][A-Za-z0-9-]{1,22}$/,
  'Microsoft.KeyVault/vaults': /^[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/,
  'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies': /^[A-Za-z][A-Za-z0-9]{0,127}$/,
  'Microsoft.OperationalInsights/workspaces': /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/,
  'Microsoft.Storage/storageAccounts': /^[a-z0-9]{3,24}$/,
};

const mustTag = ['Project', 'Environment', 'Owner', 'CostCenter'];

/** Reached through the one endpoint of Azure Monitor, as what is linked to its scope. */
const behindTheScope = new Set([
  'Microsoft.Insights/components',
  'Microsoft.Insights/dataCollectionEndpoints',
  'Microsoft.OperationalInsights/workspaces',
]);

const withoutIt = (all: Resource[], isIt: (other: Resource) => boolean): void => {
  for (let index = all.length - 1; index >= 0; index -= 1) {
    const other = all[index];
    if (other !== undefined && isIt(other)) all.splice(index, 1);
  }
};

const leadsTo =
  (id: string) =>
  (other: Resource): boolean =>
    at(other, 'properties.privateLinkServiceConnections.0.properties.privateLinkServiceId') === id ||
    (other.type === 'Microsoft.Insights/privateLinkScopes/scopedResources' &&
      at(other, 'properties.linkedResourceId') === id);

export const coverageRules: readonly Rule[] = [
  {
    id: 'tags',
    says: 'What takes tags has the four',
    applies: takesTags,
    holds: (resource) =>
      mustTag.every((tag) => {
        const value = at(resource, `tags.${tag}`);
        return typeof value === 'string' && value !== '';
      }),
    breaks: (resource) => delete (resource.tags as Record<string, string>).CostCenter,
  },
  {
    id: 'name-form',
    says: 'A name is of the length and letters that Azure takes',
    applies: ({ type }) => type in nameForms,
    holds: ({ type, name }) => nameForms[type]?.test(name) === true,
    breaks: (resource) => {
      resource.name = `${resource.name}-${'much-longer'.repeat(12)}`;
    },
  },
  {
    id: 'diagnostics',
    says: 'What keeps logs or metrics writes them to the workspace',
    applies: ({ type }) => withDiagnostics.has(type),
    holds: ({ id }, all) =>
      all.some(
        (other) =>
          other.type === 'Microsoft.Insights/diagnosticSettings' &&
          targetOf(other) === id &&
          String(at(other, 'properties.workspaceId')).includes('/workspaces/'),
      ),
    breaks: ({ id }, all) =>
      withoutIt(all, (other) => other.type === 'Microsoft.Insights/diagnosticSettings' && targetOf(other) === id),
  },
  {
    id: 'no-public-address',
    says: 'What can be closed to the internet is closed',
    applies: ({ type }) => type in closable,
    holds: (resource) => at(resource, closable[resource.type] ?? '') === 'Disabled',
    breaks: (resource) => {
      const path = (closable[resource.type] ?? '').split('.');
      const last = path.pop() ?? '';
      delete (at(resource, path.join('.')) as Record<string, unknown>)[last];
    },
  },
  {
    id: 'private-endpoint',
    says: 'What is closed to the internet has a way in from the network',
    applies: ({ type }) => type in closable,
    holds: ({ id, type }, all) => {
      const ways = all.filter(leadsTo(id));
      return (
        ways.length > 0 && (!behindTheScope.has(type) || all.some(({ id: way }) => way.endsWith('-monitor-endpoint')))
      );
    },
    breaks: ({ id }, all) => withoutIt(all, leadsTo(id)),
  },
  {
    id: 'public-addresses',
    says: 'The one public address is that of the way out',
    applies: ({ type }) =>
      type === 'Microsoft.Network/publicIPAddresses' ||
      type === 'Microsoft.ServiceNetworking/trafficControllers/frontends',
    holds: ({ id }, all) =>
      all.some(
        (other) =>
          other.type === 'Microsoft.Network/natGateways' && at(other, 'properties.publicIpAddresses.0.id') === id,
      ),
    breaks: (resource) => {
      resource.id = `${resource.id}-of-something-else`;
    },
  },
];
