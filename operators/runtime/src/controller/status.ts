import { isDeepStrictEqual } from 'node:util';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, Resource } from '../client/resource.ts';

/**
 * Writes the status unless it stands there already: a write that changes nothing would wake whoever watches, ourselves too.
 * Whether it wrote. `fieldManager` is one for the status alone; what it does not state any more goes, and what others wrote
 * there, such as a backup tool that brought it back.
 */
export const publishStatus = async <Kind extends KubeObject & { status?: unknown }>(
  client: Pick<KubeClient, 'apply' | 'mergePatch'>,
  resource: Resource<Kind>,
  object: Kind,
  { status, fieldManager }: { status: NonNullable<Kind['status']>; fieldManager: string },
): Promise<boolean> => {
  if (isDeepStrictEqual(object.status, status)) return false;
  const { name, namespace } = object.metadata;
  const key = { name, ...(namespace !== undefined && { namespace }) };
  const desired = { metadata: key, status } as unknown as Kind;
  const applied = await client.apply(resource, desired, { fieldManager, force: true, subresource: 'status' });
  if (!isDeepStrictEqual(applied.status, status)) {
    const theirs = Object.fromEntries(Object.keys(applied.status ?? {}).map((field) => [field, null]));
    await client.mergePatch(
      resource,
      key,
      { status: { ...theirs, ...status } },
      { fieldManager, subresource: 'status' },
    );
  }
  return true;
};
