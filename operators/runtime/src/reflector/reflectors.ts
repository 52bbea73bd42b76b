import type { KubeObject } from '../client/resource.ts';
import { startReflector, type Reflector, type ReflectorOptions } from './reflector.ts';

/** One watch for each of these namespaces, as one: for who may look into some namespaces and not into all. */
export const startReflectors = <Kind extends KubeObject, Kept extends KubeObject = Kind>(
  options: Omit<ReflectorOptions<Kind, Kept>, 'namespace'>,
  namespaces: readonly string[],
): Reflector<Kept> => {
  const parts = [...new Set(namespaces)].map(
    (namespace) => [namespace, startReflector<Kind, Kept>({ ...options, namespace })] as const,
  );
  const byNamespace = new Map(parts);
  const each = parts.map(([, reflector]) => reflector);
  const whole = async (work: (reflector: Reflector<Kept>) => Promise<void>): Promise<void> => {
    await Promise.all(each.map(work));
  };
  return {
    cache: {
      get size() {
        return each.reduce((sum, { cache }) => sum + cache.size, 0);
      },
      get: (key) => byNamespace.get(key.split('/')[0] ?? '')?.cache.get(key),
      all: () => each.flatMap(({ cache }) => cache.all()),
      inGroup: (group) => each.flatMap(({ cache }) => cache.inGroup(group)),
    },
    hasSynced: () => each.every((reflector) => reflector.hasSynced()),
    synced: whole(({ synced }) => synced),
    stalledForMs: () => Math.max(0, ...each.map((reflector) => reflector.stalledForMs())),
    resync: () => whole((reflector) => reflector.resync()),
    isCurrent: () => each.every((reflector) => reflector.isCurrent()),
    stop: () => whole((reflector) => reflector.stop()),
  };
};
