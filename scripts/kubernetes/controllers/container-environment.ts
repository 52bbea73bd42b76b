import { join } from 'node:path';
import { ownEntry } from '@legendops/kit/contract/own-entry';
import { isObject, listAt, objectAt, type JsonObject, type KubeObject } from '../object/kube-object.ts';
import type { ClusterState } from '../api/cluster-state.ts';

type Mount = { mountPath: string; folder: string };

/** Where a container's mounts are on this machine, the longest path first. */
const mountsOf = (container: JsonObject, volumesDirectory: string): Mount[] =>
  listAt(container, 'volumeMounts')
    .filter(isObject)
    .map(({ mountPath, name, subPath }) => ({
      mountPath: String(mountPath).replace(/\/$/, ''),
      folder: join(volumesDirectory, String(name), typeof subPath === 'string' ? subPath : ''),
    }))
    .toSorted((a, b) => b.mountPath.length - a.mountPath.length);

/** A process of this machine sees no mounts: a path into one becomes the path of its folder here. */
const onThisMachine = (value: string, mounts: readonly Mount[]): string => {
  const mount = mounts.find(({ mountPath }) => value === mountPath || value.startsWith(`${mountPath}/`));
  return mount ? mount.folder + value.slice(mount.mountPath.length) : value;
};

const fieldOf = (pod: KubeObject, path: string): string | undefined => {
  const fields: Readonly<Record<string, unknown>> = {
    'metadata.name': pod.metadata.name,
    'metadata.namespace': pod.metadata.namespace,
    'metadata.uid': pod.metadata.uid,
    'spec.nodeName': 'local',
    'spec.serviceAccountName': objectAt(pod, 'spec').serviceAccountName,
    'status.podIP': '127.0.0.1',
  };
  const value = ownEntry(fields, path);
  return typeof value === 'string' ? value : undefined;
};

/** A reference of the environment leads nowhere yet. */
export class ConfigMissing extends Error {}

const referenced = ({ store }: ClusterState, pod: KubeObject, source: JsonObject): string | undefined => {
  const { namespace } = pod.metadata;
  if (isObject(source.fieldRef)) return fieldOf(pod, String(source.fieldRef.fieldPath));
  const isSecret = isObject(source.secretKeyRef);
  const { name, key, optional } = objectAt(source, isSecret ? 'secretKeyRef' : 'configMapKeyRef');
  const found = store.get(isSecret ? '/secrets' : '/configmaps', { namespace, name: String(name) });
  const value = ownEntry(objectAt(found, 'data'), String(key));
  if (typeof value !== 'string') {
    if (optional === true) return undefined;
    throw new ConfigMissing(
      found
        ? `couldn't find key ${String(key)} in ${namespace ?? ''}/${String(name)}`
        : `${isSecret ? 'secret' : 'configmap'} "${String(name)}" not found`,
    );
  }
  return isSecret ? Buffer.from(value, 'base64').toString('utf8') : value;
};

/** The variables that a container asks for, with references resolved and paths of this machine. */
export const environmentOf = (
  cluster: ClusterState,
  { pod, container, volumesDirectory }: { pod: KubeObject; container: JsonObject; volumesDirectory: string },
): Record<string, string> => {
  const mounts = mountsOf(container, volumesDirectory);
  const result: Record<string, string> = {};
  for (const variable of listAt(container, 'env')) {
    if (!isObject(variable)) continue;
    const { name, value, valueFrom } = variable;
    const text = isObject(valueFrom) ? referenced(cluster, pod, valueFrom) : typeof value === 'string' ? value : '';
    if (text !== undefined) result[String(name)] = onThisMachine(text, mounts);
  }
  return result;
};
