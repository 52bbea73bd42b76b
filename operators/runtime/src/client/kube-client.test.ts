import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultMetrics } from '../metrics/runtime-metrics.ts';
import { kubeClient, type KubeClient } from './kube-client.ts';
import type { Resource } from './resource.ts';

const things: Resource = { apiVersion: 'v1', kind: 'Thing', plural: 'things', namespaced: false };
const thing = { metadata: { name: 'a' } };

let server: Server;
let host: string;
let client: KubeClient;
let asked: number;
let answer: RequestListener;
const busy =
  (retryAfter: string): RequestListener =>
  (_request, response) =>
    response.writeHead(429, { 'retry-after': retryAfter }).end(JSON.stringify({ reason: 'TooManyRequests' }));
const well: RequestListener = (_request, response) => response.end(JSON.stringify(thing));

const clientOf = (server: string, options?: { longestMs: number }): Promise<KubeClient> => {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser({ name: 'c', server, skipTLSVerify: true }, { name: 'u' });
  return kubeClient(kubeConfig, options);
};
const countOf = async (labels: Record<string, string>): Promise<number> => {
  const { values } = await defaultMetrics.restRequests.get();
  const matching = values.filter((one) =>
    Object.entries(labels).every(([name, value]) => one.labels[name as 'host'] === value),
  );
  return matching.reduce((sum, { value }) => sum + value, 0);
};

beforeEach(async () => {
  asked = 0;
  answer = well;
  server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = await clientOf(`http://${host}`);
});
afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  server.close();
});

test('a server that asks us to come back is asked again', async () => {
  answer = (request, response) => (asked < 3 ? busy('0') : well)(request, response);
  expect(await client.read(things, { name: 'a' })).toEqual(thing);
  expect(asked).toBe(3);
});

const inHaste = async (): Promise<void> => {
  await client.close();
  client = await clientOf(`http://${host}`, { longestMs: 300 });
};

test('a call takes no longer than it may, whenever the server asks us to come back', async () => {
  await inHaste();
  answer = busy('120');
  const began = performance.now();
  await expect(client.read(things, { name: 'a' })).rejects.toMatchObject({ code: 429, retryAfterMs: 120_000 });
  expect(asked).toBe(1);
  // Who is refused at once would come back at once.
  expect(performance.now() - began).toBeGreaterThan(250);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('a server that does not answer ends the call as well', async () => {
  await inHaste();
  answer = () => undefined;
  await expect(client.read(things, { name: 'a' })).rejects.toThrow();
  expect(asked).toBe(1);
});

test('requests count by host, method and code, and those without an answer as errors', async () => {
  answer = (request, response) => (asked === 1 ? busy('0') : well)(request, response);
  await client.read(things, { name: 'a' });
  answer = (request) => request.destroy();
  await expect(client.create(things, thing)).rejects.toThrow();
  const watching = client.watch(things, { query: {}, signal: AbortSignal.timeout(5_000), onBytes: () => {} });
  await expect(watching[Symbol.asyncIterator]().next()).rejects.toThrow();
  expect(await countOf({ host, method: 'GET', code: '429' })).toBe(1);
  expect(await countOf({ host, method: 'GET', code: '200' })).toBe(1);
  expect(await countOf({ host, method: 'POST', code: '<error>' })).toBe(1);
  expect(await countOf({ host, method: 'WATCH', code: '<error>' })).toBe(1);
});

test.each([
  ['one', '/api/v1/namespaces/one/things'],
  [undefined, '/api/v1/things'],
])('a list and a watch of the namespace %s ask for no other', async (namespace, path) => {
  const paths: string[] = [];
  answer = ({ url = '' }, response) => {
    paths.push(new URL(url, 'http://x').pathname);
    response.end(url.includes('watch=true') ? '' : JSON.stringify({ items: [], metadata: { resourceVersion: '1' } }));
  };
  const inNamespaces = { ...things, namespaced: true };
  await client.list(inNamespaces, {}, namespace);
  const options = { query: {}, namespace, signal: AbortSignal.timeout(30_000), onBytes: () => {} };
  for await (const event of client.watch(inNamespaces, options)) expect(event).toBeUndefined();
  expect(paths).toEqual([path, path]);
});

test('the kubeconfig is asked for its authentication once in a while, and after a refusal', async () => {
  let questions = 0;
  class Asked extends KubeConfig {
    override async applySecurityAuthentication(context: Parameters<KubeConfig['applySecurityAuthentication']>[0]) {
      questions += 1;
      context.setHeaderParam('authorization', `Bearer ${questions}`);
    }
  }
  const kubeConfig = new Asked();
  kubeConfig.loadFromClusterAndUser({ name: 'c', server: `http://${host}`, skipTLSVerify: true }, { name: 'u' });
  const authenticated = await kubeClient(kubeConfig);
  const tokens: (string | undefined)[] = [];
  answer = ({ headers }, response) => {
    tokens.push(headers.authorization);
    response.writeHead(asked === 2 ? 401 : 200).end(JSON.stringify(thing));
  };
  const read = (): Promise<unknown> => authenticated.read(things, { name: 'a' }).catch(() => undefined);
  for (let call = 0; call < 4; call += 1) await read();
  expect(tokens).toEqual(['Bearer 1', 'Bearer 1', 'Bearer 2', 'Bearer 2']);
  await authenticated.close();
});
