import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aTenant } from '../testing/a-tenant.ts';
import { sampleApi, thing, type SampleApi } from '../testing/sample-api.ts';

let api: SampleApi;
beforeAll(async () => {
  api = await sampleApi();
});
afterAll(() => api.close());

const admin = () => ({ actor: { tenantId: api.tenantId } });

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
      const token = await api.tokens.accessToken({ tenantId: api.tenantId }, one);
      expect((await api.call('GET', thing, { token })).body.code).toBe('token.invalid');
    }
  });

  it('no token whose spelling was changed', async () => {
    const token = await api.tokens.accessToken({ tenantId: api.tenantId });
    for (const changed of [`${token}=`, token.replace('.', '..'), token.slice(0, -1), 'a.b.c', `${token} `.repeat(2)])
      expect((await api.call('GET', thing, { token: changed })).status).toBe(401);
  });

  it('no role without the permission, and the permission is named', async () => {
    const { status, body } = await api.call('PATCH', thing, {
      actor: { tenantId: api.tenantId, role: 'billing_viewer' },
      body: { name: 'x' },
    });
    expect([status, body.code, body.detail]).toEqual([
      403,
      'permission.denied',
      'It needs the permission customer.write',
    ]);
  });

  it('no member of a suspended or unknown tenant', async () => {
    const suspended = await aTenant(api.database.administrator, { state: 'suspended' });
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

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('%s in whatever place', async (name) => {
    const places = (answer: { body: { errors: { pointer: string }[] } }) =>
      answer.body.errors.map(({ pointer }) => pointer);
    expect(places(await patch(`{"name":"x","${name}":{"x":1}}`))).toEqual([`/body/${name}`]);
    expect(places(await patch(`{"name":"x","nested":{"deep":1,"${name}":1}}`))).toEqual([`/body/nested/${name}`]);
    expect(places(await api.call('GET', `${thing}?${name}=1`, admin()))).toEqual([`/query/${name}`]);
    expect((await api.call('GET', `/api/test/v1/${name}`, admin())).status).toBe(404);
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

  it('two Host headers, before anything else', async () => {
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    socket.write(`GET ${thing} HTTP/1.1\r\nHost: a.example\r\nhost: a.example\r\nConnection: close\r\n\r\n`);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('There is more than one Host header');
  });

  it('an address that is none, and a method that is not there', async () => {
    expect((await api.call('GET', '/api/test/v1/nothing', admin())).body.code).toBe('route.not-found');
    expect((await api.call('GET', '/api/test/v1/%', admin())).body.code).toBe('route.not-found');
    const wrong = await api.call('DELETE', thing, admin());
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, PATCH']);
  });
});
