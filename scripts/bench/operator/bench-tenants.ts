import { createHash } from 'node:crypto';
import { inLanes } from '@legendops/kit/jobs/in-lanes';
import { conditionOf } from '@legendops/operator-runtime/controller/conditions';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { startReflector } from '@legendops/operator-runtime/reflector/reflector';
import { tenants, type Tenant } from '@legendops/tenant-operator/api/tenant';
import { aTenant } from '@legendops/tenant-operator/testing/a-tenant';

export interface Convergence {
  /** From the first call to the last tenant ready. */
  seconds: number;
  /** From a tenant's own call to its being ready, in seconds. */
  p50: number;
  p99: number;
}

const writersAtOnce = 16;
const longestMs = 3 * 3_600_000;

const directoryOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** What a platform engineer writes for the tenant of this name: a directory, an administrator, all else by default. */
export const wantedTenant = (name: string): Tenant => {
  const { spec } = aTenant({
    spec: { directories: [directoryOf(name)], admins: [{ email: `ada@${name}.example`, name: 'Ada' }] },
  });
  return { apiVersion: tenants.apiVersion, kind: tenants.kind, metadata: { name }, spec };
};

export const tenantNames = (count: number, prefix = 'tenant'): string[] =>
  Array.from({ length: count }, (_, n) => `${prefix}-${String(n).padStart(5, '0')}`);

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const isReady = ({ metadata, status }: Tenant): boolean =>
  status?.observedGeneration === metadata.generation && conditionOf(status?.conditions, 'Ready')?.status === 'True';

/** Does `act` for every tenant, some at once, and waits until the operator has made each what is then wanted. */
export const converge = async (
  kube: KubeClient,
  names: readonly string[],
  { act, over }: { act: (name: string) => Promise<Tenant>; over: AbortSignal },
): Promise<Convergence> => {
  const began = new Map<string, number>();
  const generations = new Map<string, number>();
  const ready = new Map<string, { generation: number; at: number }>();
  const finished = Promise.withResolvers<void>();
  const took: number[] = [];
  const settle = (name: string): void => {
    const wanted = generations.get(name);
    const seen = ready.get(name);
    const start = began.get(name);
    if (wanted === undefined || seen === undefined || start === undefined || seen.generation < wanted) return;
    took.push((seen.at - start) / 1_000);
    generations.delete(name);
    if (took.length === names.length) finished.resolve();
  };
  const watch = startReflector({
    client: kube,
    resource: tenants,
    onError: () => undefined,
    onChange: ({ type, object }) => {
      if (type === 'deleted' || !isReady(object)) return;
      ready.set(object.metadata.name, { generation: object.metadata.generation ?? 0, at: performance.now() });
      settle(object.metadata.name);
    },
  });
  over.addEventListener('abort', () => finished.reject(over.reason));
  await watch.synced;
  const start = performance.now();
  const timeout = setTimeout(
    () => finished.reject(new Error(`${names.length - took.length} tenants are not ready`)),
    longestMs,
  );
  try {
    await inLanes(names, writersAtOnce, async (name) => {
      began.set(name, performance.now());
      const { metadata } = await act(name);
      generations.set(name, metadata.generation ?? 0);
      settle(name);
    });
    await finished.promise;
  } finally {
    clearTimeout(timeout);
    await watch.stop();
  }
  const seconds = (performance.now() - start) / 1_000;
  took.sort((a, b) => a - b);
  return { seconds, p50: percentile(took, 0.5), p99: percentile(took, 0.99) };
};

export const createTenant =
  (kube: KubeClient) =>
  (name: string): Promise<Tenant> =>
    kube.create(tenants, wantedTenant(name));

/** A change that reaches the registries and the cluster: a name, and a larger quota. */
export const changeTenant =
  (kube: KubeClient) =>
  (name: string): Promise<Tenant> =>
    kube.mergePatch(
      tenants,
      { name },
      { spec: { displayName: 'Northwind Cloud', namespace: { quota: { cpu: '3', memory: '3Gi', pods: 12 } } } },
    );
