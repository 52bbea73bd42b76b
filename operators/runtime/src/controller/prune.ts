import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, ObjectKey, Resource } from '../client/resource.ts';
import { isConflict } from '../client/status-error.ts';

export interface PruneOptions {
  client: Pick<KubeClient, 'read' | 'remove'>;
  /** Whose fields the object must hold: labels are copied along with an object, managed fields are the server's own. */
  fieldManager: string;
  /** What the object must be labelled with. */
  labels: Readonly<Record<string, string>>;
}

const isManagedBy = ({ metadata }: KubeObject, fieldManager: string): boolean =>
  ((metadata.managedFields ?? []) as { manager?: string; subresource?: string }[]).some(
    ({ manager, subresource }) => manager === fieldManager && subresource === undefined,
  );

const isLabelled = ({ metadata }: KubeObject, labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(labels).every(([name, value]) => metadata.labels?.[name] === value);

/**
 * Removes an object that we made and want no more, such as one of an older version. Whether it went: one that is not ours, by
 * its labels and its managed fields as they are now, stays, and so does one that somebody changed since they were read.
 */
export const prune = async (
  { client, fieldManager, labels }: PruneOptions,
  resource: Resource,
  { name, namespace }: ObjectKey,
): Promise<boolean> => {
  const object = await client.read(resource, { name, namespace });
  if (!object || object.metadata.deletionTimestamp !== undefined) return false;
  if (!isLabelled(object, labels) || !isManagedBy(object, fieldManager)) return false;
  const { uid = '', resourceVersion = '' } = object.metadata;
  try {
    return await client.remove(resource, { name, namespace }, { uid, resourceVersion });
  } catch (error) {
    if (isConflict(error)) return false;
    throw error;
  }
};
