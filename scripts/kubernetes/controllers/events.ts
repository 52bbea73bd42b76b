import { timestamp, type KubeObject } from '../object/kube-object.ts';
import type { ClusterState } from '../api/cluster-state.ts';
import type { Kind } from '../kinds/kind.ts';

export type Happening = { type: 'Normal' | 'Warning'; reason: string; message: string; component: string };

/** Writes what happened to an object where `kubectl describe` shows it; the same again counts up. */
export const recordEvent = (
  { store, kinds, objects, now }: ClusterState,
  object: KubeObject,
  { type, reason, message, component }: Happening,
): void => {
  const { name, namespace = 'default', uid } = object.metadata;
  const events = kinds.ofResource('/events') as Kind;
  if (store.get('/namespaces', { name: namespace })?.metadata.deletionTimestamp !== undefined) return;
  const same = store
    .list('/events', namespace)
    .filter(({ apiVersion }) => apiVersion === 'v1')
    .find(
      (event) =>
        event.reason === reason && event.message === message && (event.involvedObject as { uid?: string }).uid === uid,
    );
  if (same) {
    store.put('/events', { ...same, count: Number(same.count) + 1, lastTimestamp: timestamp(now()) });
    return;
  }
  objects.create(
    events,
    {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { generateName: `${name}.`, namespace },
      involvedObject: {
        apiVersion: object.apiVersion,
        kind: object.kind,
        name,
        namespace,
        uid,
        resourceVersion: object.metadata.resourceVersion,
      },
      type,
      reason,
      message,
      source: { component },
      reportingComponent: component,
      count: 1,
      firstTimestamp: timestamp(now()),
      lastTimestamp: timestamp(now()),
    },
    { manager: component, namespace },
  );
};
