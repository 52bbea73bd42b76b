import type { Kind } from '../kinds/kind.ts';
import type { ObjectKey, ObjectStore } from '../store/object-store.ts';
import { ApiError, badRequest, conflict, invalid, notFound, unsupportedValue } from '../object/api-error.ts';
import {
  copyOf,
  isObject,
  objectAt,
  timestamp,
  type JsonObject,
  type KubeObject,
  textOf,
} from '../object/kube-object.ts';

export type DeleteOptions = {
  preconditions?: { uid?: string | undefined; resourceVersion?: string | undefined } | undefined;
  propagationPolicy?: string | undefined;
  gracePeriodSeconds?: number | undefined;
  dryRun?: boolean | undefined;
};

/** Namespaces that a cluster is never without. */
const lasting = new Set(['default', 'kube-system', 'kube-public']);

const staysHere = (name: string): ApiError =>
  new ApiError(403, 'Forbidden', `namespaces "${name}" is forbidden: this namespace may not be deleted`, {
    name,
    kind: 'namespaces',
  });

const policies = ['Foreground', 'Background', 'Orphan'];

/** Options from the body, where there is one, else from the query. */
export const readDeleteOptions = (body: unknown, query: URLSearchParams): DeleteOptions => {
  const given = isObject(body) ? body : {};
  const grace = given.gracePeriodSeconds ?? query.get('gracePeriodSeconds') ?? undefined;
  const policy = given.propagationPolicy ?? query.get('propagationPolicy') ?? undefined;
  const orphans = given.orphanDependents ?? query.get('orphanDependents') ?? undefined;
  const propagationPolicy = policy ?? (textOf(orphans) === 'true' ? 'Orphan' : undefined);
  if (propagationPolicy !== undefined && !policies.includes(textOf(propagationPolicy))) {
    throw invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', [
      unsupportedValue('propagationPolicy', propagationPolicy, policies),
    ]);
  }
  if (grace !== undefined && !Number.isInteger(Number(grace)))
    throw badRequest('gracePeriodSeconds must be an integer');
  return {
    preconditions: objectAt(given, 'preconditions'),
    propagationPolicy: propagationPolicy as string | undefined,
    gracePeriodSeconds: grace === undefined ? undefined : Number(grace),
    dryRun: [given.dryRun ?? query.getAll('dryRun')].flat().includes('All'),
  };
};

const checkPreconditions = (
  kind: Kind,
  object: KubeObject,
  { uid, resourceVersion }: NonNullable<DeleteOptions['preconditions']>,
): void => {
  const { metadata } = object;
  const named = { group: kind.group, plural: kind.kind };
  if (uid !== undefined && uid !== metadata.uid) {
    throw conflict(
      named,
      metadata.name,
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid ?? ''}). The object might have been deleted and then recreated`,
    );
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    throw conflict(
      named,
      metadata.name,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion ?? ''}). The object might have been modified`,
    );
  }
};

const withPolicy = (finalizers: readonly string[], policy: string | undefined): string[] => {
  if (policy === undefined) return [...finalizers];
  const others = finalizers.filter((name) => name !== 'orphan' && name !== 'foregroundDeletion');
  if (policy === 'Orphan') return [...others, 'orphan'];
  return policy === 'Foreground' ? [...others, 'foregroundDeletion'] : others;
};

const graceOf = (kind: Kind, object: KubeObject, asked: number | undefined): number => {
  if (kind.resource !== '/pods') return 0;
  // A pod that never ran, or has ended, has nothing to shut down.
  if (objectAt(object, 'status').phase !== 'Running') return 0;
  return asked ?? Number(objectAt(object, 'spec').terminationGracePeriodSeconds ?? 30);
};

const success = (kind: Kind, { metadata }: KubeObject): JsonObject => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  details: {
    name: metadata.name,
    ...(kind.group !== '' && { group: kind.group }),
    kind: kind.plural,
    uid: metadata.uid,
  },
});

export type Deletion = { isGone: boolean; body: JsonObject };

/** Removes an object, or marks it when a finalizer, its content or its process must end first. */
export const deleteObject = (
  { store, now }: { store: ObjectStore; now: () => Date },
  kind: Kind,
  key: ObjectKey,
  options: DeleteOptions,
): Deletion => {
  const live = store.get(kind.resource, key);
  if (!live) throw notFound(kind, key.name);
  if (kind.resource === '/namespaces' && lasting.has(key.name)) throw staysHere(key.name);
  checkPreconditions(kind, live, options.preconditions ?? {});
  const finalizers = withPolicy(live.metadata.finalizers ?? [], options.propagationPolicy);
  const grace = graceOf(kind, live, options.gracePeriodSeconds);
  const mustWait = finalizers.length > 0 || grace > 0 || kind.resource === '/namespaces';
  if (!mustWait) {
    if (!options.dryRun) store.remove(kind.resource, live);
    return { isGone: true, body: kind.returnsDeleted ? live : success(kind, live) };
  }
  const marked = copyOf(live);
  const { metadata } = marked;
  const isFirst = metadata.deletionTimestamp === undefined;
  const isSooner = !isFirst && grace < (metadata.deletionGracePeriodSeconds ?? 0);
  if (!isFirst && !isSooner && finalizers.join() === (live.metadata.finalizers ?? []).join())
    return { isGone: false, body: live };
  if (isFirst || isSooner) {
    metadata.deletionTimestamp = timestamp(new Date(now().getTime() + grace * 1000));
    metadata.deletionGracePeriodSeconds = grace;
  }
  if (isFirst && metadata.generation !== undefined) metadata.generation += 1;
  if (finalizers.length > 0) metadata.finalizers = finalizers;
  else delete metadata.finalizers;
  if (kind.resource === '/namespaces') marked.status = { ...objectAt(live, 'status'), phase: 'Terminating' };
  return { isGone: false, body: options.dryRun ? marked : store.put(kind.resource, marked) };
};
