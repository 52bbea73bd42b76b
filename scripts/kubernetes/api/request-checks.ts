import { eventInVersion } from '../kinds/event-versions.ts';
import { apiVersionOf, type Kind } from '../kinds/kind.ts';
import type { ObjectKey } from '../store/object-store.ts';
import { ApiError, badRequest, conflict, invalid, invalidValue, modified } from '../object/api-error.ts';
import { undeclaredField } from './decode.ts';
import { copyOf, type KubeObject } from '../object/kube-object.ts';

export const wrongName = (given: string, expected: string): ApiError =>
  badRequest(`the name of the object (${given}) does not match the name on the URL (${expected})`);

export const ignoredFields = (kind: Kind, subresource: string | undefined): string[] => {
  if (subresource === 'status') return Object.keys(kind.schema.properties ?? {}).filter((field) => field !== 'status');
  return kind.hasStatus ? ['status'] : [];
};

/** An object as another version of its kind; without conversion they differ in name alone, Events aside. */
export const inVersion = (kind: Kind, object: KubeObject): KubeObject => {
  const apiVersion = apiVersionOf(kind);
  if (object.apiVersion === apiVersion) return object;
  return kind.resource === '/events' ? eventInVersion(object, apiVersion) : { ...object, apiVersion };
};

export const matchNamespace = (kind: Kind, object: KubeObject, namespace: string | undefined): void => {
  if (!kind.namespaced) {
    delete object.metadata.namespace;
    return;
  }
  const given = object.metadata.namespace;
  if (given !== undefined && namespace !== undefined && given !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  if (namespace !== undefined) object.metadata.namespace = namespace;
};

type Change = { live: KubeObject; object: KubeObject };

export const checkIdentity = (kind: Kind, { live, object }: Change, key: ObjectKey, { isPatch = false } = {}): void => {
  const { metadata } = object;
  metadata.name ??= key.name;
  if (metadata.name !== key.name) throw wrongName(metadata.name, key.name);
  matchNamespace(kind, object, key.namespace);
  const isOther = metadata.uid !== undefined && metadata.uid !== live.metadata.uid;
  if (isOther && !isPatch) {
    throw conflict(
      kind,
      key.name,
      `Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${live.metadata.uid ?? ''}`,
    );
  }
  if (metadata.resourceVersion === undefined && !kind.isBuiltIn) {
    throw invalid({ group: kind.group, kind: kind.plural }, key.name, [
      invalidValue('metadata.resourceVersion', 0, 'must be specified for an update'),
    ]);
  }
  if (metadata.resourceVersion !== undefined && metadata.resourceVersion !== live.metadata.resourceVersion)
    throw modified(kind, key.name);
  // A patch changes the object that is there; that it cannot give it another identity is found by validation.
  if (isOther) throw invalid(kind, key.name, [invalidValue('metadata.uid', metadata.uid, 'field is immutable')]);
};

/** What a request may change: all but the status on the resource, the status alone on the subresource. */
export const isolated = (kind: Kind, { live, object }: Change, subresource: string | undefined): KubeObject => {
  if (subresource === 'status') {
    const { status, ...rest } = copyOf(live);
    return object.status === undefined ? { ...rest } : { ...rest, status: object.status ?? status };
  }
  if (!kind.hasStatus) return object;
  const { status: _, ...rest } = object;
  return live.status === undefined ? rest : { ...rest, status: live.status };
};

export const isFinished = (kind: Kind, { metadata, spec }: KubeObject): boolean => {
  if ((metadata.finalizers?.length ?? 0) > 0) return false;
  if ((metadata.deletionGracePeriodSeconds ?? 0) > 0) return false;
  return kind.resource !== '/namespaces' || !(spec as { finalizers?: unknown[] } | undefined)?.finalizers?.length;
};

export const refuseUndeclared = (kind: Kind, applied: KubeObject): void => {
  const field = undeclaredField(applied, kind.schema);
  if (field === undefined) return;
  const { namespace = '', name } = applied.metadata;
  throw new ApiError(
    500,
    '',
    `failed to create typed patch object (${namespace}/${name}; ${applied.apiVersion}, Kind=${kind.kind}): ${field}: field not declared in schema`,
  );
};
