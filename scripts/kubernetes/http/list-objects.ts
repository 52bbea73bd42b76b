import { badRequest, expired } from '../object/api-error.ts';
import type { KubeObject } from '../object/kube-object.ts';
import { inVersion } from '../api/request-checks.ts';
import { fieldSelector, labelSelector, type Selector } from '../api/selectors.ts';
import type { Kind } from '../kinds/kind.ts';
import type { ObjectStore } from '../store/object-store.ts';

export type Page = {
  objects: KubeObject[];
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
};

export type Selection = { matches: Selector; isFiltered: boolean };

export const selectionOf = (kind: Kind, query: URLSearchParams): Selection => {
  const labels = query.get('labelSelector') ?? '';
  const fields = query.get('fieldSelector') ?? '';
  const byLabel = labels === '' ? undefined : labelSelector(labels);
  const byField =
    fields === ''
      ? undefined
      : fieldSelector(fields, [
          'metadata.name',
          ...(kind.namespaced ? ['metadata.namespace'] : []),
          ...kind.selectableFields,
        ]).matches;
  return {
    matches: (object) => (byLabel?.(object) ?? true) && (byField?.(inVersion(kind, object)) ?? true),
    isFiltered: byLabel !== undefined || byField !== undefined,
  };
};

/** The place after which the next page begins, and the version at which the list began. */
type Continuation = { version: number; after: string };

const keyOf = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}\0${metadata.name}`;

const encode = (continuation: Continuation): string => Buffer.from(JSON.stringify(continuation)).toString('base64url');

const decode = (token: string, store: ObjectStore): Continuation => {
  let continuation: Continuation;
  try {
    continuation = JSON.parse(Buffer.from(token, 'base64url').toString()) as Continuation;
  } catch {
    throw badRequest('continue key is not valid: illegal base64 data');
  }
  // Objects that changed since the first page are seen again by a watch from its version; that must still be possible.
  if (store.isCompacted(continuation.version))
    throw expired(
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    );
  return continuation;
};

export const listObjects = (
  store: ObjectStore,
  kind: Kind,
  namespace: string | undefined,
  query: URLSearchParams,
): Page => {
  const limitText = query.get('limit') ?? '0';
  const limit = Number(limitText);
  if (!Number.isInteger(limit))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(limitText)}: invalid syntax`);
  const token = query.get('continue') ?? '';
  const start = token === '' ? { version: store.version(), after: '' } : decode(token, store);
  const { matches, isFiltered } = selectionOf(kind, query);
  const all = store
    .list(kind.resource, namespace)
    .filter((object) => (start.after === '' || keyOf(object) > start.after) && matches(object));
  const objects = limit > 0 ? all.slice(0, limit) : all;
  const last = objects.at(-1);
  const rest = all.length - objects.length;
  return {
    objects: objects.map((object) => inVersion(kind, object)),
    metadata: {
      resourceVersion: String(start.version),
      ...(rest > 0 && last && { continue: encode({ version: start.version, after: keyOf(last) }) }),
      ...(rest > 0 && !isFiltered && { remainingItemCount: rest }),
    },
  };
};
