import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { createController } from '@legendops/operator-runtime/controller/controller';
import { startReflector } from '@legendops/operator-runtime/reflector/reflector';
import { isExpired } from '@legendops/operator-runtime/client/status-error';
import type { Log } from '@legendops/kit/log/logger';
import { labels, tenants, type Tenant } from './api/tenant.ts';
import { cronJobs, namespaces } from './phases/resources.ts';
import { reconcileTenant, type Dependencies } from './reconcile-tenant.ts';

export interface OperatorOptions {
  kube: KubeClient;
  dependencies: Omit<Dependencies, 'kube' | 'now'>;
  workers: number;
  fullPassMs: number;
  log: Log;
  now?: () => Date;
}

export interface Operator {
  hasSynced(): boolean;
  /** Milliseconds since the API server last said anything. */
  silentForMs(): number;
  stop(budgetMs: number): Promise<void>;
}

// What a person changes; our own status writes must not wake us up.
const wish = (tenant: Tenant): string =>
  JSON.stringify([
    tenant.metadata.uid,
    tenant.metadata.generation,
    tenant.metadata.deletionTimestamp,
    tenant.metadata.annotations,
    tenant.metadata.finalizers,
  ]);

/** Watches Tenants and what is made for them, and reconciles whatever changed; a full pass every so often, with jitter. */
export const startOperator = ({
  kube,
  dependencies,
  workers,
  fullPassMs,
  log,
  now = () => new Date(),
}: OperatorOptions): Operator => {
  const controller = createController({
    name: 'tenant',
    workers,
    longestDelayMs: 5 * 60_000,
    reconcile: (key, signal) => reconcileTenant({ ...dependencies, kube, now }, key, signal),
    onError: (key, error, retryInMs) =>
      log.warn({ err: error, tenant: key, retryInMs: Math.round(retryInMs) }, 'reconciliation failed'),
  });
  const onError = (kind: string) => (error: unknown, retryInMs: number) => {
    if (!isExpired(error)) log.warn({ err: error, kind, retryInMs: Math.round(retryInMs) }, 'watch interrupted');
  };
  const wishes = new Map<string, string>();
  const tenantReflector = startReflector({
    client: kube,
    resource: tenants,
    onError: onError('tenants'),
    onChange: ({ type, object }) => {
      const { name } = object.metadata;
      if (type === 'deleted') wishes.delete(name);
      else if (wishes.get(name) === wish(object)) return;
      else wishes.set(name, wish(object));
      controller.enqueue(name);
    },
  });
  const owner = (object: { metadata: { labels?: Record<string, string> } }): void => {
    const name = object.metadata.labels?.[labels.tenant];
    if (name !== undefined) controller.enqueue(name);
  };
  const labelSelector = `${labels.managedBy}=legendops-tenant-operator`;
  const children = [
    startReflector({
      client: kube,
      resource: namespaces,
      labelSelector,
      onError: onError('namespaces'),
      onChange: ({ type, object }) => {
        if (type !== 'added') owner(object);
      },
    }),
    startReflector({
      client: kube,
      resource: cronJobs,
      labelSelector,
      onError: onError('cronjobs'),
      onChange: (change) => {
        // A run changes the status only; the spec is ours, and its generation says when somebody touched it.
        if (
          change.type === 'deleted' ||
          (change.type === 'updated' && change.previous?.metadata.generation !== change.object.metadata.generation)
        )
          owner(change.object);
      },
    }),
  ];
  const reflectors = [tenantReflector, ...children];
  let fullPass: NodeJS.Timeout | undefined;
  const planFullPass = (): void => {
    fullPass = setTimeout(
      () => {
        for (const tenant of tenantReflector.cache.all()) controller.enqueue(tenant.metadata.name, 'resync');
        planFullPass();
      },
      fullPassMs * (0.8 + Math.random() * 0.4),
    );
  };
  const begin = async (): Promise<void> => {
    await Promise.all(reflectors.map(({ synced }) => synced));
    controller.start();
    planFullPass();
  };
  void begin();
  return {
    hasSynced: () => reflectors.every((reflector) => reflector.hasSynced()),
    silentForMs: () => Math.max(...reflectors.map((reflector) => reflector.silentForMs())),
    stop: async (budgetMs) => {
      clearTimeout(fullPass);
      await controller.stop(budgetMs);
      await Promise.all(reflectors.map((reflector) => reflector.stop()));
    },
  };
};
