import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { kubeClient } from '@legendops/operator-runtime/client/kube-client';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { createLogger } from '@legendops/kit/log/logger';
import { readOperatorConfig } from '@legendops/tenant-operator/config';
import { createLogins } from '@legendops/tenant-operator/postgres/logins';
import { createProvisioners } from '@legendops/tenant-operator/postgres/provisioners';
import { createRegistry } from '@legendops/tenant-operator/postgres/registry';
import { startOperator } from '@legendops/tenant-operator/start-operator';
import { createTenantVault } from '@legendops/tenant-operator/vault/tenant-vault';
import { preparePlatform } from '../cluster.ts';
import { watchedWrites } from './external-writes.ts';
import type { WriteLog } from './external-writes.ts';
import { startSuiteDatabases } from './suite-databases.ts';
import type { SuiteDatabases } from './suite-databases.ts';
import { startSuiteVault } from './suite-vault.ts';
import type { SuiteVault } from './suite-vault.ts';

interface RunningOperator {
  writes: WriteLog;
  /** Lines of its log, as text. */
  logged: string[];
  stop(): Promise<void>;
}

export interface World {
  kube: KubeClient;
  databases: SuiteDatabases;
  vault: SuiteVault;
  /** The operator's clock runs ahead of ours by this much. */
  clock: { aheadMs: number };
  operator(): RunningOperator;
  /** Ends the running operator and starts another, with nothing in memory. */
  restartOperator(options?: { fullPassMs?: number }): Promise<RunningOperator>;
  close(): Promise<void>;
}

// So that repairs and the absence of writes show within a test.
const shortPassMs = 1_000;

export interface Cluster {
  kubeconfig: string;
  close(): Promise<void>;
}

/** An operator with real PostgreSQL and the vault double, on whatever cluster it is given. */
export const startWorld = async (startCluster: (vault: SuiteVault) => Promise<Cluster>): Promise<World> => {
  const directory = await mkdtemp(join(tmpdir(), 'operator-world-'));
  const vault = await startSuiteVault();
  const [cluster, databases] = await Promise.all([startCluster(vault), startSuiteDatabases()]);
  const passwordsPath = join(directory, 'passwords.json');
  await writeFile(passwordsPath, JSON.stringify(databases.provisionerPasswords));
  const config = readOperatorConfig({
    MANAGEMENT_PORT: '8080',
    AUTH_DATABASE_URL: databases.urls.auth_db,
    BILLING_DATABASE_URL: databases.urls.billing_db,
    PORTAL_DATABASE_URL: databases.urls.portal_db,
    CATALOG_DATABASE_URL: databases.urls.catalog_db,
    PROVISIONER_PASSWORDS_PATH: passwordsPath,
    VAULT_URL: vault.vault.url,
    VAULT_IS_LOCAL: 'true',
    JOB_IMAGE: 'legendops:test',
    BILLING_INTERNAL_URL: 'http://127.0.0.1:8081',
  });
  const connectKube = async (): Promise<KubeClient> => {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromString(cluster.kubeconfig);
    return kubeClient(kubeConfig);
  };
  const kube = await connectKube();
  await preparePlatform(kube);
  const clock = { aheadMs: 0 };

  const start = async (fullPassMs = shortPassMs): Promise<RunningOperator> => {
    const logged: string[] = [];
    const log = createLogger({
      service: 'operator',
      level: 'debug',
      destination: { write: (line) => void logged.push(line) },
    });
    const provisioners = createProvisioners(config);
    const { outside, log: writes } = watchedWrites({
      kube: await connectKube(),
      registry: createRegistry(provisioners),
      logins: createLogins(provisioners, config),
      vault: createTenantVault(vault.client()),
    });
    const operator = startOperator({
      kube: outside.kube,
      dependencies: { registry: outside.registry, logins: outside.logins, vault: outside.vault, config, log },
      workers: 4,
      fullPassMs,
      log,
      now: () => new Date(Date.now() + clock.aheadMs),
    });
    return {
      writes,
      logged,
      stop: async () => {
        await operator.stop(2_000);
        await Promise.all([provisioners.close(), outside.kube.close()]);
      },
    };
  };
  let operator = await start();
  return {
    kube,
    databases,
    vault,
    clock,
    operator: () => operator,
    restartOperator: async ({ fullPassMs } = {}) => {
      await operator.stop();
      operator = await start(fullPassMs);
      return operator;
    },
    close: async () => {
      await operator.stop();
      await kube.close();
      await cluster.close();
      await databases.close();
      await vault.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
