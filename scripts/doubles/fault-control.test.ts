import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { faultControl } from './fault-control.ts';
import { listen } from '../loopback/listen.ts';
import type { Listening } from '../loopback/listen.ts';

describe('faults on demand', () => {
  let server: Listening;
  let url: string;
  let effects: string[];

  beforeEach(async () => {
    effects = [];
    const faults = faultControl({ reset: () => void effects.splice(0), now: () => new Date(0) });
    server = await listen(
      faults.around((req, res) => {
        effects.push(`${req.method} ${req.url}`);
        res.setHeader('content-type', 'application/json');
        res.end(JSON.stringify({ ok: true, special: faults.specialOf(req) }));
      }),
      {},
    );
    url = `http://127.0.0.1:${server.port}`;
  });
  afterEach(() => server.close());

  const arm = (rule: object) => fetch(`${url}/_control/faults`, { method: 'POST', body: JSON.stringify(rule) });
  const armed = async () => (await fetch(`${url}/_control/faults`)).json();

  test('a status replaces the reply before the request takes effect, as often as asked', async () => {
    await arm([
      { match: { path: '^/a', count: 2 }, fault: { status: 503, body: { busy: true }, headers: { 'x-why': 'test' } } },
    ]);
    const first = await fetch(`${url}/a?x=1`);
    expect([first.status, await first.json(), first.headers.get('x-why')]).toEqual([503, { busy: true }, 'test']);
    expect((await fetch(`${url}/a`)).status).toBe(503);
    expect((await fetch(`${url}/a`)).status).toBe(200);
    expect((await fetch(`${url}/b`)).status).toBe(200);
    expect(effects).toEqual(['GET /a', 'GET /b']);
    expect(await armed()).toMatchObject([{ hits: 2 }]);
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('a connection dropped %s the effect leaves %i effects', async (dropConnection, expected) => {
    await arm({ match: {}, fault: { dropConnection } });
    await expect(fetch(`${url}/a`, { method: 'POST' })).rejects.toThrow('fetch failed');
    expect(effects).toHaveLength(expected);
    const calls = await (await fetch(`${url}/_control/calls`)).json();
    expect(calls).toMatchObject([{ method: 'POST', path: '/a', status: null }]);
  });

  test('a truncated reply promises its whole length and breaks', async () => {
    await arm({ match: {}, fault: { truncate: 4 } });
    const reply = await fetch(`${url}/a`);
    expect(reply.status).toBe(200);
    await expect(reply.text()).rejects.toThrow('terminated');
    expect(effects).toHaveLength(1);
  });

  test('an HTML page and an empty 200 replace the reply after the effect when asked', async () => {
    await arm([
      { match: { count: 1 }, fault: { html: true, committed: true } },
      { match: { count: 1 }, fault: { empty: true } },
    ]);
    const page = await fetch(`${url}/a`);
    expect(page.headers.get('content-type')).toContain('text/html');
    const empty = await fetch(`${url}/a`);
    expect([empty.status, await empty.text()]).toEqual([200, '']);
    expect(effects).toHaveLength(1);
  });

  test('a fault that is only for the double reaches its handler', async () => {
    await arm({ match: {}, fault: { special: 'bad-signature', delayMs: 1 } });
    expect(await (await fetch(`${url}/a`)).json()).toEqual({ ok: true, special: 'bad-signature' });
  });

  test('reset clears faults, calls and state, and a rule with a typing mistake is refused', async () => {
    expect((await arm({ match: {}, fault: { stauts: 500 } })).status).toBe(400);
    await arm({ match: {}, fault: { status: 500 } });
    await fetch(`${url}/a?code=secret&requestid=r1`);
    expect(await (await fetch(`${url}/_control/calls`)).json()).toMatchObject([
      { query: { code: '…', requestid: 'r1' } },
    ]);
    await fetch(`${url}/_control/reset`, { method: 'POST' });
    expect(await armed()).toEqual([]);
    expect(await (await fetch(`${url}/_control/calls`)).json()).toEqual([]);
  });

  test.each([
    ['a path that is no regular expression', { match: { path: '[' }, fault: { status: 500 } }],
    ['a header that cannot be sent', { match: {}, fault: { headers: { 'x why': 'test' } } }],
    ['a value that cannot be sent', { match: {}, fault: { headers: { 'x-why': 'one\ntwo' } } }],
  ])('%s is refused, and meets no request', async (_title, rule) => {
    expect((await arm(rule)).status).toBe(400);
    expect(await (await fetch(`${url}/a`)).json()).toMatchObject({ ok: true });
  });

  test('a reply that HTTP does not allow breaks the connection and nothing else', async () => {
    await arm({ match: { count: 1 }, fault: { status: 500, headers: { trailer: 'x-why' } } });
    await expect(fetch(`${url}/a`)).rejects.toThrow('fetch failed');
    expect((await fetch(`${url}/a`)).status).toBe(200);
  });

  test('closing ends the connections that clients keep alive', async () => {
    await fetch(`${url}/a`);
    await server.close();
    await expect(fetch(`${url}/a`)).rejects.toThrow('fetch failed');
  });
});
