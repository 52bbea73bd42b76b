import { generateKeyPair } from 'jose';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sql } from '../db/sql.ts';
import { serviceDatabase, type TenantDatabase } from '../db/tenant-database.ts';
import { problem } from '../errors/problem.ts';
import { createLogger } from '../log/logger.ts';
import { aTenant } from '../testing/a-tenant.ts';
import { testApi, type TestApi } from '../testing/test-api.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { created, idempotentRoute, internalRoute, noContent, ok, okVersion, publicRoute, route } from './route.ts';

const Thing = z.object({ id: z.string(), count: z.number() });
let database: TestDatabase;
let api: TestApi;
let tenantId: string;
let suspended: string;
let runs = 0;
const lines: string[] = [];

const routes = (store: TenantDatabase) => [
  route({
    method: 'get',
    path: '/v1/things/{thingId}',
    permission: 'customer.read',
    summary: 'One thing',
    params: z.strictObject({ thingId: z.uuid() }),
    query: z.strictObject({ limit: z.coerce.number().int().max(200).optional() }),
    responses: { 200: z.object({ version: z.number() }) },
    handler: () => okVersion({ version: 7 }),
  }),
  route({
    method: 'patch',
    path: '/v1/things/{thingId}',
    permission: 'customer.write',
    summary: 'Changes a thing',
    ifMatch: 'required',
    params: z.strictObject({ thingId: z.uuid() }),
    body: z.strictObject({ name: z.string().max(5), nested: z.strictObject({ deep: z.number() }).optional() }),
    responses: { 204: null },
    handler: ({ ifMatch }) => {
      if (ifMatch !== 7) throw problem('version.stale');
      return noContent();
    },
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/things',
    permission: 'customer.write',
    summary: 'A new thing',
    database: store,
    body: z.strictObject({ name: z.string(), fail: z.boolean().optional() }),
    responses: { 201: Thing },
    handler: async ({ body }) => {
      runs += 1;
      if (body.fail) throw problem('invoice.wrong-state');
      await new Promise((resolve) => setTimeout(resolve, 20));
      return created({ id: body.name, count: runs });
    },
  }),
  publicRoute({
    method: 'get',
    path: '/v1/open',
    summary: 'Open',
    responses: { 200: z.object({}) },
    handler: () => ok({}),
  }),
  internalRoute({
    method: 'get',
    path: '/v1/inside',
    summary: 'For jobs',
    callers: ['*/billing-job'],
    responses: { 200: z.object({ who: z.string() }) },
    handler: ({ workload }) => ok({ who: workload.namespace }),
  }),
  route({
    method: 'get',
    path: '/v1/broken',
    permission: 'customer.read',
    summary: 'Fails',
    responses: { 200: z.object({}) },
    handler: async ({ scope }) => {
      await store.read(scope, sql`select 'secret-in-sql' from nowhere`);
      return ok({});
    },
  }),
];

beforeAll(async () => {
  database = await testDatabase('portal_db');
  tenantId = await aTenant(database.administrator, { limits: { requestsPerMinute: 100_000 } });
  suspended = await aTenant(database.administrator, { state: 'suspended' });
  const pool = database.pool('svc_portal');
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const log = createLogger({ service: 'test', level: 'info', destination });
  api = await testApi({ service: 'test', routes: routes(serviceDatabase(pool)), pool, log });
});
afterAll(async () => {
  await api.close();
  await database.close();
});

const thing = '/api/test/v1/things/0190a000-0000-7000-8000-000000000001';
const admin = () => ({ actor: { tenantId } });

describe('who may come in', () => {
  it('nobody without a token, and the answer says how', async () => {
    const { status, headers, body } = await api.call('GET', thing);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({ code: 'token.missing', status: 401, requestId: headers.get('x-request-id') });
  });

  it('no token of another issuer, audience, type, key, or time', async () => {
    const other = (await generateKeyPair('ES256')).privateKey;
    const spoilt = [{ issuer: 'http://else' }, { audience: 'else' }, { type: 'JWT' }, { key: other }, { expiresAt: 1 }];
    for (const one of spoilt) {
      const token = await api.tokens.accessToken({ tenantId }, one);
      expect((await api.call('GET', thing, { token })).body.code).toBe('token.invalid');
    }
  });

  it('no token whose spelling was changed', async () => {
    const token = await api.tokens.accessToken({ tenantId });
    for (const changed of [
      `${token}=`,
      token.replace('.', '..'),
      `${token.slice(0, -1)}`,
      'a.b.c',
      `${token} `.repeat(2),
    ])
      expect((await api.call('GET', thing, { token: changed })).status).toBe(401);
  });

  it('no role without the permission, and the permission is named', async () => {
    const { status, body } = await api.call('PATCH', thing, {
      actor: { tenantId, role: 'billing_viewer' },
      body: { name: 'x' },
    });
    expect([status, body.code, body.detail]).toEqual([
      403,
      'permission.denied',
      'It needs the permission customer.write',
    ]);
  });

  it('no member of a suspended or unknown tenant', async () => {
    expect((await api.call('GET', thing, { actor: { tenantId: suspended } })).body.code).toBe('tenant.suspended');
    const unknown = '0190f000-0000-7000-8000-00000000000f';
    expect((await api.call('GET', thing, { actor: { tenantId: unknown } })).body.code).toBe('tenant.unknown');
  });

  it('an internal route only for its service accounts and its audience', async () => {
    const job = { namespace: 'tenant-a', serviceAccount: 'billing-job', audience: 'legendops-test' };
    const call = async (workload: typeof job) =>
      api.call('GET', '/api/test/v1/inside', { token: await api.tokens.serviceToken(workload) });
    expect((await call(job)).body).toEqual({ who: 'tenant-a' });
    expect((await call({ ...job, serviceAccount: 'default' })).status).toBe(403);
    expect((await call({ ...job, audience: 'legendops-portal' })).status).toBe(401);
    expect((await api.call('GET', '/api/test/v1/inside', admin())).status).toBe(401);
  });
});

describe('what is refused as it is written', () => {
  const patch = (body: unknown, headers: Record<string, string> = {}) =>
    api.call('PATCH', thing, { ...admin(), body, headers: { 'if-match': '"v7"', ...headers } });

  it.each<[string, unknown, string, string]>([
    ['broken JSON', '{"name":', '', 'request.malformed-json'],
    ['a wrong type', { name: 7 }, '/body/name', 'request.invalid'],
    ['a text that is too long', { name: 'abcdef' }, '/body/name', 'request.invalid'],
    ['an unknown property', { name: 'x', admin: true }, '/body/admin', 'request.invalid'],
    ['an unknown nested property', { name: 'x', nested: { deep: 1, er: 2 } }, '/body/nested/er', 'request.invalid'],
    ['a missing property', {}, '/body/name', 'request.invalid'],
    ['a list instead of an object', [], '/body', 'request.invalid'],
    ['no body', undefined, '/body/name', 'request.invalid'],
  ])('%s', async (_title, body, pointer, code) => {
    const answer = await patch(body);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
    if (pointer !== '') expect(answer.body.errors.map((one: { pointer: string }) => one.pointer)).toContain(pointer);
  });

  it('another media type, and a body that is too large', async () => {
    expect((await patch('a=b', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await patch({ name: 'x'.repeat(1_100_000) })).status).toBe(413);
  });

  it.each(['?limit=x', '?limit=500', '?unknown=1', '?limit=1&limit=2', '?limit[]=1'])('the query %s', async (query) => {
    const { status, body } = await api.call('GET', `${thing}${query}`, admin());
    expect([status, body.code]).toEqual([400, 'request.invalid']);
  });

  it('an id that is none, every wrong place at once', async () => {
    const { body } = await api.call('PATCH', '/api/test/v1/things/7', {
      ...admin(),
      body: { nme: 'x' },
      headers: { 'if-match': '"v7"' },
    });
    expect(body.errors.map((one: { pointer: string }) => one.pointer)).toEqual([
      '/params/thingId',
      '/body/name',
      '/body/nme',
    ]);
  });

  it('an address that is none, and a method that is not there', async () => {
    expect((await api.call('GET', '/api/test/v1/nothing', admin())).body.code).toBe('route.not-found');
    expect((await api.call('GET', '/api/test/v1/%', admin())).body.code).toBe('route.not-found');
    const wrong = await api.call('DELETE', thing, admin());
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, PATCH']);
  });
});

describe('versions', () => {
  it('a read has a strong ETag, and an unchanged one is not sent again', async () => {
    const first = await api.call('GET', thing, admin());
    expect(first.headers.get('etag')).toBe('"v7"');
    expect((await api.call('GET', thing, { ...admin(), headers: { 'if-none-match': '"v7"' } })).status).toBe(304);
  });

  it.each<[string | undefined, number]>([
    [undefined, 428],
    ['"v6"', 412],
    ['W/"v7"', 412],
    ['*', 412],
    ['"v7"', 204],
  ])('a change with If-Match %s answers %i', async (ifMatch, expected) => {
    const headers: Record<string, string> = ifMatch === undefined ? {} : { 'if-match': ifMatch };
    expect((await api.call('PATCH', thing, { ...admin(), body: { name: 'x' }, headers })).status).toBe(expected);
  });
});

describe('Idempotency-Key', () => {
  const post = (key: string | undefined, body: object) =>
    api.call('POST', '/api/test/v1/things', {
      ...admin(),
      body,
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });

  it('is mandatory', async () => {
    expect((await post(undefined, { name: 'a' })).body.code).toBe('idempotency.missing');
  });

  it('makes a repetition the first answer', async () => {
    const first = await post('k1', { name: 'a' });
    const again = await post('k1', { name: 'a' });
    expect(first.status).toBe(201);
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([201, first.body, 'true']);
  });

  it('refuses another request under the same key', async () => {
    await post('k2', { name: 'a' });
    expect((await post('k2', { name: 'b' })).status).toBe(422);
  });

  it('forgets a request that failed', async () => {
    expect((await post('k3', { name: 'a', fail: true })).status).toBe(409);
    expect((await post('k3', { name: 'a' })).status).toBe(201);
  });

  it('runs once however many come at once', async () => {
    const before = runs;
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('k4', { name: 'a' })));
    expect(runs - before).toBe(1);
    expect(answers.every(({ status, body }) => status === 201 || body.code === 'idempotency.in-flight')).toBe(true);
  });

  it('is per tenant', async () => {
    const other = await aTenant(database.administrator);
    await post('k5', { name: 'a' });
    const theirs = await api.call('POST', '/api/test/v1/things', {
      actor: { tenantId: other },
      body: { name: 'b' },
      headers: { 'idempotency-key': 'k5' },
    });
    expect(theirs.body.id).toBe('b');
  });
});

describe('every answer', () => {
  it('has the security headers, a request id and a trace, errors too', async () => {
    for (const path of [thing, '/api/test/v1/nothing', '/api/test/v1/open']) {
      const { headers } = await api.call('GET', path, {
        ...admin(),
        headers: { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
      });
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('strict-transport-security')).toContain('max-age=');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('traceparent')).toMatch(new RegExp(`^00-${'a'.repeat(32)}-[0-9a-f]{16}-01$`));
    }
  });

  it('says nothing of an unexpected error, which stands in the log with its request', async () => {
    const { status, body, headers } = await api.call('GET', '/api/test/v1/broken', admin());
    expect([status, body.code]).toEqual([500, 'service.failed']);
    expect(JSON.stringify(body)).not.toContain('nowhere');
    const line = lines.find((one) => one.includes(headers.get('x-request-id') ?? 'none'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 'error', tenantId, msg: 'request failed' });
  });

  it('keeps tokens and passwords out of the log', () => {
    const seen: string[] = [];
    const destination = new Writable({
      write: (chunk, _encoding, done) => {
        seen.push(String(chunk));
        done();
      },
    });
    const log = createLogger({ service: 'test', level: 'info', destination });
    log.info(
      { authorization: 'Bearer s3cret', user: { password: 's3cret' }, err: { config: { headers: 's3cret' } } },
      'line',
    );
    expect(seen.join('')).not.toContain('s3cret');
    expect(seen.join('')).toContain('[redacted]');
  });

  it('tells a caller that is too fast when to come back', async () => {
    const slow = await aTenant(database.administrator, { limits: { requestsPerMinute: 3 } });
    const answers = [];
    for (let n = 0; n < 5; n += 1) answers.push(await api.call('GET', thing, { actor: { tenantId: slow } }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    expect(Number(answers[4]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"minute";q=3;w=60');
  });
});

describe('the OpenAPI document', () => {
  it('is 3.1 and says of each operation who may call it and what it answers', async () => {
    const { body } = await api.call('GET', '/api/test/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const patch = body.paths['/api/test/v1/things/{thingId}'].patch;
    expect(patch['x-permission']).toBe('customer.write');
    expect(Object.keys(patch.responses).sort()).toEqual(['204', '400', '401', '403', '404', '412', '428', '429']);
    expect(patch.requestBody.content['application/json'].schema.additionalProperties).toBe(false);
    expect(Object.keys(body.paths)).toHaveLength(5);
  });
});
