/** What is in the directory and its subscriptions, as far as scripts of operations look at it. */
export interface AzureAccount {
  subscriptions: Record<string, { displayName: string }>;
  groups: Group[];
  resources: Resource[];
  /** Requests of the last hour at a front door, by its id. */
  requests: Record<string, number>;
  costs: Cost[];
  /** Work that goes on, by its id: how many looks it takes, and what it comes to. */
  operations: Record<string, Operation>;
  /** `${subscription}/${namespace}`. */
  providers: Record<string, Registration>;
  /** `${subscription}/${namespace}/${feature}`. */
  features: Record<string, Registration>;
  /** Ids of those that are there. */
  watchers: string[];
  graph: Graph;
}

export type Registration = 'NotRegistered' | 'Registering' | 'Registered';

interface Group {
  subscription: string;
  name: string;
  tags: Record<string, string>;
}

export interface Resource {
  /** Below its resource group. */
  id: string;
  type:
    | 'Microsoft.ContainerService/managedClusters'
    | 'Microsoft.DBforPostgreSQL/flexibleServers'
    | 'Microsoft.Network/privateEndpoints'
    | 'Microsoft.Cdn/profiles';
  name: string;
  state: string;
  location?: string | undefined;
  tags?: Record<string, string> | undefined;
  properties?: Record<string, unknown> | undefined;
  /** Of a private endpoint: in which private zones it has its name. */
  zones?: unknown;
}

export interface Cost {
  /** YYYY-MM-DD. */
  day: string;
  service: string;
  tags: Record<string, string>;
  cost: number;
}

interface Operation {
  looksLeft: number;
  resource: string;
  becomes: string;
}

export interface Graph {
  applications: Record<string, unknown>[];
  servicePrincipals: Record<string, unknown>[];
  policies: Record<string, unknown>[];
  groups: string[];
}

export const anAccount = (changes: Partial<AzureAccount> = {}): AzureAccount => ({
  subscriptions: {},
  groups: [],
  resources: [],
  requests: {},
  costs: [],
  operations: {},
  providers: {},
  features: {},
  watchers: [],
  graph: { applications: [], servicePrincipals: [], policies: [], groups: [] },
  ...changes,
});

/** An environment as infra makes it, with one server. */
export const anEnvironment = (
  subscription: string,
  environment: string,
  { cluster = 'Running', server = 'Ready' } = {},
): Pick<AzureAccount, 'groups' | 'resources'> => {
  const group = `legendops-${environment}`;
  const place = `/subscriptions/${subscription}/resourceGroups/${group}/providers`;
  const idOf = (type: Resource['type'], what: string): string => `${place}/${type}/${group}-${what}`;
  const resource = (type: Resource['type'], what: string, state: string): Resource => ({
    id: idOf(type, what),
    type,
    name: `${group}-${what}`,
    state,
    location: 'westeurope',
  });
  return {
    groups: [{ subscription, name: group, tags: { Project: 'LegendOps', Environment: environment } }],
    resources: [
      resource('Microsoft.ContainerService/managedClusters', 'cluster', cluster),
      resource('Microsoft.DBforPostgreSQL/flexibleServers', 'database', server),
      resource('Microsoft.Cdn/profiles', 'edge', 'Active'),
      {
        ...resource('Microsoft.Network/privateEndpoints', 'database-endpoint', 'Succeeded'),
        properties: {
          subnet: { id: `${place}/Microsoft.Network/virtualNetworks/${group}-network/subnets/private` },
          privateLinkServiceConnections: [
            {
              name: 'database',
              properties: {
                privateLinkServiceId: idOf('Microsoft.DBforPostgreSQL/flexibleServers', 'database'),
                groupIds: ['postgresqlServer'],
              },
            },
          ],
        },
        zones: {
          privateDnsZoneConfigs: [
            {
              name: 'zone-0',
              properties: {
                privateDnsZoneId: `${place}/Microsoft.Network/privateDnsZones/privatelink.postgres.database.azure.com`,
              },
            },
          ],
        },
      },
    ],
  };
};
