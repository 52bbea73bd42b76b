import { byDatabaseVariable, type DatabaseName } from '@legendops/kit/config/databases';
import type { HeldPort } from '@legendops/kit/testing/free-port';
import type { LocalCertificates } from '../loopback/certificates.ts';
import type { Cluster } from '../loopback/cluster.ts';
import type { LocalDatabases } from './databases.ts';
import { platformDirectory, portalClientId, quickBooksClientId, workloadClients } from './identities.ts';
import type { LocalSecrets } from './local-secrets.ts';
import type { PortChooser } from '../loopback/ports.ts';
import type { ServiceTokenPaths } from './service-tokens.ts';
import type { StateFolder } from './state-folder.ts';
import { startProcess, type SupervisedProcess } from './supervised-process.ts';
import type { Vendors } from './vendors.ts';

export const serviceNames = ['auth', 'billing', 'catalog', 'portal'] as const;
type ServiceName = (typeof serviceNames)[number];

/** Image name of the tenants' jobs; the cluster in memory runs it as a process of this checkout. */
export const jobImages = { billing: 'legendops/billing:local', portal: 'legendops/portal:local' } as const;

interface ServicePorts {
  publicPort: number;
  internalPort: number;
  managementPort: number;
}

/** The ports of the services and the operator, ours until they are about to be started. */
export interface HeldServicePorts {
  of: Record<ServiceName, ServicePorts>;
  operator: number;
  release: () => Promise<void>;
}

export const holdServicePorts = async (ports: PortChooser): Promise<HeldServicePorts> => {
  const held: HeldPort[] = [];
  const hold = async (name: string): Promise<number> => {
    const one = await ports.hold(name, 0);
    held.push(one);
    return one.port;
  };
  const of = {} as Record<ServiceName, ServicePorts>;
  for (const name of serviceNames) {
    of[name] = {
      publicPort: await hold(name),
      internalPort: await hold(name),
      managementPort: await hold(name),
    };
  }
  const operator = await hold('the operator');
  return {
    of,
    operator,
    release: async () => {
      await Promise.all(held.map((one) => one.release()));
    },
  };
};

export interface ServiceSurroundings {
  root: string;
  state: StateFolder;
  certificates: LocalCertificates;
  secrets: LocalSecrets;
  databases: LocalDatabases;
  vendors: Vendors;
  cluster: Cluster;
  tokens: ServiceTokenPaths;
  ports: HeldServicePorts;
  publicUrl: string;
  report: (line: string) => void;
  /** Ends the wait for their readiness. */
  signal?: AbortSignal | undefined;
}

/** What every program of ours needs to run on this machine, jobs included. Nothing of the caller's environment but PATH. */
export const baseEnvironment = (state: StateFolder, certificates: LocalCertificates): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: state.folder('home'),
  NODE_EXTRA_CA_CERTS: certificates.caPath,
  // The caller's, which all platforms of this machine share: a first start need not compile what a test has.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE || state.folder('compile-cache'),
  NODE_NO_WARNINGS: '1',
});

const workload = ({ vendors }: ServiceSurroundings, clientId: string, tokenPath: string): Record<string, string> => ({
  AZURE_AUTHORITY_HOST: vendors.entra.url,
  AZURE_TENANT_ID: platformDirectory,
  AZURE_CLIENT_ID: clientId,
  AZURE_FEDERATED_TOKEN_FILE: tokenPath,
});

const withVault = (around: ServiceSurroundings, clientId: string, tokenPath: string): Record<string, string> => ({
  ...workload(around, clientId, tokenPath),
  VAULT_URL: around.vendors.vault.url,
  VAULT_IS_LOCAL: 'true',
});

const internalUrl = ({ ports }: ServiceSurroundings, name: ServiceName): string =>
  `http://127.0.0.1:${ports.of[name].internalPort}`;

const askAuth = (around: ServiceSurroundings, tokenPath: string): Record<string, string> => ({
  AUTH_INTERNAL_URL: internalUrl(around, 'auth'),
  AUTH_TOKEN_PATH: tokenPath,
});

const serviceEnvironment = (around: ServiceSurroundings, name: ServiceName): Record<string, string> => {
  const { ports, databases, cluster, publicUrl } = around;
  return {
    ...baseEnvironment(around.state, around.certificates),
    PORT: String(ports.of[name].publicPort),
    INTERNAL_PORT: String(ports.of[name].internalPort),
    MANAGEMENT_PORT: String(ports.of[name].managementPort),
    DATABASE_URL: databases.url(`${name}_db`, `svc_${name}`),
    REQUIRE_SAFE_POSTGRES: 'false',
    ACCESS_TOKEN_ISSUER: publicUrl,
    ACCESS_TOKEN_KEYS_URL: `http://127.0.0.1:${ports.of.auth.publicPort}/api/auth/v1/keys`,
    SERVICE_TOKEN_ISSUER: cluster.issuer,
    SERVICE_TOKEN_KEYS_URL: cluster.keysUrl,
    TRUSTED_PROXY_HOPS: '1',
    VALIDATE_ANSWERS: 'true',
    READINESS_DELAY_MS: '0',
    DRAIN_BUDGET_MS: '3000',
  };
};

const own: Record<ServiceName, (around: ServiceSurroundings) => Record<string, string>> = {
  auth: (around) => ({
    PORTAL_INTERNAL_URL: internalUrl(around, 'portal'),
    PORTAL_TOKEN_PATH: around.tokens.authForPortal,
    PUBLIC_URL: around.publicUrl,
    ENTRA_AUTHORITY: around.vendors.entra.url,
    ENTRA_CLIENT_ID: portalClientId,
    ENTRA_CLIENT_SECRET_PATH: around.secrets.paths['entra-client-secret'],
    SIGNING_KEY_PATH: around.secrets.paths['signing-key.pem'],
    COOKIE_KEY_PATH: around.secrets.paths['cookie-key'],
    SMTP_URL: around.vendors.mailbox.smtpUrl,
  }),
  billing: (around) => ({
    ...withVault(around, workloadClients.billing, around.tokens.billingForAzure),
    ...askAuth(around, around.tokens.billingForAuth),
    PUBLIC_URL: around.publicUrl,
    PORTAL_INTERNAL_URL: internalUrl(around, 'portal'),
    PORTAL_TOKEN_PATH: around.tokens.billingForPortal,
    PAX8_URL: around.vendors.pax8.url,
    // The double has no limit: a month of usage is read in a second.
    PAX8_CALLS_PER_MINUTE: '60000',
    QUICKBOOKS_API_URL: around.vendors.quickbooks.url,
    QUICKBOOKS_AUTHORIZE_URL: `${around.vendors.quickbooks.url}/connect/oauth2`,
    QUICKBOOKS_TOKEN_URL: `${around.vendors.quickbooks.url}/oauth2/v1/tokens/bearer`,
    QUICKBOOKS_CLIENT_ID: quickBooksClientId,
    QUICKBOOKS_CLIENT_SECRET_PATH: around.secrets.paths['quickbooks-client-secret'],
    QUICKBOOKS_VERIFIER_PATH: around.secrets.paths['quickbooks-verifier'],
    STATE_KEY_PATH: around.secrets.paths['state-key'],
    SMTP_URL: around.vendors.mailbox.smtpUrl,
    TEAMS_WEBHOOK_ORIGINS: around.vendors.teams.url,
  }),
  portal: (around) => ({
    ...withVault(around, workloadClients.portal, around.tokens.portalForAzure),
    ...askAuth(around, around.tokens.portalForAuth),
    BILLING_INTERNAL_URL: internalUrl(around, 'billing'),
    BILLING_TOKEN_PATH: around.tokens.portalForBilling,
    CATALOG_INTERNAL_URL: internalUrl(around, 'catalog'),
    CATALOG_TOKEN_PATH: around.tokens.portalForCatalog,
    SUPEROPS_US_URL: around.vendors.superops.urls.us,
    SUPEROPS_EU_URL: around.vendors.superops.urls.eu,
  }),
  catalog: (around) => ({
    ...workload(around, workloadClients.catalog, around.tokens.catalogForAzure),
    ...askAuth(around, around.tokens.catalogForAuth),
    BLOB_URL: around.vendors.blob.url,
    BLOB_IS_LOCAL: 'true',
    MEDIA_URL: `${around.publicUrl}/media`,
  }),
};

const operatorEnvironment = (around: ServiceSurroundings): Record<string, string> => {
  const { state, certificates, databases, secrets, cluster, ports } = around;
  const url = (name: DatabaseName): string => {
    const found = new URL(databases.administratorUrls[name]);
    found.username = '';
    found.password = '';
    return found.href;
  };
  return {
    ...baseEnvironment(state, certificates),
    ...withVault(around, workloadClients.operator, around.tokens.operatorForAzure),
    KUBECONFIG_PATH: cluster.kubeconfigPath,
    MANAGEMENT_PORT: String(ports.operator),
    ...byDatabaseVariable(url),
    PROVISIONER_PASSWORDS_PATH: secrets.paths['provisioners.json'],
    JOB_IMAGE: jobImages.billing,
    PORTAL_JOB_IMAGE: jobImages.portal,
    BILLING_INTERNAL_URL: internalUrl(around, 'billing'),
    PORTAL_INTERNAL_URL: internalUrl(around, 'portal'),
  };
};

/** Starts the services and the operator, all at once; resolves when every one says that it is ready. */
export const startServiceProcesses = async (around: ServiceSurroundings): Promise<SupervisedProcess> => {
  const { root, state, report, ports, signal } = around;
  const start = (name: string, script: string, environment: Record<string, string>, managementPort: number) =>
    startProcess({
      name,
      script,
      root,
      environment,
      logPath: `${state.folder('logs')}/${name}.log`,
      readyUrl: `http://127.0.0.1:${managementPort}/readyz`,
      report,
      signal,
    });
  await ports.release();
  const started = await Promise.allSettled([
    ...serviceNames.map((name) =>
      start(
        name,
        `services/${name}/src/main.ts`,
        { ...serviceEnvironment(around, name), ...own[name](around) },
        ports.of[name].managementPort,
      ),
    ),
    start('tenant-operator', 'operators/tenant/src/main.ts', operatorEnvironment(around), ports.operator),
  ]);
  const running = started.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((one) => one.stop()));
  };
  const failure = started.find((outcome) => outcome.status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }
  return { stop };
};
