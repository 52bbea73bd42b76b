import { deleteObject } from '../api/deletion.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { ClusterState } from '../api/cluster-state.ts';
import type { ObjectKey } from '../store/object-store.ts';
import { workLoop, type Controller } from './work-loop.ts';

type Place = { resource: string; key: ObjectKey };

/** Removes what belongs to objects that are gone, or on their way with `foregroundDeletion`; sets free what is orphaned. */
export const garbageCollector = (cluster: ClusterState): Controller => {
  const { store, kinds, log } = cluster;
  const places = new Map<string, Place>();
  const dependents = new Map<string, Set<string>>();

  const objectOf = (uid: string): KubeObject | undefined => {
    const place = places.get(uid);
    return place && store.get(place.resource, place.key);
  };
  const ownersOf = ({ metadata }: KubeObject): string[] => (metadata.ownerReferences ?? []).map(({ uid }) => uid);

  const index = (resource: string, object: KubeObject): void => {
    const { uid = '', name, namespace } = object.metadata;
    places.set(uid, { resource, key: { name, namespace } });
    for (const owner of ownersOf(object)) {
      const known = dependents.get(owner) ?? new Set();
      dependents.set(owner, known.add(uid));
    }
  };
  const forget = (object: KubeObject): void => {
    const { uid = '' } = object.metadata;
    places.delete(uid);
    for (const owner of ownersOf(object)) dependents.get(owner)?.delete(uid);
  };

  const livingDependents = (owner: string): KubeObject[] =>
    [...(dependents.get(owner) ?? [])].flatMap((uid) => {
      const object = objectOf(uid);
      return object && ownersOf(object).includes(owner) ? [object] : [];
    });

  const remove = (object: KubeObject, propagationPolicy: string): void => {
    const place = places.get(object.metadata.uid ?? '');
    const kind = place && kinds.ofResource(place.resource);
    if (!place || !kind) return;
    deleteObject(cluster, kind, place.key, { propagationPolicy, preconditions: { uid: object.metadata.uid } });
  };

  const replace = (object: KubeObject, metadata: KubeObject['metadata']): void => {
    const { resource } = places.get(object.metadata.uid ?? '') ?? {};
    if (resource === undefined) return;
    const isGone = metadata.deletionTimestamp !== undefined && !metadata.finalizers?.length;
    if (isGone) store.remove(resource, { ...object, metadata });
    else store.put(resource, { ...object, metadata });
  };

  const withoutFinalizer = (object: KubeObject, finalizer: string): void => {
    const finalizers = (object.metadata.finalizers ?? []).filter((name) => name !== finalizer);
    replace(object, { ...object.metadata, finalizers });
  };

  const orphan = (owner: KubeObject): void => {
    const { uid = '' } = owner.metadata;
    for (const object of livingDependents(uid)) {
      const others = (object.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== uid);
      const { ownerReferences: _, ...metadata } = object.metadata;
      replace(object, others.length > 0 ? { ...metadata, ownerReferences: others } : metadata);
    }
    withoutFinalizer(owner, 'orphan');
  };

  const foreground = (owner: KubeObject): void => {
    const { uid = '' } = owner.metadata;
    const living = livingDependents(uid);
    for (const object of living) if (object.metadata.deletionTimestamp === undefined) remove(object, 'Foreground');
    const blocks = (object: KubeObject): boolean =>
      object.metadata.ownerReferences?.some((reference) => reference.uid === uid && reference.blockOwnerDeletion) ??
      false;
    if (!livingDependents(uid).some(blocks)) withoutFinalizer(owner, 'foregroundDeletion');
  };

  const collect = (uid: string): undefined => {
    const object = objectOf(uid);
    if (!object) {
      for (const dependent of dependents.get(uid) ?? []) loop.add(dependent);
      dependents.delete(uid);
      return;
    }
    const { deletionTimestamp, finalizers = [] } = object.metadata;
    if (deletionTimestamp !== undefined) {
      if (finalizers.includes('orphan')) orphan(object);
      else if (finalizers.includes('foregroundDeletion')) foreground(object);
      return;
    }
    const owners = ownersOf(object);
    const isAbandoned = owners.length > 0 && owners.every((owner) => objectOf(owner) === undefined);
    if (isAbandoned) remove(object, 'Background');
  };

  const loop = workLoop({ name: 'garbage collector', log, reconcile: collect });
  for (const resource of store.resources()) for (const object of store.list(resource)) index(resource, object);
  for (const uid of places.keys()) loop.add(uid);
  const unsubscribe = store.subscribe(({ type, resource, object, previous }) => {
    const { uid = '' } = object.metadata;
    if (type === 'DELETED') forget(object);
    else index(resource, object);
    const isOwned = ownersOf(object).length > 0;
    const isRelevant =
      type === 'DELETED' || object.metadata.deletionTimestamp !== undefined || (isOwned && previous === undefined);
    if (isRelevant) loop.add(uid);
    // Owners that wait for their dependents look again.
    if (type === 'DELETED') for (const owner of ownersOf(object)) if (objectOf(owner)) loop.add(owner);
  });
  return {
    stop: () => {
      unsubscribe();
      return loop.stop();
    },
  };
};
