import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { byDatabaseVariable } from '@legendops/kit/config/databases';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { createApplier } from '@legendops/operator-runtime/controller/applier';
import type { ReconcileResult } from '@legendops/operator-runtime/controller/controller';
import type { Pace } from '@legendops/operator-runtime/reflector/reflector';
import { createLogger } from '@legendops/kit/log/logger';
import { fieldManager } from '@legendops/tenant-operator/api/tenant';
import { clusterIdOf } from '@legendops/tenant-operator/cluster-identity';
import { readOperatorConfig } from '@legendops/tenant-operator/config';
import { onlyLeader } from '@legendops/tenant-operator/only-leader';
import { decidingDatabase } from '@legendops/tenant-operator/postgres/deciding-database';
import { databaseTimeOf } from '@legendops/tenant-operator/postgres/database-time';
import { loginsOfServers } from '@legendops/tenant-operator/postgres/logins';
import { createProvisioners } from '@legendops/tenant-operator/postgres/provisioners';
import { createRegistry, type Registry } from '@legendops/tenant-operator/postgres/registry';
import { reconcileTenant } from '@legendops/tenant-operator/reconcile-tenant';
import { startOperator } from '@legendops/tenant-operator/start-operator';
import { createTenantVault } from '@legendops/tenant-operator/vault/tenant-vault';
import { eventually } from '@legendops/kit/testing/eventually';
import { clusterClient, preparePlatform } from '../../loopback/cluster.ts';
import { watchedWrites } from './external-writes.ts';
import type { WriteLog } from './external-writes.ts';
import { startSuiteDatabases } from '../../local/suite-databases.ts';
import type { SuiteDatabases } from '../../local/suite-databases.ts';
import { startSuiteVault } from '../../doubles/suite-vault.ts';
import type { SuiteVault } from '../../doubles/suite-vault.ts';
import { pause } from './waiting.ts';

interface RunningOperator {
  writes: WriteLog;
  /** Lines of its log, as text. */
  logged: string[];
  isAlive(): boolean;
  /** How often it has begun to look at this tenant. */
  passesOf(name: string): number;
  /** Until it has not written for a while. */
  rest(): Promise<void>;
  stop(): Promise<void>;
}

/** What an operator is made of, without watches and workers: passes are made by hand. */
export interface OperatorProcess {
  writes: WriteLog;
  pass(name: string): Promise<ReconcileResult>;
  end(): Promise<void>;
}

interface Identity {
  kubeconfig?: string | undefined;
  leads?: () => boolean;
  /** Beside the environment of the world. */
  more?: Record<string, string> | undefined;
}

interface OperatorOptions {
  fullPassMs?: number;
  /** Of the cluster as this operator sees it, such as through a proxy; by default with its own account. */
  kubeconfig?: string;
  pace?: Pace;
  more?: Record<string, string>;
}

/** A cluster of the world, without an operator in it. */
interface Entered {
  kube: KubeClient;
  kubeconfigOfOperator: string;
  close(): Promise<void>;
}

export interface World {
  kube: KubeClient;
  /** Of the cluster's administrator. */
  kubeconfig: string;
  kubeconfigOfOperator: string;
  /** Removed with the world. */
  directory: string;
  databases: SuiteDatabases;
  vault: SuiteVault;
  environment: Record<string, string>;
  admitsByPolicy: boolean;
  /** All clocks run ahead of ours by this much, and that of operators which start from now on by so much more. */
  clock: { aheadMs: number; skewMs: number };
  operator(): RunningOperator;
  /** Another operator beside the world's own. */
  startAnother(options?: OperatorOptions): Promise<RunningOperator>;
  /** Ends the running operator and starts another, with nothing in memory. */
  restartOperator(options?: OperatorOptions): Promise<RunningOperator>;
  stopOperator(): Promise<void>;
  /** Another cluster on the same databases and vault. */
  anotherCluster(): Promise<Entered>;
  newProcess(identity?: Identity): Promise<OperatorProcess>;
  close(): Promise<void>;
}

// So that repairs and the absence of writes show within a test.
const shortPassMs = 1_000;
const restMs = 400;
const lookEveryMs = 300;

export interface Cluster {
  kubeconfig: string;
  /** The kubeconfig of the operator's own account; absent where there are no rights to hold it to. */
  accessOfOperator?: (kube: KubeClient) => Promise<string>;
  /** It has MutatingAdmissionPolicies. */
  admitsByPolicy?: true;
  close(): Promise<void>;
}

/** A cluster as the charts leave it, with access as its administrator and as the operator's account. */
const enter = async (cluster: Cluster): Promise<Entered> => {
  const kube = await clusterClient(cluster.kubeconfig);
  await preparePlatform(kube);
  const kubeconfigOfOperator = (await cluster.accessOfOperator?.(kube)) ?? cluster.kubeconfig;
  const close = async (): Promise<void> => {
    await kube.close();
    await cluster.close();
  };
  return { kube, kubeconfigOfOperator, close };
};

/** An operator with real PostgreSQL and the vault double, on whatever cluster it is given. */
export const startWorld = async (startCluster: (vault: SuiteVault) => Promise<Cluster>): Promise<World> => {
  const directory = await mkdtemp(join(tmpdir(), 'operator-world-'));
  const vault = await startSuiteVault();
  const [cluster, databases] = await Promise.all([startCluster(vault), startSuiteDatabases()]);
  const passwordsPath = join(directory, 'passwords.json');
  await writeFile(passwordsPath, JSON.stringify(databases.provisionerPasswords));
  const environment = {
    MANAGEMENT_PORT: '8080',
    ...byDatabaseVariable((database) => databases.urls[database]),
    PROVISIONER_PASSWORDS_PATH: passwordsPath,
    VAULT_URL: vault.vault.url,
    BILLING_VAULT_URL: vault.vaults.billing.url,
    PORTAL_VAULT_URL: vault.vaults.portal.url,
    VAULT_IS_LOCAL: 'true',
    JOB_IMAGE: 'legendops:test',
    PORTAL_JOB_IMAGE: 'legendops/portal:test',
    BILLING_INTERNAL_URL: 'http://127.0.0.1:8081',
    PORTAL_INTERNAL_URL: 'http://127.0.0.1:8082',
  };
  const { kube, kubeconfigOfOperator } = await enter(cluster);
  const clock = { aheadMs: 0, skewMs: 0 };
  const elapsedMs = () => performance.now() + clock.aheadMs;

  const parts = async ({ kubeconfig = kubeconfigOfOperator, leads = () => true, more }: Identity = {}) => {
    const config = readOperatorConfig({ ...environment, ...more });
    const logged: string[] = [];
    const log = createLogger({
      service: 'operator',
      level: 'debug',
      destination: { write: (line) => void logged.push(line) },
    });
    const provisioners = createProvisioners(config);
    const kubeOfOperator = await clusterClient(kubeconfig);
    const { outside: watched, log: writes } = watchedWrites({
      kube: kubeOfOperator,
      provisioners,
      vaults: vault.clients(),
    });
    const outside = onlyLeader(leads, watched);
    // Every pass begins by it.
    const registry = createRegistry(outside.provisioners);
    const passes = new Map<string, number>();
    const counted: Registry = {
      ...registry,
      register: (database, id, registration) => {
        if (database === decidingDatabase) passes.set(registration.name, (passes.get(registration.name) ?? 0) + 1);
        return registry.register(database, id, registration);
      },
    };
    const readTime = databaseTimeOf(outside.provisioners);
    const databaseTime = async () => new Date((await readTime()).getTime() + clock.aheadMs);
    return {
      kube: outside.kube,
      log,
      logged,
      writes,
      passesOf: (name: string) => passes.get(name) ?? 0,
      databaseTime,
      dependencies: {
        registry: counted,
        logins: loginsOfServers(outside.provisioners, config),
        vault: createTenantVault(outside.vaults),
        cluster: await clusterIdOf(kubeOfOperator),
        config,
        log,
      },
      close: () => Promise.all([provisioners.close(), kubeOfOperator.close()]),
    };
  };
  const start = async ({
    fullPassMs = shortPassMs,
    kubeconfig,
    pace,
    more,
  }: OperatorOptions = {}): Promise<RunningOperator> => {
    const {
      kube: kubeOfOperator,
      log,
      logged,
      writes,
      passesOf,
      dependencies,
      databaseTime,
      close,
    } = await parts({ kubeconfig, more });
    const { skewMs } = clock;
    const operator = startOperator({
      kube: kubeOfOperator,
      dependencies: { ...dependencies, databaseTime },
      workers: 4,
      fullPassMs,
      log,
      now: () => new Date(Date.now() + clock.aheadMs + skewMs),
      elapsedMs,
      lookEveryMs,
      ...(pace && { pace }),
    });
    return {
      writes,
      logged,
      passesOf,
      isAlive: () => operator.isAlive(),
      rest: () =>
        eventually('the operator rests', async () => {
          const before = writes.all.length;
          await pause(restMs);
          return writes.all.length === before;
        }).then(() => undefined),
      stop: async () => {
        await operator.stop(2_000);
        await close();
      },
    };
  };
  const newProcess = async (identity?: Identity): Promise<OperatorProcess> => {
    const { kube: kubeOfOperator, writes, dependencies, databaseTime, close } = await parts(identity);
    const scope = {
      ...dependencies,
      kube: kubeOfOperator,
      seen: () => undefined,
      applier: createApplier({ client: kubeOfOperator, fieldManager }),
      owned: () => undefined,
      events: { record: () => undefined, settled: async () => undefined },
      polled: { connections: { of: () => [] } },
      jobHealth: () => [],
      now: () => new Date(Date.now() + clock.aheadMs),
      certainNow: databaseTime,
    };
    return {
      writes,
      pass: (name) => reconcileTenant(scope, name, new AbortController().signal),
      end: async () => void (await close()),
    };
  };
  let operator: RunningOperator | undefined = await start();
  const stopOperator = async (): Promise<void> => {
    await operator?.stop();
    operator = undefined;
  };
  return {
    kube,
    kubeconfig: cluster.kubeconfig,
    kubeconfigOfOperator,
    directory,
    databases,
    vault,
    environment,
    admitsByPolicy: cluster.admitsByPolicy ?? false,
    clock,
    operator: () => {
      if (!operator) throw new Error('No operator runs');
      return operator;
    },
    startAnother: start,
    restartOperator: async (options) => {
      await stopOperator();
      operator = await start(options);
      return operator;
    },
    stopOperator,
    anotherCluster: async () => enter(await startCluster(vault)),
    newProcess,
    close: async () => {
      await stopOperator();
      await kube.close();
      await cluster.close();
      await databases.close();
      await vault.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
