import { imageKeys, type ForCharts, type ImageKey, type Release } from '../chart-values.ts';

const names = ['auth', 'billing', 'catalog', 'portal', 'tenant-operator', 'migrator', 'gateway-controller'];

/** Of tests: what a deployment of main.bicep told, what was built, and what people said. */
export const aDeployment = (changes: Partial<ForCharts> = {}): ForCharts => ({
  cluster: 'legendops-prod-cluster',
  registry: 'registry.test',
  tenantId: '10000000-0000-4000-8000-000000000000',
  webHost: 'portal.legendops.test',
  issuer: 'https://issuer.test/cluster/',
  vaults: {
    auth: 'https://auth.vault.test/',
    billing: 'https://billing.vault.test/',
    operator: 'https://operator.vault.test/',
    portal: 'https://portal.vault.test/',
  },
  databases: [{ host: 'one.postgres.test', databases: ['auth_db', 'billing_db', 'catalog_db', 'portal_db'] }],
  databaseSignIn: {
    administratorLogin: 'database-administrators',
    identities: {
      auth: '20000000-0000-4000-8000-000000000001',
      billing: '20000000-0000-4000-8000-000000000002',
      catalog: '20000000-0000-4000-8000-000000000003',
      portal: '20000000-0000-4000-8000-000000000004',
    },
  },
  settings: 'https://settings.test',
  traces: 'https://collection.test/dataCollectionRules/dcr-1/streams/Microsoft-OTLP-Traces/otlp/v1/traces',
  media: { blobUrl: 'https://media.blob.test/', publicUrl: 'https://media.legendops.test' },
  clientIds: names.map((name, index) => ({ name, clientId: `10000000-0000-4000-8000-00000000000${index + 1}` })),
  ...changes,
});

export const aRelease: Release = {
  version: '1.2.3',
  digests: Object.fromEntries(imageKeys.map((key, index) => [key, `sha256:${String(index).repeat(64)}`])) as Record<
    ImageKey,
    string
  >,
};

export const people = {
  LEGENDOPS_SIGN_IN_CLIENT_ID: '10000000-0000-4000-8000-00000000000a',
  LEGENDOPS_QUICKBOOKS_CLIENT_ID: 'application-of-intuit',
  LEGENDOPS_MAIL_FROM: 'LegendOps <no-reply@legendops.test>',
};
