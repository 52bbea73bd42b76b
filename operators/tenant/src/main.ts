import { KubeConfig } from '@kubernetes/client-node';
import { WorkloadIdentityCredential } from '@azure/identity';
import { kubeClient } from '@legendops/operator-runtime/client/kube-client';
import { startHealth } from '@legendops/operator-runtime/health/health-server';
import { electLeader, type Election } from '@legendops/operator-runtime/lease/leader-election';
import { orExit, settledOrExit } from '@legendops/kit/config/service-environment';
import { sharedSettings } from '@legendops/kit/config/settings';
import { startSettings } from '@legendops/kit/config/start-settings';
import { untilFit } from '@legendops/kit/jobs/until-fit';
import { createLogger } from '@legendops/kit/log/logger';
import { startTracing } from '@legendops/kit/trace/start-tracing';
import { clusterLease } from './api/tenant.ts';
import { clusterIdOf } from './cluster-identity.ts';
import { readOperatorConfig } from './config.ts';
import { identityIn, isOfInstall } from './identity.ts';
import { operatorRegistries } from './metrics/registries.ts';
import { onlyLeader } from './only-leader.ts';
import { databaseTimeOf } from './postgres/database-time.ts';
import { loginsOfServers } from './postgres/logins.ts';
import { createProvisioners } from './postgres/provisioners.ts';
import { createRegistry } from './postgres/registry.ts';
import { requireSchemas } from './postgres/require-schemas.ts';
import { startOperator, type Operator } from './start-operator.ts';
import { createTenantVault } from './vault/tenant-vault.ts';
import { vaultClients } from './vault/vault-clients.ts';

// Events and the lease come after it, and Kubernetes' 30 seconds hold for all of them.
const stopBudgetMs = 15_000;

const config = orExit(() => readOperatorConfig(process.env));
const log = createLogger({ service: 'tenant-operator', level: config.logLevel });

const tracing = await startTracing('tenant-operator', config.traces, log);
const settings = await settledOrExit(
  startSettings(config.settings, {
    list: sharedSettings('tenant-operator'),
    given: { logLevel: config.logLevel, tracesSampleRatio: config.traces.TRACES_SAMPLE_RATIO },
    log,
  }),
);

const kubeConfig = new KubeConfig();
if (config.kubeconfigPath === undefined) kubeConfig.loadFromCluster();
else kubeConfig.loadFromFile(config.kubeconfigPath);

const kube = await kubeClient(kubeConfig);
const provisioners = createProvisioners(config);
// On one machine the sign-in authority is not one that Entra's instance discovery knows.
const credential = new WorkloadIdentityCredential({ disableInstanceDiscovery: config.vaultIsLocal });
const vaults = vaultClients(config, credential);

let operator: Operator | undefined;
let election: Election | undefined;
const health = await startHealth({
  port: config.managementPort,
  host: config.listenHost,
  live: () => operator === undefined || operator.isAlive(),
  registries: operatorRegistries,
  ready: () => election?.takesPart() === true && (operator === undefined || operator.hasSynced()),
});

let stopping = false;
const stop = async (reason: string): Promise<void> => {
  if (stopping) return;
  stopping = true;
  log.info({ reason }, 'stopping');
  await operator?.stop(stopBudgetMs);
  await election?.release();
  await Promise.all([provisioners.close(), kube.close(), health.close(), settings.stop(), tracing.stop()]);
  process.exit(0);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
process.on('disconnect', () => void stop('parent ended'));

// Who cannot work shall not lead: another replica, of the release that the databases are of, may.
await untilFit(() => requireSchemas(provisioners, { acceptNewer: config.acceptNewerSchema }), { log });
const taking = electLeader({
  client: kube,
  key: clusterLease,
  identity: identityIn(config.namespace),
  onWaiting: (holder) => {
    if (isOfInstall(holder, config.namespace)) log.info({ holder }, 'another replica leads');
    else
      log.error(
        { holder },
        'another install of the operator leads this cluster; this one writes nothing. Remove one of the two',
      );
  },
  onLost: (reason) => {
    // Whatever is in flight may meet the new leader's work: end at once, every step bears it.
    log.error({ reason }, 'no longer the leader');
    process.exit(1);
  },
  onError: (error) => log.warn({ err: error }, 'the lease can neither be read nor written'),
});
election = taking;

log.info({ managementPort: health.port }, 'waiting for leadership');
await taking.elected;
log.info('leading');
const outside = onlyLeader(() => taking.isLeader(), { kube, provisioners, vaults });
operator = startOperator({
  kube: outside.kube,
  dependencies: {
    registry: createRegistry(outside.provisioners),
    logins: loginsOfServers(outside.provisioners, config),
    vault: createTenantVault(outside.vaults),
    cluster: await clusterIdOf(kube),
    databaseTime: databaseTimeOf(outside.provisioners),
    config,
    log,
  },
  workers: config.workers,
  fullPassMs: config.fullPassMs,
  log,
});
