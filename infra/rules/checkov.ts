import { always, rule, type Rule } from './rule.ts';
import { at, listAt, setAt } from './resource.ts';

/**
 * checkov's rules for what is used here, as assertions of ours: its parser reads no modern Bicep and skips what it cannot
 * read, so a clean run of it may have looked at nothing.
 */
const cluster = 'Microsoft.ContainerService/managedClusters';
const vault = 'Microsoft.KeyVault/vaults';
const storage = 'Microsoft.Storage/storageAccounts';
const postgres = 'Microsoft.DBforPostgreSQL/flexibleServers';
const edgeFirewall = 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies';
const gatewayFirewall = 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies';

const everyPool = (resource: unknown, holds: (pool: unknown) => boolean): boolean => {
  const pools = listAt(resource, 'properties.agentPoolProfiles');
  return pools.length > 0 && pools.every(holds);
};

const clusterRules: Rule[] = [
  always('CKV_AZURE_4', 'The cluster writes its logs', {
    type: cluster,
    path: 'properties.addonProfiles.omsagent.enabled',
    is: true,
    not: false,
  }),
  always('CKV_AZURE_5', 'The cluster asks who may', {
    type: cluster,
    path: 'properties.enableRBAC',
    is: true,
    not: false,
  }),
  rule('CKV_AZURE_6', 'The API server is private or takes listed addresses alone', {
    type: cluster,
    holds: (resource) => {
      const listed = listAt(resource, 'properties.apiServerAccessProfile.authorizedIPRanges');
      return (
        at(resource, 'properties.apiServerAccessProfile.enablePrivateCluster') === true ||
        (listed.length > 0 && !listed.some((range) => String(range).endsWith('/0')))
      );
    },
    breaks: (resource) => setAt(resource, 'properties.apiServerAccessProfile', { authorizedIPRanges: ['0.0.0.0/0'] }),
  }),
  always('CKV_AZURE_7', 'The cluster keeps network policies', {
    type: cluster,
    path: 'properties.networkProfile.networkPolicy',
    is: 'cilium',
    not: 'none',
  }),
  always('CKV_AZURE_141', 'The cluster has no account that Entra does not know', {
    type: cluster,
    path: 'properties.disableLocalAccounts',
    is: true,
    not: false,
  }),
  rule('CKV_AZURE_168', 'A node carries at least 50 pods', {
    type: cluster,
    holds: (resource) => everyPool(resource, (pool) => Number(at(pool, 'maxPods')) >= 50),
    breaks: (resource) => setAt(resource, 'properties.agentPoolProfiles.0.maxPods', 30),
  }),
  always('CKV_AZURE_171', 'The cluster upgrades itself', {
    type: cluster,
    path: 'properties.autoUpgradeProfile.upgradeChannel',
    is: 'patch',
    not: 'none',
  }),
  always('CKV_AZURE_172', 'Secrets in pods follow the vault', {
    type: cluster,
    path: 'properties.addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation',
    is: 'true',
    not: 'false',
  }),
  rule('CKV_AZURE_227', 'Nodes encrypt what they keep on their hosts', {
    type: cluster,
    holds: (resource) => everyPool(resource, (pool) => at(pool, 'enableEncryptionAtHost') === true),
    breaks: (resource) => setAt(resource, 'properties.agentPoolProfiles.1.enableEncryptionAtHost', false),
  }),
];

const vaultRules: Rule[] = [
  rule('CKV_AZURE_42', 'A vault can be had back', {
    type: vault,
    holds: (resource) =>
      at(resource, 'properties.enableSoftDelete') === true && at(resource, 'properties.enablePurgeProtection') === true,
    breaks: (resource) => setAt(resource, 'properties.enableSoftDelete', false),
  }),
  always('CKV_AZURE_109', 'A vault refuses networks that are not named', {
    type: vault,
    path: 'properties.networkAcls.defaultAction',
    is: 'Deny',
    not: 'Allow',
  }),
  always('CKV_AZURE_110', 'A vault is not purged before its time', {
    type: vault,
    path: 'properties.enablePurgeProtection',
    is: true,
    not: undefined,
  }),
  rule('CKV_AZURE_111', 'A vault keeps what was deleted', {
    type: vault,
    holds: (resource) => Number(at(resource, 'properties.softDeleteRetentionInDays')) === 90,
    breaks: (resource) => setAt(resource, 'properties.softDeleteRetentionInDays', 7),
  }),
  always('CKV_AZURE_189', 'A vault has no public address', {
    type: vault,
    path: 'properties.publicNetworkAccess',
    is: 'Disabled',
    not: 'Enabled',
  }),
];

const dataRules: Rule[] = [
  always('CKV_AZURE_35', 'An account refuses networks that are not named', {
    type: storage,
    path: 'properties.networkAcls.defaultAction',
    is: 'Deny',
    not: 'Allow',
  }),
  always('CKV_AZURE_36', 'An account lets in the services of Azure that write logs', {
    type: storage,
    path: 'properties.networkAcls.bypass',
    is: 'AzureServices',
    not: 'None',
  }),
  always('CKV_AZURE_44', 'An account takes TLS 1.2 at least', {
    type: storage,
    path: 'properties.minimumTlsVersion',
    is: 'TLS1_2',
    not: 'TLS1_0',
  }),
  rule('CKV_AZURE_59', 'No blob is open to everybody', {
    type: storage,
    holds: (resource) =>
      at(resource, 'properties.allowBlobPublicAccess') === false &&
      at(resource, 'properties.publicNetworkAccess') === 'Disabled',
    breaks: (resource) => setAt(resource, 'properties.allowBlobPublicAccess', true),
  }),
  rule('CKV_AZURE_206', 'Blobs are kept in more than one building', {
    type: storage,
    holds: (resource) => /^Standard_(ZRS|GRS|RAGRS|GZRS|RAGZRS)$/.test(String(at(resource, 'sku.name'))),
    breaks: (resource) => setAt(resource, 'sku.name', 'Standard_LRS'),
  }),
  always('CKV_AZURE_68', 'PostgreSQL has no public address', {
    type: postgres,
    path: 'properties.network.publicNetworkAccess',
    is: 'Disabled',
    not: 'Enabled',
  }),
  always('CKV_AZURE_102', 'Backups of PostgreSQL are in another region as well', {
    type: postgres,
    path: 'properties.backup.geoRedundantBackup',
    is: 'Enabled',
    not: 'Disabled',
  }),
];

const refusesLog4j = (resource: unknown): boolean => {
  const sets = listAt(resource, 'properties.managedRules.managedRuleSets');
  // Rule 944240 is the one; a default rule set has it unless it is turned off by name.
  const isOff = JSON.stringify(sets).includes('944240');
  return sets.some((set) => at(set, 'ruleSetType') === 'Microsoft_DefaultRuleSet') && !isOff;
};

const turnsLog4jOff = (resource: object): void =>
  setAt(resource, 'properties.managedRules.managedRuleSets.0.ruleGroupOverrides', [
    { ruleGroupName: 'JAVA', rules: [{ ruleId: '944240', enabledState: 'Disabled' }] },
  ]);

const edgeRules: Rule[] = [
  rule('CKV_AZURE_121', 'Front Door stands behind a firewall', {
    type: 'Microsoft.Cdn/profiles',
    holds: ({ id }, all) =>
      all.some(
        (other) =>
          other.id.startsWith(`${id}/securityPolicies/`) &&
          at(other, 'properties.parameters.type') === 'WebApplicationFirewall',
      ),
    breaks: ({ id }, all) => {
      const index = all.findIndex((other) => other.id.startsWith(`${id}/securityPolicies/`));
      all.splice(index, 1);
    },
  }),
  rule('CKV_AZURE_123', 'The firewall of the edge is on and prevents', {
    type: edgeFirewall,
    holds: (resource) =>
      at(resource, 'properties.policySettings.enabledState') === 'Enabled' &&
      at(resource, 'properties.policySettings.mode') === 'Prevention',
    breaks: (resource) => setAt(resource, 'properties.policySettings.mode', 'Detection'),
  }),
  rule('CKV_AZURE_133', 'The firewall of the edge knows Log4j', {
    type: edgeFirewall,
    holds: refusesLog4j,
    breaks: turnsLog4jOff,
  }),
  rule('CKV_AZURE_135', 'The firewall of the gateway knows Log4j', {
    type: gatewayFirewall,
    holds: refusesLog4j,
    breaks: turnsLog4jOff,
  }),
  // checkov asks it of security groups' flow logs, which are closed to new use; those of networks take their place.
  rule('CKV_AZURE_12', 'Flow logs are kept for 90 days', {
    type: 'Microsoft.Network/networkWatchers/flowLogs',
    holds: (resource) =>
      at(resource, 'properties.enabled') === true &&
      at(resource, 'properties.retentionPolicy.enabled') === true &&
      Number(at(resource, 'properties.retentionPolicy.days')) >= 90,
    breaks: (resource) => setAt(resource, 'properties.retentionPolicy.days', 30),
  }),
];

export const checkovRules: readonly Rule[] = [...clusterRules, ...vaultRules, ...dataRules, ...edgeRules];
