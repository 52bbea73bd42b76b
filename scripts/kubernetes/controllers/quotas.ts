import { isDeepStrictEqual } from 'node:util';
import { listAt, objectAt, type JsonObject, type KubeObject } from '../object/kube-object.ts';
import type { ClusterState } from '../api/cluster-state.ts';
import type { Kind } from '../kinds/kind.ts';
import { canonicalQuantities, readQuantity } from '../kinds/quantity.ts';
import { keyOfText, keyText } from './object-keys.ts';
import { workLoop, type Controller } from './work-loop.ts';

const manager = 'kube-controller-manager';
const settleMs = 100;

const isOver = (pod: KubeObject): boolean => ['Succeeded', 'Failed'].includes(String(objectAt(pod, 'status').phase));

/** What the containers of pods ask for of a resource, as `requests.cpu`, `limits.memory` or `cpu` name it. */
const askedFor = (pods: readonly KubeObject[], name: string): string => {
  const [kind, resource] = name.includes('.')
    ? [name.split('.')[0] ?? '', name.slice(name.indexOf('.') + 1)]
    : ['requests', name];
  const nano = pods
    .flatMap((pod) => listAt(pod, 'spec', 'containers'))
    .map((container) => readQuantity(objectAt(container, 'resources', kind)[resource])?.nano ?? 0n)
    .reduce((sum, one) => sum + one, 0n);
  return `${nano}n`;
};

/** Says in the status of every ResourceQuota what it allows and what is used of it. It is told, not enforced. */
export const quotaController = (cluster: ClusterState): Controller => {
  const { store, kinds, objects, log } = cluster;
  const quotas = kinds.ofResource('/resourcequotas') as Kind;

  const usedOf = (name: string, namespace: string): string => {
    const pods = store.list('/pods', namespace).filter((pod) => !isOver(pod));
    if (name === 'pods') return String(pods.length);
    const counted = /^count\/([^.]+)(?:\.(.+))?$/.exec(name);
    const resource = counted ? `${counted[2] ?? ''}/${counted[1]}` : `/${name}`;
    if (counted ?? store.resources().includes(resource)) return String(store.list(resource, namespace).length);
    return /^(requests\.|limits\.)?(cpu|memory|ephemeral-storage)$/.test(name) ? askedFor(pods, name) : '0';
  };

  const reconcile = (key: string): undefined => {
    const found = keyOfText(key);
    const quota = store.get('/resourcequotas', found);
    if (!quota || quota.metadata.deletionTimestamp !== undefined) return;
    const hard = objectAt(quota, 'spec', 'hard');
    const used = canonicalQuantities(
      Object.fromEntries(Object.keys(hard).map((name) => [name, usedOf(name, found.namespace ?? '')])),
      'ResourceQuota',
    );
    const status: JsonObject = { hard, used };
    if (isDeepStrictEqual(status, quota.status)) return;
    objects.update(quotas, found, (live) => ({ ...live, status }), { manager, subresource: 'status' });
  };

  const loop = workLoop({ name: 'resourcequota-controller', log, reconcile });
  const look = (namespace: string | undefined, delayMs: number): void => {
    for (const { metadata } of store.list('/resourcequotas', namespace)) loop.add(keyText(metadata), delayMs);
  };
  const unsubscribe = store.subscribe(({ resource, object, type }) => {
    if (resource === '/resourcequotas') loop.add(keyText(object.metadata));
    // A change of a pod may end it; of other objects it counts that they are there.
    else if (object.metadata.namespace !== undefined && (type !== 'MODIFIED' || resource === '/pods'))
      look(object.metadata.namespace, settleMs);
  });
  look(undefined, 0);
  return {
    stop: () => {
      unsubscribe();
      return loop.stop();
    },
  };
};
