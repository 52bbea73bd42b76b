import { ownEntry } from '@legendops/kit/contract/own-entry';
import {
  badRequest,
  invalid,
  methodNotAllowed,
  requiredValue,
  unsupportedMediaType,
  ApiError,
} from '../object/api-error.ts';
import { parseBody, type FieldValidation } from '../api/decode.ts';
import { admitDeletion } from '../api/admission-policies.ts';
import { deleteObject, readDeleteOptions } from '../api/deletion.ts';
import { isObject, type KubeObject } from '../object/kube-object.ts';
import type { UpdateOptions } from '../api/object-api.ts';
import { apiVersionOf, type Kind } from '../kinds/kind.ts';
import { patched, type PatchKind } from '../patch/apply-patch.ts';
import type { ObjectKey } from '../store/object-store.ts';
import type { ClusterState } from '../api/cluster-state.ts';
import { addWarning, sendJson, sendText, type Exchange } from './exchange.ts';
import { listObjects } from './list-objects.ts';
import { objectText } from './object-text.ts';
import { readObjectBody, readOptionsBody } from './request-body.ts';
import { partialOf, presentationOf, tableOf, type Presentation } from './table.ts';
import { watchObjects } from './watch-objects.ts';

export type Located = {
  kind: Kind;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
};

export type OpenStreams = { open: (end: () => void) => () => void; bookmarkMs: number };

const patchKinds: Readonly<Record<string, PatchKind>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
};

const presented = ({ accept }: Exchange): Presentation => {
  const presentation = presentationOf(accept);
  if (presentation) return presentation;
  throw new ApiError(406, 'NotAcceptable', 'only the following media types are accepted: application/json', {});
};

const booleanAt = (query: URLSearchParams, name: string): boolean => ['true', '1'].includes(query.get(name) ?? '');

const fieldValidations = new Set(['Strict', 'Warn', 'Ignore', '']);

const optionsOf = (exchange: Exchange, subresource: string | undefined): UpdateOptions => {
  const { query, userAgent } = exchange;
  const validation = query.get('fieldValidation') ?? '';
  if (!fieldValidations.has(validation)) throw badRequest(`invalid fieldValidation: ${validation}`);
  const dryRun = query.getAll('dryRun');
  if (dryRun.some((value) => value !== 'All')) throw badRequest('dryRun: Unsupported value: supported values: "All"');
  return {
    manager: query.get('fieldManager') || (userAgent.split('/')[0] ?? '') || 'unknown',
    dryRun: dryRun.length > 0,
    ...(validation !== '' && { fieldValidation: validation as FieldValidation }),
    subresource,
    warn: (text) => addWarning(exchange, text),
  };
};

/** The verbs of a resource and of its status. */
export const resourceRoutes = (cluster: ClusterState, streams: OpenStreams) => {
  const { store, objects, now } = cluster;

  const sendObject = (exchange: Exchange, kind: Kind, object: KubeObject, status = 200): void => {
    const presentation = presented(exchange);
    if (presentation === 'object') return sendJson(exchange, status, object);
    if (presentation === 'partial') return sendJson(exchange, status, partialOf(object));
    const includeObject = exchange.query.get('includeObject') ?? 'Metadata';
    const { resourceVersion } = object.metadata;
    return sendJson(
      exchange,
      status,
      tableOf(kind, [object], { resourceVersion }, { includeObject, withColumns: true, now: now() }),
    );
  };

  const list = (exchange: Exchange, { kind, namespace }: Located): void => {
    const presentation = presented(exchange);
    const { query } = exchange;
    const page = listObjects(store, kind, namespace, query);
    if (presentation === 'table') {
      const includeObject = query.get('includeObject') ?? 'Metadata';
      return sendJson(
        exchange,
        200,
        tableOf(kind, page.objects, page.metadata, { includeObject, withColumns: true, now: now() }),
      );
    }
    const isPartial = presentation === 'partial';
    const items = page.objects.map((object) => (isPartial ? JSON.stringify(partialOf(object)) : objectText(object)));
    const head = isPartial
      ? { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata: page.metadata }
      : { kind: kind.listKind, apiVersion: apiVersionOf(kind), metadata: page.metadata };
    // Go has no items where it converted none.
    const text = isPartial && items.length === 0 ? 'null' : `[${items.join(',')}]`;
    return sendText(exchange, 200, `${JSON.stringify(head).slice(0, -1)},"items":${text}}`);
  };

  const create = async (exchange: Exchange, { kind, namespace }: Located): Promise<void> => {
    const body = await readObjectBody(exchange, kind.schema.model);
    sendObject(exchange, kind, objects.create(kind, body, { ...optionsOf(exchange, undefined), namespace }), 201);
  };

  const put = async (exchange: Exchange, { kind, subresource }: Located, key: ObjectKey): Promise<void> => {
    const body = await readObjectBody(exchange, kind.schema.model);
    sendObject(
      exchange,
      kind,
      objects.update(kind, key, () => body, optionsOf(exchange, subresource)),
    );
  };

  const apply = async (exchange: Exchange, { kind, subresource }: Located, key: ObjectKey): Promise<void> => {
    const { query } = exchange;
    const body = parseBody(await exchange.body(), true);
    if (!query.get('fieldManager')) {
      throw invalid({ group: 'meta.k8s.io', kind: 'PatchOptions' }, '', [
        requiredValue('fieldManager', 'is required for apply patch'),
      ]);
    }
    const { object, isNew } = objects.apply(kind, key, body, {
      ...optionsOf(exchange, subresource),
      force: booleanAt(query, 'force'),
    });
    sendObject(exchange, kind, object, isNew ? 201 : 200);
  };

  const patch = async (exchange: Exchange, located: Located, key: ObjectKey): Promise<void> => {
    const { kind, subresource } = located;
    const { contentType } = exchange;
    if (contentType === 'application/apply-patch+yaml') return apply(exchange, located, key);
    const how = ownEntry(patchKinds, contentType);
    if (!how || (how === 'strategic' && !kind.isBuiltIn)) {
      const accepted = Object.keys(patchKinds).filter((type) => kind.isBuiltIn || patchKinds[type] !== 'strategic');
      throw unsupportedMediaType([...accepted, 'application/apply-patch+yaml']);
    }
    const change = parseBody(await exchange.body(), false);
    const updated = objects.update(kind, key, (live) => patched(live, change, { kind: how, schema: kind.schema }), {
      ...optionsOf(exchange, subresource),
      isPatch: true,
    });
    return sendObject(exchange, kind, updated);
  };

  const remove = async (exchange: Exchange, { kind }: Located, key: ObjectKey): Promise<void> => {
    const options = readDeleteOptions(await readOptionsBody(exchange), exchange.query);
    const live = store.get(kind.resource, key);
    if (live) admitDeletion(store, kind, live);
    const { body } = deleteObject(cluster, kind, key, options);
    // A Status is the same in every presentation.
    if (isObject(body.metadata) && 'name' in body.metadata) sendObject(exchange, kind, body as KubeObject);
    else sendJson(exchange, 200, body);
  };

  const removeAll = async (exchange: Exchange, located: Located): Promise<void> => {
    const { kind, namespace } = located;
    const options = readDeleteOptions(await readOptionsBody(exchange), exchange.query);
    const { objects: found, metadata } = listObjects(store, kind, namespace, exchange.query);
    const gone = found.map((object) => ({ ...object }));
    for (const object of found) {
      admitDeletion(store, kind, object);
      deleteObject(cluster, kind, object.metadata, options);
    }
    sendJson(exchange, 200, { kind: kind.listKind, apiVersion: apiVersionOf(kind), metadata, items: gone });
  };

  const isWatch = (query: URLSearchParams): boolean => booleanAt(query, 'watch');

  const watch = (exchange: Exchange, { kind, namespace }: Located): void =>
    watchObjects(exchange, {
      store,
      kind,
      namespace,
      presentation: presented(exchange),
      now,
      onOpen: streams.open,
      bookmarkMs: streams.bookmarkMs,
    });

  return async (exchange: Exchange, located: Located): Promise<void> => {
    const { kind, name, namespace, subresource } = located;
    const { method, query } = exchange;
    const verb = verbOf(method, { hasName: name !== undefined, isWatch: isWatch(query) });
    const allowed =
      subresource === undefined
        ? kind.verbs
        : (kind.subresources.find((each) => each.name === subresource)?.verbs ?? []);
    if (verb === undefined || !allowed.includes(verb)) throw methodNotAllowed();
    if (kind.namespaced && namespace === undefined && name !== undefined) throw methodNotAllowed();
    if (name === undefined) {
      if (verb === 'list') return list(exchange, located);
      if (verb === 'watch') return watch(exchange, located);
      return verb === 'create' ? create(exchange, located) : removeAll(exchange, located);
    }
    const key = { name, ...(kind.namespaced && { namespace }) };
    if (verb === 'get') return sendObject(exchange, kind, objects.read(kind, key));
    if (verb === 'update') return put(exchange, located, key);
    return verb === 'patch' ? patch(exchange, located, key) : remove(exchange, located, key);
  };
};

const verbOf = (method: string, { hasName, isWatch }: { hasName: boolean; isWatch: boolean }): string | undefined => {
  if (hasName) return { GET: 'get', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }[method];
  if (method === 'GET') return isWatch ? 'watch' : 'list';
  return { POST: 'create', DELETE: 'deletecollection' }[method];
};
