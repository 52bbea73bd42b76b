import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { byDatabaseVariable } from '@legendops/kit/config/databases';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { platformNamespace, preparePlatform } from '../../loopback/cluster.ts';
import { trustedCertificates } from '../../loopback/trust-for-test.ts';
import { startEntra } from '../../doubles/entra/server.ts';
import { startVault, type Vault } from '../../doubles/vault/server.ts';
import { externalCluster } from '../../local/external-cluster.ts';
import { startRealCluster } from '../../kubernetes/testing/control-plane.ts';
import { startSuiteDatabases, type SuiteDatabases } from '../../local/suite-databases.ts';
import { platformDirectory, trustIn, workloadClients } from '../../local/identities.ts';

/** Everything that an operator needs, empty: a real control plane, PostgreSQL, the vault double. */
export interface Surroundings {
  kube: KubeClient;
  databases: SuiteDatabases;
  vault: Vault;
  /** Of the operator's process, but for its port. */
  environment: Record<string, string>;
  close(): Promise<void>;
}

const provisionerCount = 16;
const tokenSeconds = 4 * 3_600;

const azureAudience = 'api://AzureADTokenExchange';

export const startSurroundings = async (): Promise<Surroundings> => {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const one of closers.splice(0).toReversed()) await one();
  };
  try {
    return await start(closers, close);
  } catch (error) {
    await close();
    throw error;
  }
};

const start = async (closers: (() => Promise<unknown>)[], close: () => Promise<void>): Promise<Surroundings> => {
  const directory = await mkdtemp(join(tmpdir(), 'legendops-bench-'));
  closers.push(() => rm(directory, { recursive: true, force: true }));
  const certificates = await trustedCertificates();
  closers.push(() => certificates.remove());
  const databases = await startSuiteDatabases({
    provisionerCount,
    maxConnections: 400,
    settings: { shared_preload_libraries: 'pg_stat_statements' },
  });
  closers.push(() => databases.close());
  const real = await startRealCluster();
  closers.push(() => real.close());
  const kubeconfigPath = join(directory, 'kubeconfig');
  await writeFile(kubeconfigPath, real.kubeconfig);
  const cluster = await externalCluster(kubeconfigPath);
  closers.push(() => cluster.close());
  closers.push(() => cluster.client.close());
  const entra = await startEntra({
    tls: certificates,
    clients: [],
    directories: [{ tid: platformDirectory, name: 'Platform' }],
  });
  closers.push(() => entra.close());
  const vault = await startVault({
    tls: certificates,
    tenantId: platformDirectory,
    authority: entra.url,
    jwks: () => entra.jwks,
    access: {
      [workloadClients.operator]: { actions: ['get', 'list', 'set', 'update', 'delete', 'recover'], names: /^tenant-/ },
    },
  });
  closers.push(() => vault.close());
  for (const credential of trustIn(cluster)) entra.trust(credential);
  await preparePlatform(cluster.client);
  const paths = { token: join(directory, 'token'), passwords: join(directory, 'passwords.json') };
  const request = { namespace: platformNamespace, serviceAccount: 'tenant-operator', audience: azureAudience };
  await writeFile(paths.token, await cluster.issueToken({ ...request, expirationSeconds: tokenSeconds }));
  await writeFile(paths.passwords, JSON.stringify(databases.provisionerPasswords));
  return {
    kube: cluster.client,
    databases,
    vault,
    close,
    environment: {
      PATH: process.env.PATH ?? '',
      NODE_EXTRA_CA_CERTS: certificates.caPath,
      NODE_NO_WARNINGS: '1',
      // As its container is to have it: without a limit garbage stays until there is need, and memory says nothing.
      NODE_OPTIONS: '--max-old-space-size=160 --max-semi-space-size=8',
      LOG_LEVEL: 'warn',
      KUBECONFIG_PATH: kubeconfigPath,
      ...byDatabaseVariable((database) => databases.urls[database]),
      PROVISIONER_PASSWORDS_PATH: paths.passwords,
      AZURE_AUTHORITY_HOST: entra.url,
      AZURE_TENANT_ID: platformDirectory,
      AZURE_CLIENT_ID: workloadClients.operator,
      AZURE_FEDERATED_TOKEN_FILE: paths.token,
      VAULT_URL: vault.url,
      VAULT_IS_LOCAL: 'true',
      JOB_IMAGE: 'legendops/billing:bench',
      PORTAL_JOB_IMAGE: 'legendops/portal:bench',
      BILLING_INTERNAL_URL: 'http://127.0.0.1:8081',
      PORTAL_INTERNAL_URL: 'http://127.0.0.1:8082',
    },
  };
};
