import { at, identityOf, listAt, roleOf, setAt, targetOf, type Resource } from './resource.ts';
import { rule, type Rule } from './rule.ts';

/** Who may what: few rights, each where it is needed, and none that gives others. */
const assignmentType = 'Microsoft.Authorization/roleAssignments';
const credentialType = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials';

/** Written here a second time on purpose: an id that slips in the templates is one that these do not know. */
const ids = {
  appConfigurationDataReader: '516239f1-63e1-4d78-a4de-a74fb236a071',
  acrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
  acrPush: '8311e382-0749-4cb8-b61a-304f252e45ec',
  clusterAdmin: 'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b',
  clusterUser: '4abbcc35-e782-43d8-92c5-2d3f1bd2253f',
  gatewayConfigurationManager: 'fbc52c3f-28ad-4303-a892-8a056630b8f1',
  grafanaAdmin: '22926164-76b3-42b3-bc55-97df8dab3e41',
  secretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
  secretsUser: '4633458b-17de-408a-b874-0445c86b69e6',
  managedIdentityOperator: 'f1a07417-d97a-45cb-824c-7a7467783830',
  monitoringDataReader: 'b0d8363b-8ddd-447d-831f-62ca05bff136',
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb',
  networkContributor: '4d97b98b-1d4f-4787-a291-c67834d212e7',
  blobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  blobDelegator: 'db58b8e5-c6ad-4a2a-8342-4190687cbf4a',
  owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
};

/** Roles by what they are given upon; what is not here is given to nobody. */
const givenUpon: Record<string, readonly string[]> = {
  'Microsoft.AppConfiguration/configurationStores': [ids.appConfigurationDataReader],
  'Microsoft.ContainerRegistry/registries': [ids.acrPull, ids.acrPush],
  'Microsoft.ContainerService/managedClusters': [ids.clusterAdmin, ids.clusterUser],
  'Microsoft.Dashboard/grafana': [ids.grafanaAdmin],
  'Microsoft.Insights/dataCollectionRules': [ids.monitoringMetricsPublisher],
  'Microsoft.KeyVault/vaults': [ids.secretsOfficer, ids.secretsUser, 'secret-closer'],
  'Microsoft.ManagedIdentity/userAssignedIdentities': [ids.managedIdentityOperator],
  'Microsoft.Monitor/accounts': [ids.monitoringDataReader],
  'Microsoft.Network/virtualNetworks/subnets': [ids.networkContributor],
  'Microsoft.ServiceNetworking/trafficControllers': [ids.gatewayConfigurationManager],
  'Microsoft.Storage/storageAccounts': [ids.blobDelegator],
  'Microsoft.Storage/storageAccounts/blobServices/containers': [ids.blobDataContributor],
};

/** `Microsoft.Storage/storageAccounts` of the id of an account; undefined of a group's or a subscription's. */
const typeOfId = (id: string): string | undefined => {
  const [, below] = id.split('/providers/').slice(-2);
  if (below === undefined) return undefined;
  const [provider, ...parts] = below.split('/');
  return [provider, ...parts.filter((_, index) => index % 2 === 0)].join('/');
};

const isSecretCloser = (assignment: Resource, all: readonly Resource[]): boolean =>
  all.some(({ type, name }) => type === 'Microsoft.Authorization/roleDefinitions' && name === roleOf(assignment));

const vaultReaders = (vault: Resource, all: readonly Resource[]): string[] =>
  all
    .filter((other) => other.type === assignmentType && targetOf(other) === vault.id)
    .filter((other) => [ids.secretsOfficer, ids.secretsUser].includes(roleOf(other)))
    .map((other) => identityOf(other) ?? '');

/** `operator` of lodevoperatorx1y2z3, and the identity's name that goes with it. */
const readerOf = ({ name }: Resource): string => {
  const what = /^lo(?:dev|staging|prod)(auth|billing|operator|portal)/.exec(name)?.[1] ?? '';
  return what === 'operator' ? 'tenant-operator' : what;
};

export const identityRules: readonly Rule[] = [
  rule('federated-credentials', 'An identity has at most 20 federated credentials, which is what Azure takes', {
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    holds: ({ id }, all) =>
      all.filter((other) => other.type === credentialType && other.id.startsWith(`${id}/`)).length <= 20,
    breaks: ({ id }, all) => {
      for (let index = 0; index < 21; index += 1)
        all.push({
          id: `${id}/federatedIdentityCredentials/more-${index}`,
          type: credentialType,
          name: 'x',
          apiVersion: '',
        });
    },
  }),
  rule(
    'federated-subject',
    'A federated credential is of one service account of the platform, for Entra alone: tenants have none',
    {
      type: credentialType,
      holds: (resource) =>
        /^system:serviceaccount:(legendops|azure-alb-system):[a-z-]+$/.test(
          String(at(resource, 'properties.subject')),
        ) && JSON.stringify(listAt(resource, 'properties.audiences')) === '["api://AzureADTokenExchange"]',
      breaks: (resource) => setAt(resource, 'properties.subject', 'system:serviceaccount:tenant-northwind:job'),
    },
  ),
  rule('federated-once', 'A service account takes one identity', {
    type: credentialType,
    holds: (resource, all) =>
      all.filter(
        (other) =>
          other.type === credentialType && at(other, 'properties.subject') === at(resource, 'properties.subject'),
      ).length === 1,
    breaks: (resource, all) => all.push({ ...resource, id: `${resource.id}-again` }),
  }),
  rule('roles-listed', 'A role is given only upon what it is listed for', {
    type: assignmentType,
    holds: (resource, all) => {
      const listed = givenUpon[typeOfId(targetOf(resource)) ?? ''] ?? [];
      return listed.includes(roleOf(resource)) || (listed.includes('secret-closer') && isSecretCloser(resource, all));
    },
    breaks: (resource) =>
      setAt(resource, 'properties.roleDefinitionId', `/providers/Microsoft.Authorization/roleDefinitions/${ids.owner}`),
  }),
  rule('roles-narrow', 'A role is given upon a resource and not upon the group', {
    type: assignmentType,
    holds: (resource) => typeOfId(targetOf(resource)) !== undefined,
    breaks: (resource) => {
      resource.id = `${resource.id.split('/').slice(0, 5).join('/')}/providers/${assignmentType}/${resource.name}`;
    },
  }),
  rule('roles-typed', 'An assignment says what it is for, and whether for a group or a program', {
    type: assignmentType,
    holds: (resource) =>
      ['Group', 'ServicePrincipal'].includes(String(at(resource, 'properties.principalType'))) &&
      String(at(resource, 'properties.description')).length > 10,
    breaks: (resource) => setAt(resource, 'properties.principalType', 'User'),
  }),
  rule('vault-one-reader', 'A vault is read by its own service alone', {
    type: 'Microsoft.KeyVault/vaults',
    holds: (vault, all) => {
      const readers = vaultReaders(vault, all);
      return readers.length === 1 && readers[0]?.endsWith(`-${readerOf(vault)}`) === true;
    },
    breaks: (vault, all) => {
      const first = all.find(
        (other) =>
          other.type === assignmentType && targetOf(other) === vault.id && vaultReaders(vault, [other]).length > 0,
      );
      if (first) all.push({ ...first, id: `${first.id}-again` });
    },
  }),
  rule('container-one-writer', 'A container is written by the service that it belongs to alone', {
    type: 'Microsoft.Storage/storageAccounts/blobServices/containers',
    holds: (container, all) => {
      const writers = all.filter((other) => other.type === assignmentType && targetOf(other) === container.id);
      return writers.length === 1 && writers.every((one) => identityOf(one)?.endsWith('-catalog') === true);
    },
    breaks: (container, all) => {
      const first = all.find((other) => other.type === assignmentType && targetOf(other) === container.id);
      if (first) all.push({ ...first, id: `${first.id}-again` });
    },
  }),
  rule('secret-closer-reads-nothing', 'Who closes secrets can neither read, write nor purge them', {
    type: 'Microsoft.Authorization/roleDefinitions',
    holds: (resource) => {
      const actions = listAt(resource, 'properties.permissions').flatMap((one) => [
        ...listAt(one, 'actions'),
        ...listAt(one, 'dataActions'),
      ]);
      return (
        actions.length > 0 && !actions.some((action) => /\*|getSecret|setSecret|purge|backup/.test(String(action)))
      );
    },
    breaks: (resource) =>
      listAt(resource, 'properties.permissions.0.dataActions').push(
        'Microsoft.KeyVault/vaults/secrets/getSecret/action',
      ),
  }),
];
