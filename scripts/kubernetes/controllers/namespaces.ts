import { isDeepStrictEqual } from 'node:util';
import { deleteObject } from '../api/deletion.ts';
import { listAt, objectAt, timestamp, type KubeObject } from '../object/kube-object.ts';
import type { ClusterState } from '../api/cluster-state.ts';
import { apiVersionOf, type Kind } from '../kinds/kind.ts';
import { workLoop, type Controller } from './work-loop.ts';

const initialNamespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];
const lookAgainMs = 500;

const counted = (names: readonly string[], noun: string): string => {
  const counts = Map.groupBy(names, (name) => name);
  return [...counts].map(([name, all]) => `${name} ${noun} ${all.length} resource instances`).join(', ');
};

/** What a namespace that cannot end yet says of it. */
const conditionsOf = (
  remaining: readonly { kind: Kind; object: KubeObject }[],
  now: Date,
  before: readonly unknown[],
) => {
  const resources = remaining.map(({ kind }) =>
    kind.group === '' ? `${kind.plural}.` : `${kind.plural}.${kind.group}`,
  );
  const finalizers = remaining.flatMap(({ object }) => object.metadata.finalizers ?? []);
  const wanted = [
    {
      type: 'NamespaceContentRemaining',
      status: resources.length > 0 ? 'True' : 'False',
      reason: resources.length > 0 ? 'SomeResourcesRemain' : 'ContentRemoved',
      message:
        resources.length > 0
          ? `Some resources are remaining: ${counted(resources, 'has')}`
          : 'All content successfully removed',
    },
    {
      type: 'NamespaceFinalizersRemaining',
      status: finalizers.length > 0 ? 'True' : 'False',
      reason: finalizers.length > 0 ? 'SomeFinalizersRemain' : 'ContentHasNoFinalizers',
      message:
        finalizers.length > 0
          ? `Some content in the namespace has finalizers remaining: ${counted(finalizers, 'in')}`
          : 'All content-preserving finalizers finished',
    },
  ];
  return wanted.map((condition) => {
    const old = objectAt(before.find((each) => objectAt(each).type === condition.type));
    const lastTransitionTime = old.status === condition.status ? old.lastTransitionTime : timestamp(now);
    return { ...condition, lastTransitionTime };
  });
};

/** Every namespace has its default service account; one that ends takes its content with it. */
export const namespaceController = (cluster: ClusterState): Controller => {
  const { store, kinds, objects, now, log } = cluster;
  const namespaces = kinds.ofResource('/namespaces') as Kind;
  const accounts = kinds.ofResource('/serviceaccounts') as Kind;

  const contentOf = (namespace: string) =>
    store.resources().flatMap((resource) => {
      const kind = kinds.ofResource(resource);
      return kind?.namespaced ? store.list(resource, namespace).map((object) => ({ kind, object })) : [];
    });

  const end = (namespace: KubeObject): number | undefined => {
    const { name } = namespace.metadata;
    for (const { kind, object } of contentOf(name))
      if (object.metadata.deletionTimestamp === undefined)
        deleteObject(cluster, kind, object.metadata, { propagationPolicy: 'Background' });
    const remaining = contentOf(name);
    const status = objectAt(namespace, 'status');
    if (remaining.length === 0 && !namespace.metadata.finalizers?.length) {
      store.remove('/namespaces', namespace);
      return undefined;
    }
    const conditions = conditionsOf(remaining, now(), listAt(status, 'conditions'));
    const updated = {
      ...namespace,
      spec: { finalizers: remaining.length > 0 ? ['kubernetes'] : [] },
      status: { ...status, conditions },
    };
    if (!isDeepStrictEqual(updated, namespace)) store.put('/namespaces', updated);
    return remaining.length > 0 ? lookAgainMs : undefined;
  };

  const reconcile = (name: string): number | undefined => {
    const namespace = store.get('/namespaces', { name });
    if (!namespace) return undefined;
    if (namespace.metadata.deletionTimestamp !== undefined) return end(namespace);
    if (!store.get('/serviceaccounts', { namespace: name, name: 'default' }))
      objects.create(
        accounts,
        { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } },
        { manager: 'kube-controller-manager', namespace: name },
      );
    return undefined;
  };

  const loop = workLoop({ name: 'namespace', log, reconcile });
  const unsubscribe = store.subscribe(({ resource, object, type }) => {
    if (resource === '/namespaces') loop.add(object.metadata.name);
    else if (type === 'DELETED' && object.metadata.namespace !== undefined) loop.add(object.metadata.namespace);
  });
  for (const name of initialNamespaces)
    if (!store.get('/namespaces', { name }))
      objects.create(
        namespaces,
        { apiVersion: apiVersionOf(namespaces), kind: 'Namespace', metadata: { name } },
        { manager: 'kube-apiserver' },
      );
  for (const { metadata } of store.list('/namespaces')) {
    // What clients may count on from the first request on.
    reconcile(metadata.name);
    loop.add(metadata.name);
  }
  return {
    stop: () => {
      unsubscribe();
      return loop.stop();
    },
  };
};
