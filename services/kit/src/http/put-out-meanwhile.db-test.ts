import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { problem } from '../errors/problem.ts';
import { aTenant } from '../testing/a-tenant.ts';
import { testApi, type TestApi } from '../testing/test-api.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { ok, route } from './route.ts';

let database: TestDatabase;
let api: TestApi;
let tenantId: string;
let checks: number;
let hasEnded: boolean;
let acts: number;
let change: PromiseWithResolvers<void>;

const routes = [
  route({
    method: 'post',
    path: '/v1/acts',
    audit: { none: 'A sample changes nothing' },
    permission: 'customer.write',
    summary: 'Takes a text',
    body: z.strictObject({ text: z.string() }),
    responses: { 200: z.object({}) },
    handler: () => {
      acts += 1;
      return ok({});
    },
  }),
  route({
    method: 'get',
    path: '/v1/poll',
    permission: 'customer.read',
    waits: true,
    summary: 'Waits for a change',
    responses: { 200: z.object({}) },
    handler: async () => {
      await change.promise;
      return ok({});
    },
  }),
];

beforeAll(async () => {
  database = await testDatabase('portal_db');
  tenantId = await aTenant(database.administrator);
  api = await testApi({
    service: 'test',
    routes,
    pool: database.pool('svc_portal'),
    checkSession: () => {
      checks += 1;
      if (hasEnded) throw problem('token.invalid');
    },
  });
});
afterAll(async () => {
  await api.close();
  await database.close();
});
beforeEach(async () => {
  checks = 0;
  acts = 0;
  hasEnded = false;
  change = Promise.withResolvers();
  await database.administrator.query("update app.tenants set state = 'active' where id = $1", [tenantId]);
});

const isLetIn = () => vi.waitFor(() => expect(checks).toBe(1));
const suspend = () =>
  database.administrator.query("update app.tenants set state = 'suspended' where id = $1", [tenantId]);
const putOut = async () => {
  hasEnded = true;
};

/** Sends a request whose body ends only after something has happened; the answer. */
const answerTo = async (happens: () => Promise<unknown>): Promise<string> => {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const body = JSON.stringify({ text: 'x' });
  const head = [
    'POST /api/test/v1/acts HTTP/1.1',
    'host: test',
    'connection: close',
    'content-type: application/json',
    `content-length: ${body.length}`,
    `authorization: Bearer ${await api.tokens.accessToken({ tenantId })}`,
  ];
  socket.write([...head, '', body.slice(0, -1)].join('\r\n'));
  await isLetIn();
  await happens();
  socket.write(body.slice(-1));
  return text(socket);
};

it.each([
  ['401', putOut],
  ['403', suspend],
])('who is put out while a body is on its way does nothing by it: %s', async (status, happens) => {
  expect(await answerTo(happens)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(acts).toBe(0);
});

it('whose body was long on its way is let in all the same', async () => {
  expect(await answerTo(async () => undefined)).toMatch(/^HTTP\/1.1 200 /);
  expect(acts).toBe(1);
});

it.each([
  [401, putOut],
  [403, suspend],
])('who is put out while waiting for a change is told of none: %i', async (status, happens) => {
  const asked = api.call('GET', '/api/test/v1/poll', { actor: { tenantId } });
  await isLetIn();
  await happens();
  change.resolve();
  expect((await asked).status).toBe(status);
});

it('who waited and is still there is told', async () => {
  const asked = api.call('GET', '/api/test/v1/poll', { actor: { tenantId } });
  await isLetIn();
  change.resolve();
  expect((await asked).status).toBe(200);
});
