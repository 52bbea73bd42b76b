import { at, environments, listAt, snapshotOf, type Environment, type Resource } from '../rules/resource.ts';
import { exceptions, rules } from '../rules/rules.ts';

/** The reference page of the Azure environments, from their committed snapshots: needs no compiler. */

const isAlert = (type: string): boolean => /metricAlerts|scheduledQueryRules|activityLogAlerts/.test(type);

/** What is laid upon a resource or is a setting of one: counted, and not listed line by line. */
const counted = new Set([
  'Microsoft.Authorization/locks',
  'Microsoft.Authorization/roleAssignments',
  'Microsoft.DBforPostgreSQL/flexibleServers/configurations',
  'Microsoft.Insights/diagnosticSettings',
  'Microsoft.Network/privateDnsZones/virtualNetworkLinks',
  'Microsoft.Network/privateEndpoints/privateDnsZoneGroups',
]);

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const row = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)].join('\n');

/** `legendops-dev-cluster` and `lodevmediax1y2z3` are `cluster` and `media` in every environment. */
const commonName = (name: string, environment: Environment): string =>
  name
    .replace(/\[format\('\{0\}\/\{1\}', (.*), '(\w+)'\)\]/, '$1/$2')
    .replace(
      /\[?format\('privatelink(\.blob\.)?\{0\}', environment\(\)\.suffixes\.\w+\)\]?/,
      (_, blob: string | undefined) => (blob ? 'privatelink.blob.<storage suffix>' : 'privatelink<registry suffix>'),
    )
    .replaceAll(`legendops-${environment}-`, '')
    .replaceAll(`legendops${environment}`, '')
    .replaceAll(new RegExp(`\\blo${environment}([a-z]+)[a-z0-9]{6}\\b`, 'g'), '$1')
    .replace(new RegExp(`^legendops-${environment}$`), 'the resource group')
    .replaceAll(`legendops-${environment}`, 'legendops')
    .replace(/-[a-z0-9]{6}(?=\/|$)/, (ending) => (/\d/.test(ending) ? '' : ending));

const poolText = (pool: unknown): string =>
  `${String(at(pool, 'vmSize')).replace('Standard_', '')} × ${String(at(pool, 'minCount'))}–${String(at(pool, 'maxCount'))}`;

/** What an environment has chosen of a resource, where that says more than that it is there. */
const chosen = (resource: Resource): string => {
  const say: string[] = [];
  const size = at(resource, 'sku.name');
  if (typeof size === 'string' && resource.type !== 'Microsoft.ContainerService/managedClusters')
    say.push(size.replace('Standard_', ''));
  const tier = at(resource, 'sku.tier');
  if (resource.type === 'Microsoft.ContainerService/managedClusters') {
    say.push(`${String(tier)}, ${String(at(resource, 'properties.kubernetesVersion'))}`);
    say.push(
      ...listAt(resource, 'properties.agentPoolProfiles').map(
        (pool) => `${String(at(pool, 'name'))} ${poolText(pool)}`,
      ),
    );
    say.push(
      at(resource, 'properties.apiServerAccessProfile.enablePrivateCluster') === true ? 'private' : 'listed addresses',
    );
  }
  if (resource.type === 'Microsoft.DBforPostgreSQL/flexibleServers') {
    say.push(`${String(at(resource, 'properties.storage.storageSizeGB'))} GiB`);
    say.push(String(at(resource, 'properties.highAvailability.mode')).replace('Disabled', 'one copy'));
    say.push(`${String(at(resource, 'properties.backup.backupRetentionDays'))} days back`);
    if (at(resource, 'properties.backup.geoRedundantBackup') === 'Enabled') say.push('geo backup');
  }
  const limit = at(resource, 'properties.amount');
  if (typeof limit === 'number') say.push(`${limit} USD a month`);
  const range = listAt(resource, 'properties.addressSpace.addressPrefixes')[0];
  if (typeof range === 'string') say.push(range);
  const days = at(resource, 'properties.retentionInDays');
  if (typeof days === 'number') say.push(`${days} days`);
  return say.length === 0 ? 'yes' : say.join(', ');
};

/** Roles and administrators are named by ids: what they are called says more. */
const nameOf = (resource: Resource, environment: Environment): string => {
  if (resource.type === 'Microsoft.Authorization/roleDefinitions')
    return String(at(resource, 'properties.roleName')).replace(` (${environment})`, '');
  const name = commonName(resource.name, environment);
  return resource.type === 'Microsoft.DBforPostgreSQL/flexibleServers/administrators'
    ? `${name.split('/')[0] ?? ''}/the group of administrators`
    : name;
};

const shortType = (type: string): string => type.replace('Microsoft.', '');

const listed = (snapshots: ReadonlyMap<Environment, Resource[]>): string[][] => {
  const rows = new Map<string, Map<Environment, Resource>>();
  for (const [environment, resources] of snapshots)
    for (const resource of resources.filter(({ type }) => !counted.has(type) && !isAlert(type))) {
      const key = `${shortType(resource.type)} ${nameOf(resource, environment)}`;
      const found = rows.get(key) ?? new Map<Environment, Resource>();
      rows.set(key, found.set(environment, resource));
    }
  return [...rows]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, found]) => {
      const [type = '', ...name] = key.split(' ');
      const cells = environments.map((environment) => {
        const resource = found.get(environment);
        return resource === undefined ? '' : chosen(resource);
      });
      return [type, name.join(' '), ...cells];
    });
};

const counts = (snapshots: ReadonlyMap<Environment, Resource[]>): string[][] => [
  ['all', ...[...snapshots.values()].map(({ length }) => String(length))],
  ...[...counted].map((type) => [
    shortType(type),
    ...[...snapshots.values()].map((resources) => String(resources.filter((one) => one.type === type).length)),
  ]),
];

const alerts = (resources: readonly Resource[]): string[][] =>
  resources
    .filter(({ type }) => isAlert(type))
    .map((alert) => [
      alert.name.replace('legendops-prod-', ''),
      JSON.stringify(at(alert, 'properties.actions')).includes('-page') ? 'page' : 'tell',
      String(at(alert, 'properties.description')),
    ])
    .sort(([one = ''], [other = '']) => (one < other ? -1 : 1));

export const azureReference = (): string => {
  const snapshots = new Map(environments.map((environment) => [environment, snapshotOf(environment)]));
  const head = ['', ...environments];
  return `# Azure

Generated by \`npm run generate\` from the snapshots in \`infra/environments\`, which the Bicep compiler makes and a test compares.
Names without the environment: \`cluster\` is \`legendops-dev-cluster\`. Each environment is a resource group of its own,
\`legendops-dev\`, \`legendops-staging\`, \`legendops-prod\`.

## How many
${table(head, counts(snapshots))}

## Resources
Without those that are only counted above, and without alerts.

${table(['Type', 'Name', ...environments], listed(snapshots))}

## Alerts of Azure's own signals
\`page\` wakes somebody, \`tell\` waits for the morning; both reach e-mail and a Slack channel.

${table(['Alert', 'Route', 'Says'], alerts(snapshots.get('prod') ?? []))}

## Rules
${rules.length} rules are asked of every resource that they are about, in each environment (\`infra/rules\`).

${table(
  ['Rule', 'Says'],
  rules.map(({ id, says }) => [`\`${id}\``, says]),
)}

## Exceptions
${table(
  ['Rule', 'In', 'Because'],
  exceptions.map(({ rule, in: where, because }) => [`\`${rule}\``, where.join(', '), because]),
)}
`;
};
