import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { isExpired } from '@legendops/operator-runtime/client/status-error';
import { rememberWrites } from '@legendops/operator-runtime/client/own-writes';
import { createApplier } from '@legendops/operator-runtime/controller/applier';
import { createController } from '@legendops/operator-runtime/controller/controller';
import { createEventRecorder } from '@legendops/operator-runtime/events/event-recorder';
import { isAlive } from '@legendops/operator-runtime/health/liveness';
import type { Change } from '@legendops/operator-runtime/reflector/object-cache';
import { startReflector, type Pace, type Reflector } from '@legendops/operator-runtime/reflector/reflector';
import type { Log } from '@legendops/kit/log/logger';
import { annotations, fieldManager, finalizer, group, tenants, type Tenant } from './api/tenant.ts';
import { followIntegrations } from './integrations.ts';
import { measureTenants } from './metrics/tenant-conditions.ts';
import { reconcileTenant, type Dependencies } from './reconcile-tenant.ts';
import { watchOwned } from './watch-owned.ts';

export interface OperatorOptions {
  kube: KubeClient;
  dependencies: Omit<Dependencies, 'kube' | 'applier' | 'events' | 'integrations' | 'now'>;
  workers: number;
  fullPassMs: number;
  log: Log;
  now?: () => Date;
  pace?: Pace;
  /** How often the tenants' connections are looked at. */
  integrationsEveryMs?: number;
}

export interface Operator {
  hasSynced(): boolean;
  /** False when work or a watch is stuck and a restart is the remedy. */
  isAlive(): boolean;
  stop(budgetMs: number): Promise<void>;
}

const longestDelayMs = 5 * 60_000;

// What a person changes. Our own status writes must not wake us up, nor the marks that we set.
const wish = ({
  metadata: { generation, deletionTimestamp, annotations: all = {}, finalizers = [] },
}: Tenant): string =>
  JSON.stringify([
    generation,
    deletionTimestamp,
    Object.entries(all).filter(([name]) => name !== annotations.claim),
    finalizers.filter((name) => name !== finalizer),
  ]);

const marksOf = ({ metadata }: Tenant): [boolean, string | undefined] => [
  metadata.finalizers?.includes(finalizer) ?? false,
  metadata.annotations?.[annotations.claim],
];

/** Somebody took away what lets us find and undo what was made for the tenant. */
const lostMarks = (before: Tenant, after: Tenant): boolean => {
  const [hadFinalizer, claimed] = marksOf(before);
  const [hasFinalizer, claims] = marksOf(after);
  return (hadFinalizer && !hasFinalizer) || (claimed !== undefined && claims !== claimed);
};

export const isWish = ({ type, object, previous }: Change<Tenant>): boolean =>
  type !== 'updated' || previous === undefined || wish(previous) !== wish(object) || lostMarks(previous, object);

/** A pass reads the tenant anew: here stands what tells of a wish, of its connections and of its conditions. */
export const keepWish = ({ metadata, status }: Tenant): Tenant =>
  ({
    metadata,
    status: status && {
      ...(status.tenantId !== undefined && { tenantId: status.tenantId }),
      conditions: (status.conditions ?? []).map((condition) => ({ ...condition, message: '' })),
    },
  }) as Tenant;

/** Watches Tenants and what is made for them, and reconciles whatever changed; a full pass every so often, with jitter. */
export const startOperator = (options: OperatorOptions): Operator => {
  const { kube, dependencies, workers, fullPassMs, log, pace, now = () => new Date() } = options;
  const { integrationsEveryMs = 60_000 } = options;
  const events = createEventRecorder({
    client: kube,
    controller: `${group}/${fieldManager}`,
    onError: (error) => log.warn({ err: error }, 'an event was not written'),
  });
  const own = rememberWrites(kube);
  const integrations = followIntegrations({
    read: () => {
      const ids = tenantReflector.cache.all().flatMap(({ status }) => status?.tenantId ?? []);
      return dependencies.registry.integrationStates(ids);
    },
    everyMs: integrationsEveryMs,
    onError: (error) => log.warn({ err: error }, 'the connections of tenants could not be looked at'),
    onChange: (tenantIds) => {
      for (const { metadata, status } of tenantReflector.cache.all())
        if (tenantIds.has(status?.tenantId ?? '')) controller.enqueue(metadata.name, 'resync');
    },
  });
  const scope = {
    ...dependencies,
    kube: own.client,
    events,
    now,
    applier: createApplier({ client: own.client, fieldManager }),
    integrations,
  };
  const controller = createController({
    name: 'tenant',
    workers,
    longestDelayMs,
    reconcile: (key, signal) => reconcileTenant(scope, key, signal),
    onError: (key, error, retryInMs) =>
      log.warn({ err: error, tenant: key, retryInMs: Math.round(retryInMs) }, 'reconciliation failed'),
  });
  const onError = (kind: string, error: unknown, retryInMs: number): void => {
    if (!isExpired(error)) log.warn({ err: error, kind, retryInMs: Math.round(retryInMs) }, 'watch interrupted');
  };
  const tenantReflector: Reflector<Tenant> = startReflector({
    client: kube,
    resource: tenants,
    keep: keepWish,
    ...(pace && { pace }),
    onError: (error, retryInMs) => onError('tenants', error, retryInMs),
    onChange: (change) => {
      // Those of the first list wait with the full pass: after a restart a person's change does not stand behind them.
      if (isWish(change))
        controller.enqueue(change.object.metadata.name, tenantReflector.hasSynced() ? 'change' : 'resync');
    },
  });
  const reflectors = [
    tenantReflector,
    ...watchOwned({ kube, pace, isOurs: own.isOurs, onError, onTouched: (tenant) => controller.enqueue(tenant) }),
  ];
  measureTenants(() => tenantReflector.cache.all());
  let fullPass: NodeJS.Timeout | undefined;
  const planFullPass = (): void => {
    fullPass = setTimeout(
      () => {
        // A tenant whose event never came is in no cache.
        tenantReflector.resync();
        for (const tenant of tenantReflector.cache.all()) controller.enqueue(tenant.metadata.name, 'resync');
        planFullPass();
      },
      fullPassMs * (0.8 + Math.random() * 0.4),
    );
  };
  let stopped = false;
  const begin = async (): Promise<void> => {
    await Promise.all(reflectors.map(({ synced }) => synced));
    if (stopped) return;
    // Before the first pass: a restart would else change every tenant's condition, and change it back.
    await integrations.start();
    controller.start();
    planFullPass();
  };
  void begin();
  return {
    hasSynced: () => reflectors.every((reflector) => reflector.hasSynced()),
    isAlive: () => isAlive([controller], reflectors),
    stop: async (budgetMs) => {
      stopped = true;
      clearTimeout(fullPass);
      integrations.stop();
      const unfinished = await controller.stop(budgetMs);
      if (unfinished.length > 0) log.warn({ tenants: unfinished }, 'stopped in the middle of their passes');
      await Promise.all(reflectors.map((reflector) => reflector.stop()));
      await events.settled();
    },
  };
};
