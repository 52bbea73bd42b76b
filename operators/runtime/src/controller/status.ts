import { isDeepStrictEqual } from 'node:util';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, Resource } from '../client/resource.ts';

/**
 * Writes the status unless it stands there already: a write that changes nothing would wake whoever watches, ourselves too.
 * Whether it wrote. `fieldManager` is one for the status alone; what it does not state any more goes.
 */
export const publishStatus = async <Kind extends KubeObject & { status?: unknown }>(
  client: Pick<KubeClient, 'apply'>,
  resource: Resource<Kind>,
  object: Kind,
  { status, fieldManager }: { status: NonNullable<Kind['status']>; fieldManager: string },
): Promise<boolean> => {
  if (isDeepStrictEqual(object.status, status)) return false;
  const { name, namespace } = object.metadata;
  const wanted = { metadata: { name, ...(namespace !== undefined && { namespace }) }, status } as unknown as Kind;
  await client.apply(resource, wanted, { fieldManager, force: true, subresource: 'status' });
  return true;
};
