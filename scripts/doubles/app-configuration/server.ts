import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import type { DoubleOptions } from '../../loopback/double-options.ts';
import { listen } from '../../loopback/listen.ts';
import { faultControl, type FaultControl } from '../fault-control.ts';

export type StoredKey = { key: string; value: string; contentType?: string };

export type AppConfigurationOptions = DoubleOptions & {
  tls: { cert: string; key: string };
  tenantId: string;
  jwks: () => JSONWebKeySet | Promise<JSONWebKeySet>;
  /** Client ids with the role App Configuration Data Reader. */
  readers: readonly string[];
  pageSize?: number;
};

export type AppConfiguration = {
  url: string;
  /** Adds or replaces, as a person does in the portal. */
  put: (...stored: StoredKey[]) => void;
  remove: (key: string) => void;
  readers: Set<string>;
  faults: FaultControl;
  close: () => Promise<void>;
};

export const flagKey = (feature: string, enabled: boolean, filters: object[] = []): StoredKey => ({
  key: `.appconfig.featureflag/${feature}`,
  value: JSON.stringify({ id: feature, enabled, conditions: { client_filters: filters } }),
  contentType: 'application/vnd.microsoft.appconfig.ff+json;charset=utf-8',
});

export const referenceKey = (key: string, uri: string): StoredKey => ({
  key,
  value: JSON.stringify({ uri }),
  contentType: 'application/vnd.microsoft.appconfig.keyvaultref+json;charset=utf-8',
});

const audience = 'https://appconfig.azure.com';
const etagOf = (stored: StoredKey): string => createHash('sha256').update(JSON.stringify(stored)).digest('base64url');

const problem = (response: ServerResponse, status: number, title: string): void => {
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ title, status }));
};

/** The data plane that readers use, api-version 2026-04-01: one key by its etag, and keys by filters, page by page. */
export async function startAppConfiguration(options: AppConfigurationOptions): Promise<AppConfiguration> {
  const { tenantId, jwks, now = () => new Date(), pageSize = 100 } = options;
  const stored = new Map<string, StoredKey>();
  const readers = new Set(options.readers);
  const faults = faultControl({ reset: () => stored.clear(), now });
  const shown = (one: StoredKey) => ({
    etag: etagOf(one),
    key: one.key,
    label: null,
    content_type: one.contentType ?? null,
    value: one.value,
    tags: {},
    locked: false,
    last_modified: now().toISOString(),
  });

  const callerOf = async ({ headers }: IncomingMessage): Promise<string> => {
    const [, token = ''] = (headers.authorization ?? '').split(' ');
    const { payload } = await jwtVerify(token, createLocalJWKSet(await jwks()), {
      audience,
      issuer: `https://sts.windows.net/${tenantId}/`,
      currentDate: now(),
    });
    return z.string().parse(payload.appid ?? payload.azp);
  };
  const one = (key: string, request: IncomingMessage, response: ServerResponse): void => {
    const found = stored.get(key);
    if (!found) return problem(response, 404, 'Not found');
    const etag = `"${etagOf(found)}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    response
      .writeHead(200, { 'content-type': 'application/vnd.microsoft.appconfig.kv+json', etag })
      .end(JSON.stringify(shown(found)));
  };
  const list = (query: URLSearchParams, response: ServerResponse): void => {
    const filter = query.get('key') ?? '*';
    const after = query.get('After') ?? query.get('after') ?? '';
    const matching = [...stored.values()]
      .filter(({ key }) => (filter.endsWith('*') ? key.startsWith(filter.slice(0, -1)) : key === filter))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1))
      .filter(({ key }) => key > after);
    const page = matching.slice(0, pageSize);
    const last = page.at(-1);
    const next =
      last !== undefined && matching.length > pageSize
        ? { '@nextLink': `/kv?api-version=2026-04-01&after=${encodeURIComponent(last.key)}` }
        : {};
    response
      .writeHead(200, { 'content-type': 'application/vnd.microsoft.appconfig.kvset+json' })
      .end(JSON.stringify({ items: page.map(shown), ...next }));
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'https://double');
    const caller = await callerOf(request).catch(() => undefined);
    if (caller === undefined) return problem(response, 401, 'Unauthorized');
    if (!readers.has(caller)) return problem(response, 403, 'Forbidden');
    if (!url.searchParams.get('api-version')) return problem(response, 400, 'api-version is required');
    if (request.method === 'GET' && url.pathname === '/kv') return list(url.searchParams, response);
    const [, kind, key] = url.pathname.split('/');
    if (request.method !== 'GET' || kind !== 'kv' || key === undefined) return problem(response, 405, 'Readers read');
    one(decodeURIComponent(key), request, response);
  };
  const server = await listen(
    faults.around((request, response) => void answer(request, response).catch(() => response.destroy())),
    { port: options.port, host: options.host, tls: options.tls },
  );
  return {
    url: `https://localhost:${server.port}`,
    put: (...more) => {
      for (const each of more) stored.set(each.key, each);
    },
    remove: (key) => void stored.delete(key),
    readers,
    faults,
    close: server.close,
  };
}
