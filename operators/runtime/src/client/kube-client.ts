import type { KubeConfig } from '@kubernetes/client-node';
import type { Dispatcher } from 'undici';
import { defaultMetrics, type RuntimeMetrics } from '../metrics/runtime-metrics.ts';
import { connect, type CallOptions } from './connection.ts';
import { readLines } from './read-lines.ts';
import { pathOf, type KubeObject, type ObjectKey, type Resource } from './resource.ts';
import { StatusError, isNotFound, statusErrorFrom } from './status-error.ts';

export interface ListPage<Kind> {
  items: Kind[];
  resourceVersion: string;
  continue: string | undefined;
}

export type WatchEvent<Kind> = { type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; object: Kind };

export interface ApplyOptions {
  fieldManager: string;
  /** Takes fields over from other managers; only for fields that are ours by design. */
  force: boolean;
  subresource?: 'status';
}

export interface Preconditions {
  uid: string;
  resourceVersion?: string;
}

export interface WatchOptions {
  query: Record<string, string>;
  /** All namespaces, unless one is named. */
  namespace?: string | undefined;
  signal: AbortSignal;
  /** Told of every piece that comes. */
  onBytes: () => void;
}

export interface KubeClient {
  /** Undefined when there is no such object. */
  read<Kind extends KubeObject>(resource: Resource<Kind>, key: ObjectKey): Promise<Kind | undefined>;
  /** One page, of one namespace when it is named. */
  list<Kind extends KubeObject>(
    resource: Resource<Kind>,
    query: Record<string, string>,
    namespace?: string,
  ): Promise<ListPage<Kind>>;
  create<Kind extends KubeObject>(
    resource: Resource<Kind>,
    object: Kind,
    options?: { fieldManager?: string },
  ): Promise<Kind>;
  /** Server-side apply with strict field validation. */
  apply<Kind extends KubeObject>(resource: Resource<Kind>, object: Kind, options: ApplyOptions): Promise<Kind>;
  /** Replaces with optimistic concurrency: the object's resourceVersion must be the current one. */
  update<Kind extends KubeObject>(
    resource: Resource<Kind>,
    object: Kind,
    options?: { fieldManager?: string },
  ): Promise<Kind>;
  /** Fields as given, lists as a whole. */
  mergePatch<Kind extends KubeObject>(
    resource: Resource<Kind>,
    key: ObjectKey,
    patch: unknown,
    options?: { fieldManager?: string; subresource?: 'status' },
  ): Promise<Kind>;
  /** False when it was gone already. A precondition that does not hold is a Conflict. */
  remove(resource: Resource, key: ObjectKey, preconditions: Preconditions): Promise<boolean>;
  /** One watch stream; ends when the server ends it, throws StatusError for an ERROR event. */
  watch<Kind extends KubeObject>(resource: Resource<Kind>, options: WatchOptions): AsyncIterable<WatchEvent<Kind>>;
  close(): Promise<void>;
}

export interface KubeClientOptions {
  /** Of one call with all its attempts and the waits that the server asks for; half of what a reconciliation may take. */
  longestMs?: number;
  metrics?: RuntimeMetrics;
}

const deadlineMs = 15_000;
const attempts = 4;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

// The server asks us to come back; everything else is the caller's to judge.
const isBusy = (status: number): boolean => status === 429 || status === 503;

const managerQuery = (fieldManager: string | undefined): string =>
  fieldManager === undefined ? '' : `?${new URLSearchParams({ fieldManager })}`;

const acceptOf = ({ metadataOnly }: Resource, form: string): Record<string, string> =>
  metadataOnly ? { accept: `application/json;as=${form};g=meta.k8s.io;v=v1` } : {};

export const kubeClient = async (
  kubeConfig: KubeConfig,
  { longestMs = 30_000, metrics = defaultMetrics }: KubeClientOptions = {},
): Promise<KubeClient> => {
  const connection = await connect(kubeConfig);

  const counted = async (options: CallOptions): Promise<Dispatcher.ResponseData> => {
    const labels = { method: options.purpose === 'watch' ? 'WATCH' : options.method, host: connection.host };
    try {
      const response = await connection.call(options);
      metrics.restRequests.inc({ ...labels, code: String(response.statusCode) });
      return response;
    } catch (error) {
      metrics.restRequests.inc({ ...labels, code: '<error>' });
      throw error;
    }
  };

  const send = async (options: Omit<CallOptions, 'signal' | 'purpose'>): Promise<unknown> => {
    const began = performance.now();
    const leftMs = (): number => longestMs - (performance.now() - began);
    for (let attempt = 1; ; attempt += 1) {
      const signal = AbortSignal.timeout(Math.min(deadlineMs, Math.max(1, Math.floor(leftMs()))));
      const response = await counted({ ...options, purpose: 'call', signal });
      const text = await response.body.text();
      if (response.statusCode < 300) return JSON.parse(text) as unknown;
      const error = statusErrorFrom(response.statusCode, text, response.headers['retry-after']?.toString());
      if (!isBusy(response.statusCode) || attempt === attempts) throw error;
      const askedMs = (error.retryAfterMs ?? 250 * 2 ** attempt) * (0.8 + Math.random() * 0.4);
      const waitMs = Math.min(askedMs, leftMs());
      await pause(waitMs);
      // Not before the wait: whoever fails at once has the next key ask a busy server.
      if (waitMs < askedMs) throw error;
    }
  };

  const write = (method: Dispatcher.HttpMethod, path: string, contentType: string, body: unknown) =>
    send({ method, path, headers: { 'content-type': contentType }, body: JSON.stringify(body) });

  return {
    read: async (resource, key) => {
      try {
        return (await send({ method: 'GET', path: pathOf(resource, key) })) as never;
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },
    list: async (resource, query, namespace) => {
      const page = (await send({
        method: 'GET',
        path: `${pathOf(resource, { namespace })}?${new URLSearchParams(query)}`,
        headers: acceptOf(resource, 'PartialObjectMetadataList'),
      })) as {
        items: never[] | null;
        metadata: { resourceVersion: string; continue?: string };
      };
      return {
        // An empty list of metadata says null.
        items: page.items ?? [],
        resourceVersion: page.metadata.resourceVersion,
        continue: page.metadata.continue || undefined,
      };
    },
    create: async (resource, object, { fieldManager } = {}) => {
      const { namespace } = object.metadata;
      const path = `${pathOf(resource, { namespace })}${managerQuery(fieldManager)}`;
      return (await write('POST', path, 'application/json', object)) as never;
    },
    apply: async (resource, object, { fieldManager, force, subresource }) => {
      const query = new URLSearchParams({ fieldManager, force: String(force), fieldValidation: 'Strict' });
      const body = { apiVersion: resource.apiVersion, kind: resource.kind, ...object };
      return (await write(
        'PATCH',
        `${pathOf(resource, object.metadata, subresource)}?${query}`,
        'application/apply-patch+yaml',
        body,
      )) as never;
    },
    update: async (resource, object, { fieldManager } = {}) => {
      const path = `${pathOf(resource, object.metadata)}${managerQuery(fieldManager)}`;
      return (await write('PUT', path, 'application/json', object)) as never;
    },
    mergePatch: async (resource, key, patch, { fieldManager, subresource } = {}) => {
      const path = `${pathOf(resource, key, subresource)}${managerQuery(fieldManager)}`;
      return (await write('PATCH', path, 'application/merge-patch+json', patch)) as never;
    },
    remove: async (resource, key, preconditions) => {
      try {
        await write('DELETE', pathOf(resource, key), 'application/json', {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          preconditions,
          propagationPolicy: 'Background',
        });
        return true;
      } catch (error) {
        if (isNotFound(error)) return false;
        throw error;
      }
    },
    watch: async function* watch<Kind>(resource: Resource, { query, namespace, signal, onBytes }: WatchOptions) {
      const path = `${pathOf(resource, { namespace })}?${new URLSearchParams({ ...query, watch: 'true', allowWatchBookmarks: 'true' })}`;
      const response = await counted({
        method: 'GET',
        path,
        headers: acceptOf(resource, 'PartialObjectMetadata'),
        purpose: 'watch',
        signal,
      });
      if (response.statusCode >= 300) {
        throw statusErrorFrom(
          response.statusCode,
          await response.body.text(),
          response.headers['retry-after']?.toString(),
        );
      }
      for await (const line of readLines(response.body, onBytes)) {
        const event = JSON.parse(line) as {
          type: string;
          object: { code?: number; reason?: string; message?: string };
        };
        if (event.type === 'ERROR') {
          throw new StatusError({
            code: event.object.code ?? 500,
            reason: event.object.reason ?? 'Unknown',
            message: event.object.message ?? 'The watch failed',
          });
        }
        yield event as WatchEvent<Kind>;
      }
    },
    close: () => connection.close(),
  };
};
