import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { applyConfiguration, ownUpdate, type Writer } from '../apply/managed-fields.ts';
import type { KindRegistry } from '../kinds/kind-registry.ts';
import { type Kind } from '../kinds/kind.ts';
import type { ObjectKey, ObjectStore } from '../store/object-store.ts';
import { alreadyExists, ApiError, badRequest, conflict, invalid, invalidValue, notFound } from '../object/api-error.ts';
import { checkGoTypes, pruneObject, readObject, refuseStrictly, type FieldValidation } from './decode.ts';
import { copyOf, timestamp, type KubeObject } from '../object/kube-object.ts';
import {
  checkIdentity,
  ignoredFields,
  inVersion,
  isFinished,
  isolated,
  matchNamespace,
  refuseUndeclared,
  wrongName,
} from './request-checks.ts';
import { fillDefaults, forgetNulls, keepSystemMetadata, nextGeneration, validateObject } from './write-pipeline.ts';

type WriteOptions = {
  manager: string;
  dryRun?: boolean;
  fieldValidation?: FieldValidation;
  subresource?: string | undefined;
  /** Gets the warnings of this request. */
  warn?: (text: string) => void;
};

export type ObjectApi = {
  read(kind: Kind, key: ObjectKey): KubeObject;
  create(kind: Kind, body: unknown, options: WriteOptions & { namespace?: string | undefined }): KubeObject;
  /** Changes an object by what `change` makes of the live one. */
  update(kind: Kind, key: ObjectKey, change: (live: KubeObject) => unknown, options: UpdateOptions): KubeObject;
  apply(
    kind: Kind,
    key: ObjectKey,
    body: unknown,
    options: WriteOptions & { force: boolean },
  ): { object: KubeObject; isNew: boolean };
};

export type UpdateOptions = WriteOptions & {
  /** How unknown fields are refused: a patch is refused differently from a whole object. */
  isPatch?: boolean;
};

const nameAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

const generatedName = (prefix: string): string =>
  prefix.slice(0, 58) + [...randomBytes(5)].map((byte) => nameAlphabet[byte % nameAlphabet.length]).join('');

export const objectApi = ({
  store,
  kinds,
  now,
}: {
  store: ObjectStore;
  kinds: KindRegistry;
  now: () => Date;
}): ObjectApi => {
  const namespaceKind = (): Kind => kinds.ofResource('/namespaces') as Kind;

  const requireNamespace = (namespace: string, kind: Kind, name: string): void => {
    const found = store.get('/namespaces', { name: namespace });
    if (!found) throw notFound(namespaceKind(), namespace);
    if (found.metadata.deletionTimestamp === undefined) return;
    const qualified = kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`;
    throw new ApiError(
      403,
      'Forbidden',
      `${qualified} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
      {
        name,
        ...(kind.group !== '' && { group: kind.group }),
        kind: kind.plural,
        causes: [
          {
            reason: 'NamespaceTerminating',
            message: `namespace ${namespace} is being terminated`,
            field: 'metadata.namespace',
          },
        ],
      },
    );
  };

  const writerOf = (kind: Kind, operation: Writer['operation'], { manager, subresource }: WriteOptions): Writer => ({
    manager,
    operation,
    subresource,
    ignored: ignoredFields(kind, subresource),
    now: now(),
  });

  const known = (kind: Kind, object: KubeObject, options: UpdateOptions): KubeObject => {
    const { fieldValidation = 'Warn', warn } = options;
    const { object: pruned, unknown } = pruneObject(kind, object);
    if (unknown.length > 0 && fieldValidation === 'Strict') {
      if (!options.isPatch) throw refuseStrictly(kind, unknown);
      throw invalid({ group: '', kind: '' }, '', [
        invalidValue('patch', JSON.stringify(object), `strict decoding error: ${unknown.join(', ')}`),
      ]);
    }
    if (fieldValidation === 'Warn') unknown.forEach((text) => warn?.(text));
    return pruned;
  };

  const insert = (
    kind: Kind,
    object: KubeObject,
    options: WriteOptions,
    own: (object: KubeObject) => KubeObject,
  ): KubeObject => {
    const { metadata } = object;
    if (!metadata.name && metadata.generateName) metadata.name = generatedName(metadata.generateName);
    if (!metadata.name) {
      throw invalid(kind, '', [
        {
          field: 'metadata.name',
          reason: 'FieldValueRequired',
          message: 'Required value: name or generateName is required',
        },
      ]);
    }
    if (kind.namespaced) requireNamespace(metadata.namespace ?? '', kind, metadata.name);
    if (metadata.resourceVersion !== undefined)
      throw badRequest('resourceVersion should not be set on objects to be created');
    if (store.get(kind.resource, metadata)) throw alreadyExists(kind, metadata.name);
    for (const field of ['deletionTimestamp', 'deletionGracePeriodSeconds'] as const) delete metadata[field];
    metadata.uid = randomUUID();
    metadata.creationTimestamp = timestamp(now());
    delete metadata.generation;
    if (kind.countsGenerations) metadata.generation = 1;
    if (kind.hasStatus) delete object.status;
    fillDefaults(kind, object);
    kind.rules.onCreate?.(object, now());
    validateObject(kind, object, undefined);
    const owned = own(object);
    return options.dryRun ? owned : store.put(kind.resource, owned);
  };

  /** Stores a changed object, or finds that nothing changed, or that it is gone with its last finalizer. */
  const replace = (
    kind: Kind,
    { live, object }: { live: KubeObject; object: KubeObject },
    dryRun: boolean,
  ): KubeObject => {
    if (isDeepStrictEqual(object, live)) return live;
    const isGone = live.metadata.deletionTimestamp !== undefined && isFinished(kind, object);
    if (dryRun) return object;
    return isGone ? store.remove(kind.resource, object) : store.put(kind.resource, object);
  };

  const prepared = (
    kind: Kind,
    { live, object }: { live: KubeObject; object: KubeObject },
    options: WriteOptions,
  ): KubeObject => {
    const merged = isolated(kind, { live, object }, options.subresource);
    keepSystemMetadata(merged, live);
    fillDefaults(kind, merged);
    if (options.subresource === undefined) kind.rules.onUpdate?.(merged, live);
    const generation = nextGeneration(kind, merged, live);
    if (generation !== undefined) merged.metadata.generation = generation;
    validateObject(kind, merged, live);
    return merged;
  };

  return {
    read: (kind, key) => {
      const object = store.get(kind.resource, key);
      if (!object) throw notFound(kind, key.name);
      return inVersion(kind, object);
    },
    create: (kind, body, options) => {
      const object = readObject(kind, body);
      checkGoTypes(kind, object);
      matchNamespace(kind, object, options.namespace);
      const pruned = forgetNulls(kind, known(kind, object, options));
      return insert(kind, pruned, options, (created) =>
        ownUpdate(undefined, created, kind.schema, writerOf(kind, 'Update', options)),
      );
    },
    update: (kind, key, change, options) => {
      const stored = store.get(kind.resource, key);
      if (!stored) throw notFound(kind, key.name);
      const live = inVersion(kind, stored);
      const object = readObject(kind, change(copyOf(live)));
      checkGoTypes(kind, object);
      checkIdentity(kind, { live, object }, key, { isPatch: options.isPatch ?? false });
      const sent = object.metadata.managedFields;
      const pruned = forgetNulls(kind, known(kind, object, options));
      const merged = prepared(kind, { live, object: pruned }, options);
      if (sent === undefined) delete merged.metadata.managedFields;
      const owned = ownUpdate(live, merged, kind.schema, writerOf(kind, 'Update', options));
      return replace(kind, { live, object: owned }, options.dryRun ?? false);
    },
    apply: (kind, key, body, options) => {
      const applied = readObject(kind, body);
      checkGoTypes(kind, applied);
      if (applied.metadata.managedFields) throw badRequest('metadata.managedFields must be nil');
      applied.metadata.name ??= key.name;
      if (applied.metadata.name !== key.name) throw wrongName(applied.metadata.name, key.name);
      matchNamespace(kind, applied, key.namespace);
      refuseUndeclared(kind, applied);
      const stored = store.get(kind.resource, key);
      const live = stored && inVersion(kind, stored);
      const writer = writerOf(kind, 'Apply', options);
      if (!live) {
        if (options.subresource !== undefined) throw notFound(kind, key.name);
        if (applied.metadata.uid !== undefined)
          throw conflict(
            kind,
            key.name,
            `uid mismatch: the provided object specified uid ${applied.metadata.uid}, and no existing object was found`,
          );
        const { metadata } = applyConfiguration({
          live: undefined,
          applied,
          schema: kind.schema,
          writer,
          force: options.force,
        });
        const object = insert(kind, copyOf(applied), options, (created) => ({
          ...created,
          metadata: { ...created.metadata, ...(metadata.managedFields && { managedFields: metadata.managedFields }) },
        }));
        return { object, isNew: true };
      }
      checkIdentity(kind, { live, object: { ...applied, metadata: { ...live.metadata, ...applied.metadata } } }, key, {
        isPatch: true,
      });
      const result = copyOf(applyConfiguration({ live, applied, schema: kind.schema, writer, force: options.force }));
      const { managedFields } = result.metadata;
      const merged = prepared(kind, { live, object: result }, options);
      if (managedFields) merged.metadata.managedFields = managedFields;
      return { object: replace(kind, { live, object: merged }, options.dryRun ?? false), isNew: false };
    },
  };
};
