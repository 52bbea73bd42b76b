import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleApi, thing, type SampleApi } from '../testing/sample-api.ts';
import { testApi } from '../testing/test-api.ts';
import { ok, publicRoute } from './route.ts';

let api: SampleApi;
beforeAll(async () => {
  api = await sampleApi();
});
afterAll(() => api.close());

const admin = () => ({ actor: { tenantId: api.tenantId } });
const patch = (body: unknown) => api.call('PATCH', thing, { ...admin(), body, headers: { 'if-match': '"v7"' } });
const keys = (count: number): string => Array.from({ length: count }, (_, n) => `"key${n}":${n}`).join(',');

describe('a problem', () => {
  it('names twenty wrong places and says how many more there are', async () => {
    const { status, body } = await patch(`{"name":"x",${keys(3_000)}}`);
    expect(status).toBe(400);
    expect(body.errors).toHaveLength(20);
    expect(body.furtherErrors).toBe(2_980);
  });

  it('does the same for places of several parts, and says nothing of more where there are none', async () => {
    const { body } = await api.call('PATCH', '/api/test/v1/things/7', {
      ...admin(),
      body: `{${keys(30)}}`,
      headers: { 'if-match': '"v7"' },
    });
    expect([body.errors.length, body.furtherErrors]).toEqual([20, 12]);
    expect((await patch({ name: 7 })).body).not.toHaveProperty('furtherErrors');
  });

  it('shows the beginning of a key, however long it is', async () => {
    const { body } = await patch({ name: 'x', ['k'.repeat(40_000)]: 1 });
    expect(body.errors[0].pointer).toBe(`/body/${'k'.repeat(100)}…`);
    const query = await api.call('GET', `${thing}?${'q'.repeat(5_000)}=1`, admin());
    expect(query.body.errors[0].pointer).toBe(`/query/${'q'.repeat(100)}…`);
  });
});

describe('a body', () => {
  it.each([
    ['of too many properties', `{"name":"x",${keys(4_100)}}`],
    ['of too many items', `{"name":"x","list":[${'1,'.repeat(4_100)}1]}`],
    ['nested too deep', `{"name":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
  ])('%s is refused before a schema looks', async (_how, body) => {
    const answer = await patch(body);
    expect([answer.status, answer.body.errors]).toEqual([
      400,
      [{ pointer: '/body', code: 'too_big', detail: expect.stringMatching(/At most 4096|20 deep/) }],
    ]);
  });

  it('has 64 KiB at most, unless its route declares more', async () => {
    const route = (path: '/v1/usual' | '/v1/large', more: { mostBodyBytes?: number }) =>
      publicRoute({
        method: 'post',
        path,
        audit: { none: 'A sample changes nothing' },
        summary: 'Takes a text',
        body: z.strictObject({ text: z.string() }),
        responses: { 200: z.object({ length: z.number() }) },
        handler: ({ body }) => ok({ length: body.text.length }),
        ...more,
      });
    const sized = await testApi({
      service: 'test',
      routes: [route('/v1/usual', {}), route('/v1/large', { mostBodyBytes: 1_000_000 })],
      pool: api.database.pool('svc_portal'),
    });
    const post = (path: string, length: number) =>
      sized.call('POST', `/api/test${path}`, { body: { text: 'x'.repeat(length) } });
    expect((await post('/v1/usual', 60_000)).status).toBe(200);
    expect((await post('/v1/usual', 70_000)).body).toMatchObject({ status: 413, detail: 'At most 65536 bytes' });
    expect((await post('/v1/large', 900_000)).body).toEqual({ length: 900_000 });
    await sized.close();
  });

  it('of an operation that takes none is refused', async () => {
    const answer = await api.call('DELETE', thing, { ...admin(), body: {} });
    expect(answer.status).toBe(405);
    const posted = await api.call('POST', '/api/test/v1/acts', { body: { a: 1 } });
    expect([posted.status, posted.body.errors]).toEqual([
      400,
      [{ pointer: '/body', code: 'unexpected', detail: 'This operation takes no body' }],
    ]);
    expect((await api.call('POST', '/api/test/v1/acts')).status).toBe(200);
  });
});

describe('a query', () => {
  it.each([
    ['of too many parameters', Array.from({ length: 33 }, (_, n) => `p${n}=1`).join('&')],
    ['that is too long', `limit=${'1'.repeat(9_000)}`],
  ])('%s is refused as a whole', async (_how, query) => {
    const { status, body } = await api.call('GET', `${thing}?${query}`, admin());
    expect([status, body.errors[0].pointer, body.errors[0].code]).toEqual([400, '/query', 'too_big']);
  });
});

it('a connection goes on after a refusal where no body is left to come', async () => {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  const head = (path: string, more: string) => `GET ${path} HTTP/1.1\r\nhost: test\r\n${more}\r\n`;
  socket.write(head('/api/test/v1/nothing', '') + head(thing, '') + head('/api/test/v1/open', 'connection: close\r\n'));
  const answers = await text(socket);
  expect(answers.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 401', 'HTTP/1.1 200']);
});

describe('a body that was announced and does not come', () => {
  /** The whole answer to a head alone: it comes only if nobody waits for the body, and the connection ends with it. */
  const answerTo = async (method: string, path: string, headers: string[]): Promise<string> => {
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const head = [
      `${method} ${path} HTTP/1.1`,
      'host: test',
      'content-type: application/json',
      'content-length: 930000',
    ];
    socket.write([...head, ...headers, '', ''].join('\r\n'));
    return text(socket);
  };

  it('is not waited for by an operation without one, for a caller without a token, nor where it is too large', async () => {
    expect(await answerTo('POST', '/api/test/v1/acts', [])).toMatch(/^HTTP\/1.1 400 /);
    expect(await answerTo('POST', '/api/test/v1/things', [])).toMatch(/^HTTP\/1.1 401 /);
    expect(await answerTo('POST', '/api/test/v1/nothing', [])).toMatch(/^HTTP\/1.1 404 /);
    const token = await api.tokens.accessToken({ tenantId: api.tenantId });
    expect(await answerTo('PATCH', thing, [`authorization: Bearer ${token}`, 'if-match: "v7"'])).toMatch(
      /^HTTP\/1.1 413 /,
    );
  });
});
