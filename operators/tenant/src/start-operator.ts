import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { isExpired } from '@legendops/operator-runtime/client/status-error';
import { rememberWrites } from '@legendops/operator-runtime/client/own-writes';
import { createApplier } from '@legendops/operator-runtime/controller/applier';
import { createController } from '@legendops/operator-runtime/controller/controller';
import { createEventRecorder } from '@legendops/operator-runtime/events/event-recorder';
import { isAlive } from '@legendops/operator-runtime/health/liveness';
import { repeated } from '@legendops/operator-runtime/polling/repeated';
import { settlesWithin } from '@legendops/operator-runtime/settles-within';
import { startReflector, type Pace, type Reflector } from '@legendops/operator-runtime/reflector/reflector';
import type { Log } from '@legendops/kit/log/logger';
import { inNewTrace } from '@legendops/kit/log/trace-context';
import { fieldManager, group, tenants, type Tenant } from './api/tenant.ts';
import { beforeFullPass } from './before-full-pass.ts';
import { skewTold } from './clock-skew.ts';
import { followDatabaseClock } from './database-clock.ts';
import { measureTenants } from './metrics/tenant-conditions.ts';
import { namespaces } from './owned/resources.ts';
import { watchOwned } from './owned/watch-owned.ts';
import { followSources } from './polled-sources.ts';
import { reconcileTenant, type Dependencies } from './reconcile-tenant.ts';
import { isDesiredChange, keepDesired } from './desired-change.ts';

export interface OperatorOptions {
  kube: KubeClient;
  dependencies: Pick<Dependencies, 'registry' | 'logins' | 'vault' | 'cluster' | 'config' | 'log'> & {
    /** What time it is in billing_db. */
    databaseTime: () => Promise<Date>;
  };
  workers: number;
  fullPassMs: number;
  log: Log;
  /** Our own clock, and milliseconds that only ever grow. */
  now?: () => Date;
  elapsedMs?: () => number;
  pace?: Pace;
  /** How often what no watch tells of is looked at. */
  lookEveryMs?: number;
}

export interface Operator {
  hasSynced(): boolean;
  /** False when work or a watch is stuck and a restart is the remedy. */
  isAlive(): boolean;
  stop(budgetMs: number): Promise<void>;
}

const longestDelayMs = 5 * 60_000;
const longestListMs = 60_000;
const clockEveryMs = 60_000;
const heartbeatEveryMs = 60_000;
// After one that failed: after an outage of the database nobody shall take the silence for a lost cluster.
const heartbeatRetryMs = 2_000;

/** Watches Tenants and what is made for them, and reconciles whatever changed; a full pass every so often, with jitter. */
export const startOperator = (options: OperatorOptions): Operator => {
  const { kube, workers, fullPassMs, log, pace, now, elapsedMs, lookEveryMs = 60_000 } = options;
  const { databaseTime, ...dependencies } = options.dependencies;
  const { registry, cluster } = dependencies;
  const events = createEventRecorder({
    client: kube,
    controller: `${group}/${fieldManager}`,
    onError: (error) => log.warn({ err: error }, 'an event was not written'),
  });
  const own = rememberWrites(kube);
  const tellSkew = skewTold((aheadMs) => {
    log.error({ aheadSeconds: Math.round(aheadMs / 1000) }, 'our clock is not that of the database');
    events.record(
      namespaces,
      { metadata: { name: dependencies.config.namespace } },
      {
        type: 'Warning',
        reason: 'ClockSkewed',
        action: 'ReadClock',
        note: `The operator's clock is ${aheadMs > 0 ? 'ahead of' : 'behind'} the database's, which decides; set the clock of its node`,
      },
    );
  });
  const clock = followDatabaseClock({
    read: databaseTime,
    everyMs: clockEveryMs,
    ...(now && { local: now }),
    ...(elapsedMs && { elapsedMs }),
    onAnswer: tellSkew,
    onError: (error) => log.warn({ err: error }, 'the clock of the database could not be read'),
  });
  // A cluster that falls silent may be declared lost.
  const heartbeat = repeated({
    round: () => registry.seeCluster(cluster),
    everyMs: heartbeatEveryMs,
    retryMs: heartbeatRetryMs,
    onError: (error) => log.warn({ err: error }, 'the registry was not told that this cluster lives'),
  });

  // Watches wake the controller, and its passes look at what the watches show: `pass` is made last, and the controller
  // starts after it.
  const controller = createController({
    name: 'tenant',
    workers,
    longestDelayMs,
    reconcile: (key, signal) =>
      inNewTrace({ name: 'reconcile tenant', attributes: { 'legendops.tenant.name': key } }, async () =>
        beforeFullPass(await reconcileTenant(pass, key, signal), fullPassMs),
      ),
    onError: (key, error, retryInMs) =>
      log.warn({ err: error, tenant: key, retryInMs: Math.round(retryInMs) }, 'reconciliation failed'),
  });
  const onWatchError = (kind: string, error: unknown, retryInMs: number): void => {
    if (!isExpired(error)) log.warn({ err: error, kind, retryInMs: Math.round(retryInMs) }, 'watch interrupted');
  };
  const tenantReflector: Reflector<Tenant> = startReflector({
    client: kube,
    resource: tenants,
    keep: keepDesired(),
    ...(pace && { pace }),
    onError: (error, retryInMs) => onWatchError('tenants', error, retryInMs),
    onChange: (change) => {
      // Those of the first list wait with the full pass: after a restart a person's change does not stand behind them.
      if (isDesiredChange(change))
        controller.enqueue(change.object.metadata.name, tenantReflector.hasSynced() ? 'change' : 'resync');
    },
  });
  const ownedWatches = watchOwned({
    kube,
    pace,
    isOurs: own.isOurs,
    onError: onWatchError,
    onTouched: (tenant) => controller.enqueue(tenant),
  });
  const reflectors = [tenantReflector, ...ownedWatches.reflectors];
  const sources = followSources({
    registry,
    tenantIds: () => tenantReflector.cache.all().flatMap(({ status }) => status?.tenantId ?? []),
    everyMs: lookEveryMs,
    onChange: (tenantIds) => {
      for (const { metadata, status } of tenantReflector.cache.all())
        if (tenantIds.has(status?.tenantId ?? '')) controller.enqueue(metadata.name, 'resync');
    },
    log,
  });
  const pass: Dependencies = {
    ...dependencies,
    kube: own.client,
    seen: (name) => tenantReflector.cache.get(name),
    events,
    now: () => clock.now(),
    certainNow: () => clock.certain(),
    applier: createApplier({
      client: own.client,
      fieldManager,
      now: () => clock.now().getTime(),
      watched: (resource, key) => ownedWatches.watched(resource, key),
    }),
    owned: (kind, namespace) => ownedWatches.inNamespace(kind, namespace),
    jobHealth: (namespace) => ownedWatches.failingJobs(namespace),
    polled: sources.polled,
  };

  measureTenants(() => tenantReflector.cache.all());
  let nextFullPass: NodeJS.Timeout | undefined;
  let stopped = false;
  const planFullPass = (): void => {
    nextFullPass = setTimeout(() => void fullPass(), fullPassMs * (0.8 + Math.random() * 0.4));
  };
  const fullPass = async (): Promise<void> => {
    // What no event told is in no cache, and a pass trusts what the watches show. One kind after the other: all lists at
    // once would be a burst for the server. A kind that cannot be listed holds nobody up: its objects are read one by one.
    for (const reflector of reflectors) await settlesWithin(reflector.resync(), longestListMs);
    if (stopped) return;
    for (const tenant of tenantReflector.cache.all()) controller.enqueue(tenant.metadata.name, 'resync');
    planFullPass();
  };
  const followed = [sources, heartbeat, clock];
  const begin = async (): Promise<void> => {
    await Promise.all(reflectors.map(({ synced }) => synced));
    if (stopped) return;
    // Before the first pass: a restart would else change every tenant's condition, and change it back; and a tenant would be
    // of a cluster that nobody has heard of.
    await Promise.all(followed.map((one) => one.start()));
    controller.start();
    planFullPass();
  };
  void begin();
  return {
    hasSynced: () => reflectors.every((reflector) => reflector.hasSynced()),
    isAlive: () => isAlive([controller], reflectors),
    stop: async (budgetMs) => {
      stopped = true;
      clearTimeout(nextFullPass);
      for (const one of followed) one.stop();
      const unfinished = await controller.stop(budgetMs);
      if (unfinished.length > 0) log.warn({ tenants: unfinished }, 'stopped in the middle of their passes');
      await Promise.all(reflectors.map((reflector) => reflector.stop()));
      await events.settled();
    },
  };
};
