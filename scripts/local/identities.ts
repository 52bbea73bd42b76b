import type { Client } from '../doubles/entra/directory-provider.ts';
import type { FederatedCredential } from '../doubles/entra/workload-identity.ts';
import type { VaultAccess } from '../doubles/vault/access.ts';

// Who the platform is to the stand-ins. charts/legendops/values-local.yaml says the same to the services of a cluster.

/** The directory of the platform itself: where its workloads get their tokens. */
export const platformDirectory = '10000000-0000-4000-8000-000000000001';
export const portalClientId = '10000000-0000-4000-8000-000000000034';
export const quickBooksClientId = 'legendops';
export const workloadClients = {
  billing: '10000000-0000-4000-8000-000000000032',
  catalog: '10000000-0000-4000-8000-000000000036',
  operator: '10000000-0000-4000-8000-000000000033',
  portal: '10000000-0000-4000-8000-000000000035',
} as const;

/** The portal as an application of Entra ID. */
export const portalClient = (publicUrl: string, clientSecret: string): Client => ({
  clientId: portalClientId,
  clientSecret,
  redirectUris: [`${publicUrl}/api/auth/v1/callback`],
});

/** The application as registered with Intuit. */
export const quickBooksApplication = (publicUrl: string, clientSecret: string) => ({
  clientId: quickBooksClientId,
  clientSecret,
  redirectUris: [`${publicUrl}/api/billing/v1/connections/quickbooks/callback`],
});

/** Of the blob storage, as infra/data/media-storage.bicep makes them. */
export const mediaContainers = ['product-images', 'visio-stencils', 'documents'] as const;

/** Of the local Teams: one for each provider that wants it. */
export const teamsChannels = ['Northwind billing', 'Contoso billing', 'Adatum billing'];

/** Of one vault for all of them, what each is given in three on Azure (infra/vaults.bicep), told apart by names. */
export const vaultAccess: Record<string, VaultAccess> = {
  [workloadClients.operator]: [
    { actions: ['get', 'list', 'set', 'update', 'delete', 'recover'], names: /^tenant-[0-9a-f]{32}-database$/ },
    { actions: ['list', 'update', 'delete'], names: /^tenant-[0-9a-f]{32}-(pax8|quickbooks|superops|teams)$/ },
  ],
  [workloadClients.billing]: {
    actions: ['get', 'set', 'update'],
    names: /^tenant-[0-9a-f]{32}-(pax8|quickbooks|teams)$/,
  },
  [workloadClients.portal]: { actions: ['get', 'set', 'update'], names: /^tenant-[0-9a-f]{32}-superops$/ },
};

/** Lets the services' accounts of the cluster stand for their applications in the directory (workload identity). */
export const trustIn = ({ issuer, jwks }: Pick<FederatedCredential, 'issuer' | 'jwks'>): FederatedCredential[] => {
  const accounts = { operator: 'tenant-operator', billing: 'billing', catalog: 'catalog', portal: 'portal' } as const;
  return (['operator', 'billing', 'catalog', 'portal'] as const).map((name) => ({
    tid: platformDirectory,
    clientId: workloadClients[name],
    issuer,
    subject: `system:serviceaccount:legendops:${accounts[name]}`,
    audience: 'api://AzureADTokenExchange',
    jwks,
  }));
};
