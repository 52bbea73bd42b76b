import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok, publicRoute } from './route.ts';
import { memberId, testApi } from '../testing/test-api.ts';
import { aTenant } from '../testing/a-tenant.ts';
import { collectingLog, sampleApi, thing, type SampleApi } from '../testing/sample-api.ts';

let api: SampleApi;
beforeAll(async () => {
  api = await sampleApi();
});
afterAll(() => api.close());

const admin = () => ({ actor: { tenantId: api.tenantId } });

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
    const before = api.runs();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('k4', { name: 'a' })));
    expect(api.runs() - before).toBe(1);
    expect(answers.every(({ status, body }) => status === 201 || body.code === 'idempotency.in-flight')).toBe(true);
  });

  it('is one person’s: to another it is no answer of theirs', async () => {
    const mine = await post('k6', { name: 'a' });
    const theirs = await api.call('POST', '/api/test/v1/things', {
      actor: { tenantId: api.tenantId, memberId: '0190c000-0000-7000-8000-0000000000bb' },
      body: { name: 'a' },
      headers: { 'idempotency-key': 'k6' },
    });
    expect([mine.status, theirs.status, theirs.body.code]).toEqual([201, 422, 'idempotency.reused']);
  });

  it('is per tenant', async () => {
    const other = await aTenant(api.database.administrator);
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
    const line = api.lines.find((one) => one.includes(headers.get('x-request-id') ?? 'none'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      level: 'error',
      tenantId: api.tenantId,
      memberId,
      msg: 'request failed',
    });
  });

  it('keeps tokens and passwords out of the log', () => {
    const seen: string[] = [];
    const log = collectingLog(seen);
    log.info(
      { authorization: 'Bearer s3cret', user: { password: 's3cret' }, err: { config: { headers: 's3cret' } } },
      'line',
    );
    expect(seen.join('')).not.toContain('s3cret');
    expect(seen.join('')).toContain('[redacted]');
  });

  it('tells a caller that is too fast when to come back', async () => {
    const slow = await aTenant(api.database.administrator, { limits: { requestsPerMinute: 6 } });
    const ask = async (times: number, memberId: string) => {
      const answers = [];
      for (let n = 0; n < times; n += 1)
        answers.push(await api.call('GET', thing, { actor: { tenantId: slow, memberId } }));
      return answers;
    };
    const [ada, eve, bob] = ['a', 'b', 'c'].map((digit) => `0190c000-0000-7000-8000-00000000000${digit}`) as [
      string,
      string,
      string,
    ];
    const script = await ask(5, ada);
    expect(script.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    expect(Number(script[4]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(script[0]?.headers.get('ratelimit-policy')).toBe('"person";q=3;w=60, "tenant";q=6;w=60');
    // Half of it is left to the colleagues, and no more than that to all of them.
    expect((await ask(2, eve)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await ask(2, bob)).map(({ status }) => status)).toEqual([200, 429]);
  });

  it('counts the guests of one customer as one person, so that they do not lock the organisation out', async () => {
    const tenantId = await aTenant(api.database.administrator, { limits: { requestsPerMinute: 8 } });
    const ask = async (digit: string, customer?: string): Promise<number> => {
      const customerId = customer && `0190f000-0000-7000-8000-0000000000c${customer}`;
      const memberId = `0190c000-0000-7000-8000-00000000000${digit}`;
      return (
        await api.call('GET', thing, {
          actor: { tenantId, memberId, customerId, role: customerId ? 'guest' : 'support_user' },
        })
      ).status;
    };
    const guests = [];
    for (const digit of ['a', 'b', 'a', 'b', 'a', 'b']) guests.push(await ask(digit, '1'));
    expect(guests).toEqual([200, 200, 200, 200, 429, 429]);
    expect([await ask('c', '2'), await ask('d')]).toEqual([200, 200]);
  });
});

describe('callers without a token', () => {
  const open = publicRoute({
    method: 'get',
    path: '/v1/open',
    summary: 'Open',
    responses: { 200: z.object({}) },
    handler: () => ok({}),
  });
  const ask = async (trustedProxyHops: number, forwarded: (n: number) => string): Promise<number[]> => {
    const proxied = await testApi({
      service: 'test',
      routes: [open],
      pool: api.database.pool('svc_portal'),
      trustedProxyHops,
    });
    const answers = await Promise.all(
      Array.from({ length: 610 }, (_, n) =>
        proxied.call('GET', '/api/test/v1/open', { headers: { 'x-forwarded-for': forwarded(n) } }),
      ),
    );
    await proxied.close();
    return answers.map(({ status }) => status);
  };

  it('are counted by the address that our own proxy saw, not by what they wrote', async () => {
    expect(await ask(1, (n) => `198.51.100.${n % 250}, 203.0.113.${n % 2}`)).not.toContain(429);
    expect(await ask(1, (n) => `198.51.100.${n % 250}, 203.0.113.1`)).toContain(429);
    expect(await ask(0, (n) => `203.0.113.${n % 250}`)).toContain(429);
  });
});

it('a table begins with the mark by which a spreadsheet knows that it is UTF-8', async () => {
  const table = publicRoute({
    method: 'get',
    path: '/v1/table',
    summary: 'Table',
    responses: { 200: null },
    handler: async () => ({ status: 200, csv: { name: 'table.csv', text: '"Zürich"\r\n' } }),
  });
  const tables = await testApi({ service: 'test', routes: [table], pool: api.database.pool('svc_portal') });
  const answer = await fetch(`${tables.url}/api/test/v1/table`);
  expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe('\ufeff"Zürich"\r\n');
  await tables.close();
});

describe('the OpenAPI document', () => {
  it('is 3.1 and says of each operation who may call it and what it answers', async () => {
    const { body } = await api.call('GET', '/api/test/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const patch = body.paths['/api/test/v1/things/{thingId}'].patch;
    expect(patch['x-permission']).toBe('customer.write');
    expect(Object.keys(patch.responses).sort()).toEqual([
      '204',
      '400',
      '401',
      '403',
      '404',
      '405',
      '412',
      '413',
      '415',
      '428',
      '429',
      '500',
      '503',
    ]);
    expect(patch.requestBody.content['application/json'].schema.additionalProperties).toBe(false);
    expect(Object.keys(body.paths)).toHaveLength(7);
  });

  it('names the headers that a request must have', async () => {
    const { paths } = (await api.call('GET', '/api/test/openapi.json')).body;
    const headersOf = (operation: { parameters?: { in: string; name: string; required: boolean }[] }) =>
      (operation.parameters ?? []).filter((one) => one.in === 'header').map(({ name, required }) => [name, required]);
    expect(headersOf(paths['/api/test/v1/things'].post)).toEqual([['idempotency-key', true]]);
    expect(headersOf(paths['/api/test/v1/things/{thingId}'].patch)).toEqual([['if-match', true]]);
    expect(headersOf(paths['/api/test/v1/things/{thingId}'].get)).toEqual([]);
  });
});
