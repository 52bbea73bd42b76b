import { deleteObject } from '../api/deletion.ts';
import type { ClusterState } from '../api/cluster-state.ts';
import { cleanupFinalizer, customKinds } from '../kinds/custom-kinds.ts';
import { definitionsResource } from '../kinds/kind-registry.ts';
import { workLoop, type Controller } from './work-loop.ts';

const lookAgainMs = 200;

/** A CustomResourceDefinition that is deleted takes all objects of its kind with it. */
export const definitionController = (cluster: ClusterState): Controller => {
  const { store, log } = cluster;

  const reconcile = (name: string): number | undefined => {
    const definition = store.get(definitionsResource, { name });
    if (definition?.metadata.deletionTimestamp === undefined) return undefined;
    if (!definition.metadata.finalizers?.includes(cleanupFinalizer)) return undefined;
    const [kind] = customKinds(definition);
    if (kind) {
      for (const object of store.list(kind.resource))
        if (object.metadata.deletionTimestamp === undefined) deleteObject(cluster, kind, object.metadata, {});
      if (store.list(kind.resource).length > 0) return lookAgainMs;
    }
    const finalizers = definition.metadata.finalizers.filter((finalizer) => finalizer !== cleanupFinalizer);
    const updated = { ...definition, metadata: { ...definition.metadata, finalizers } };
    if (finalizers.length === 0) store.remove(definitionsResource, updated);
    else store.put(definitionsResource, updated);
    return undefined;
  };

  const loop = workLoop({ name: 'definition', log, reconcile });
  const unsubscribe = store.subscribe(({ resource, object }) => {
    if (resource === definitionsResource) loop.add(object.metadata.name);
  });
  for (const { metadata } of store.list(definitionsResource)) loop.add(metadata.name);
  return {
    stop: () => {
      unsubscribe();
      return loop.stop();
    },
  };
};
