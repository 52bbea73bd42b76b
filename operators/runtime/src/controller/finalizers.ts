import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, Resource } from '../client/resource.ts';

export const hasFinalizer = ({ metadata }: KubeObject, finalizer: string): boolean =>
  metadata.finalizers?.includes(finalizer) ?? false;

export const isBeingDeleted = ({ metadata }: KubeObject): boolean => metadata.deletionTimestamp !== undefined;

/** The list is written as a whole: never over what somebody else put there since, never into another object of the name. */
const write = <Kind extends KubeObject>(
  client: Pick<KubeClient, 'mergePatch'>,
  resource: Resource<Kind>,
  { metadata }: Kind,
  change: { finalizers: string[]; annotations?: Record<string, string> },
): Promise<Kind> => {
  const { name, namespace, uid, resourceVersion } = metadata;
  const preconditions = { uid, ...(resourceVersion !== undefined && { resourceVersion }) };
  return client.mergePatch(resource, { name, namespace }, { metadata: { ...change, ...preconditions } });
};

/**
 * Before anything outside is made for the object: what is made is then always undone. With annotations in the same write,
 * such as the name of what will be made. The object as it is then; a Conflict where somebody changed it since it was read.
 */
export const addFinalizer = <Kind extends KubeObject>(
  client: Pick<KubeClient, 'mergePatch'>,
  resource: Resource<Kind>,
  object: Kind,
  { finalizer, annotations }: { finalizer: string; annotations?: Record<string, string> },
): Promise<Kind> =>
  write(client, resource, object, {
    finalizers: [...new Set([...(object.metadata.finalizers ?? []), finalizer])],
    ...(annotations && { annotations }),
  });

/** After everything outside is undone: the server lets the object go once it has no finalizer left. */
export const removeFinalizer = async <Kind extends KubeObject>(
  client: Pick<KubeClient, 'mergePatch'>,
  resource: Resource<Kind>,
  object: Kind,
  finalizer: string,
): Promise<void> => {
  if (!hasFinalizer(object, finalizer)) return;
  const finalizers = (object.metadata.finalizers ?? []).filter((name) => name !== finalizer);
  await write(client, resource, object, { finalizers });
};
