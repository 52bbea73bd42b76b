import { at, listAt, setAt } from './resource.ts';
import { always, rule, type Rule } from './rule.ts';

/** How resources are spoken to: TLS, and signing in by Entra instead of keys. */
const storage = 'Microsoft.Storage/storageAccounts';
const postgres = 'Microsoft.DBforPostgreSQL/flexibleServers';
const registry = 'Microsoft.ContainerRegistry/registries';
const cluster = 'Microsoft.ContainerService/managedClusters';

const setting = (name: string, is: string): Rule => ({
  id: `postgres-${name.replaceAll('_', '-').replaceAll('.', '-')}`,
  says: `Every PostgreSQL server has ${name} = ${is}`,
  applies: ({ type }) => type === postgres,
  holds: ({ id }, all) =>
    all.some((other) => other.id === `${id}/configurations/${name}` && at(other, 'properties.value') === is),
  breaks: ({ id }, all) => {
    for (const other of all) if (other.id === `${id}/configurations/${name}`) setAt(other, 'properties.value', 'other');
  },
});

const tls: Rule[] = [
  always('storage-https', 'An account speaks HTTPS alone', {
    type: storage,
    path: 'properties.supportsHttpsTrafficOnly',
    is: true,
    not: false,
  }),
  setting('require_secure_transport', 'on'),
  setting('ssl_min_protocol_version', 'TLSv1.2'),
  setting('password_encryption', 'scram-sha-256'),
  always('edge-tls', 'Names that people type take TLS 1.2 at least', {
    type: 'Microsoft.Cdn/profiles/customDomains',
    path: 'properties.tlsSettings.minimumTlsVersion',
    is: 'TLS12',
    not: 'TLS10',
  }),
  always('edge-forwards-https', 'The edge speaks HTTPS to what is behind it', {
    type: 'Microsoft.Cdn/profiles/afdEndpoints/routes',
    path: 'properties.forwardingProtocol',
    is: 'HttpsOnly',
    not: 'MatchRequest',
  }),
  rule('edge-asks-https', 'A browser that comes by HTTP is sent to HTTPS', {
    type: 'Microsoft.Cdn/profiles/afdEndpoints/routes',
    holds: (resource) =>
      at(resource, 'properties.httpsRedirect') === 'Enabled' ||
      !listAt(resource, 'properties.supportedProtocols').includes('Http'),
    breaks: (resource) => {
      setAt(resource, 'properties.httpsRedirect', 'Disabled');
      setAt(resource, 'properties.supportedProtocols', ['Http', 'Https']);
    },
  }),
  always('edge-checks-names', 'The edge checks the certificate of what is behind it', {
    type: 'Microsoft.Cdn/profiles/originGroups/origins',
    path: 'properties.enforceCertificateNameCheck',
    is: true,
    not: false,
  }),
];

const withoutKeys: Rule[] = [
  always('storage-no-keys', 'An account has no shared key', {
    type: storage,
    path: 'properties.allowSharedKeyAccess',
    is: false,
    not: true,
  }),
  always('settings-no-keys', 'Settings are read by Entra alone', {
    type: 'Microsoft.AppConfiguration/configurationStores',
    path: 'properties.disableLocalAuth',
    is: true,
    not: false,
  }),
  always('registry-no-admin', 'The registry has no administrator with a password', {
    type: registry,
    path: 'properties.adminUserEnabled',
    is: false,
    not: true,
  }),
  always('registry-no-strangers', 'The registry gives nothing to who has not signed in', {
    type: registry,
    path: 'properties.anonymousPullEnabled',
    is: false,
    not: true,
  }),
  always('logs-no-keys', 'Logs are written by Entra alone', {
    type: 'Microsoft.OperationalInsights/workspaces',
    path: 'properties.features.disableLocalAuth',
    is: true,
    not: false,
  }),
  always('traces-no-keys', 'Traces are written by Entra alone', {
    type: 'Microsoft.Insights/components',
    path: 'properties.DisableLocalAuth',
    is: true,
    not: false,
  }),
  always('grafana-no-keys', 'Grafana has no keys', {
    type: 'Microsoft.Dashboard/grafana',
    path: 'properties.apiKey',
    is: 'Disabled',
    not: 'Enabled',
  }),
  always('vault-roles', 'A vault asks roles and no access policies', {
    type: 'Microsoft.KeyVault/vaults',
    path: 'properties.enableRbacAuthorization',
    is: true,
    not: false,
  }),
  always('postgres-entra', 'People and services sign in to PostgreSQL by Entra', {
    type: postgres,
    path: 'properties.authConfig.activeDirectoryAuth',
    is: 'Enabled',
    not: 'Disabled',
  }),
  always('postgres-no-passwords', 'PostgreSQL takes no passwords', {
    type: postgres,
    path: 'properties.authConfig.passwordAuth',
    is: 'Disabled',
    not: 'Enabled',
  }),
  rule(
    'postgres-password-of-nobody',
    'The password that Azure wants of an administrator is made anew and told nobody',
    {
      type: postgres,
      holds: (resource) => at(resource, 'properties.administratorLoginPassword') === '[newGuid()]',
      breaks: (resource) => setAt(resource, 'properties.administratorLoginPassword', 'Known-to-somebody-1'),
    },
  ),
  always('cluster-entra', 'The cluster asks Entra who may', {
    type: cluster,
    path: 'properties.aadProfile.enableAzureRBAC',
    is: true,
    not: false,
  }),
  always('cluster-no-commands', 'Nobody runs commands in the cluster through Azure', {
    type: cluster,
    path: 'properties.apiServerAccessProfile.disableRunCommand',
    is: true,
    not: false,
  }),
  always('subnet-egress', 'The network has no way out that nobody made', {
    type: 'Microsoft.Network/virtualNetworks',
    path: 'properties.subnets.0.properties.defaultOutboundAccess',
    is: false,
    not: true,
  }),
  rule('subnet-guarded', 'Every subnet has its security group', {
    type: 'Microsoft.Network/virtualNetworks',
    holds: (resource) => {
      const subnets = listAt(resource, 'properties.subnets');
      return (
        subnets.length > 0 && subnets.every((subnet) => at(subnet, 'properties.networkSecurityGroup.id') !== undefined)
      );
    },
    breaks: (resource) => setAt(resource, 'properties.subnets.2.properties.networkSecurityGroup', undefined),
  }),
  rule('security-group-denies', 'A security group ends by refusing', {
    type: 'Microsoft.Network/networkSecurityGroups',
    holds: (resource) => {
      const last = listAt(resource, 'properties.securityRules').at(-1);
      return at(last, 'properties.access') === 'Deny' && at(last, 'properties.sourceAddressPrefix') === '*';
    },
    breaks: (resource) => listAt(resource, 'properties.securityRules').pop(),
  }),
  rule('security-group-no-internet', 'No security group lets the internet in', {
    type: 'Microsoft.Network/networkSecurityGroups',
    holds: (resource) =>
      listAt(resource, 'properties.securityRules').every(
        (one) =>
          at(one, 'properties.access') === 'Deny' ||
          !['*', 'Internet', '0.0.0.0/0'].includes(String(at(one, 'properties.sourceAddressPrefix'))),
      ),
    breaks: (resource) =>
      listAt(resource, 'properties.securityRules').push({ properties: { access: 'Allow', sourceAddressPrefix: '*' } }),
  }),
];

export const accessRules: readonly Rule[] = [...tls, ...withoutKeys];
