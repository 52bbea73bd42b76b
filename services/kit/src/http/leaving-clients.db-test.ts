import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { collectingLog } from '../testing/sample-api.ts';
import { testApi, type TestApi } from '../testing/test-api.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { ok, publicRoute } from './route.ts';

let database: TestDatabase;
let api: TestApi;
const lines: string[] = [];
let waiting: AbortSignal | undefined;
let failure: Error | undefined;

const routes = [
  publicRoute({
    method: 'get',
    path: '/v1/poll',
    summary: 'Waits until its client leaves',
    responses: { 200: z.object({}) },
    handler: async ({ signal }) => {
      waiting = signal;
      await once(signal, 'abort');
      if (failure) throw failure;
      signal.throwIfAborted();
      return ok({});
    },
  }),
  publicRoute({
    method: 'post',
    path: '/v1/text',
    audit: { none: 'A sample changes nothing' },
    summary: 'Takes a text',
    body: z.strictObject({ text: z.string() }),
    responses: { 200: z.object({}) },
    handler: () => ok({}),
  }),
];

beforeAll(async () => {
  database = await testDatabase('portal_db');
  api = await testApi({ service: 'test', routes, pool: database.pool('svc_portal'), log: collectingLog(lines) });
});
afterAll(async () => {
  await api.close();
  await database.close();
});
beforeEach(() => {
  lines.length = 0;
  waiting = undefined;
  failure = undefined;
});

/** Requests that were measured as left by their client. */
const left = async (): Promise<number> => {
  const { register } = await import('prom-client');
  const { values } = (await register.getSingleMetric('http_request_duration_seconds')?.get()) ?? { values: [] };
  return values
    .filter((one) => 'metricName' in one && String(one.metricName).endsWith('_count') && one.labels.status === 499)
    .reduce((sum, { value }) => sum + value, 0);
};
const isCounted = async (before: number) => vi.waitFor(async () => expect(await left()).toBe(before + 1));

it('ends the work of a handler when the client leaves, and writes no line of it', async () => {
  const before = await left();
  const client = new AbortController();
  const asked = fetch(`${api.url}/api/test/v1/poll`, { signal: client.signal }).catch((error: Error) => error.name);
  await vi.waitFor(() => expect(waiting).toBeDefined());
  client.abort();
  expect(await asked).toBe('AbortError');
  await isCounted(before);
  expect(lines).toEqual([]);
});

it('writes a line of what failed for another reason, though the client has left', async () => {
  failure = new Error('broken');
  const client = new AbortController();
  const asked = fetch(`${api.url}/api/test/v1/poll`, { signal: client.signal }).catch((error: Error) => error.name);
  await vi.waitFor(() => expect(waiting).toBeDefined());
  client.abort();
  await asked;
  await vi.waitFor(() => expect(lines.join('')).toContain('request failed'));
});

it('takes a body that breaks off for a client that left, not for an error', async () => {
  const before = await left();
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const head = [
    'POST /api/test/v1/text HTTP/1.1',
    'host: test',
    'content-type: application/json',
    'content-length: 99',
  ];
  socket.write([...head, '', '{"text":'].join('\r\n'), () => socket.resetAndDestroy());
  await isCounted(before);
  expect(lines).toEqual([]);
});
