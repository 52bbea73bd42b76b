import { createServer, request as forward } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { followRevocations, knownForMs } from '@legendops/kit/auth/follow-revocations';
import type { Sessions } from '@legendops/kit/auth/session-check';
import { listen, type Listening } from '@legendops/kit/http/listen';
import { ok, route } from '@legendops/kit/http/route';
import { silentLog } from '@legendops/kit/testing/silent-log';
import { testApi, type TestApi } from '@legendops/kit/testing/test-api';
import { authWorld, invitationSecret, northwind, type AuthWorld, type Browser } from '../testing/auth-world.ts';

// Two replicas of another service, which know the auth service by its internal address alone.
interface Replica {
  api: TestApi;
  sessions: Sessions;
}
let world: AuthWorld;
let replicas: Replica[];
let authAddress: Listening;
let isAuthDown = false;
// How far the replicas' clock is ahead: what would else have to be waited for.
let aheadMs = 0;

const things = route({
  method: 'get',
  path: '/v1/things',
  permission: 'session.read',
  summary: 'Things',
  responses: { 200: z.object({}) },
  handler: () => ok({}),
});

const replica = async (): Promise<Replica> => {
  const sessions = followRevocations({
    url: `http://127.0.0.1:${authAddress.port}`,
    token: () =>
      world.internalApi.tokens.serviceToken({
        namespace: 'legendops',
        serviceAccount: 'portal',
        audience: 'legendops-auth',
      }),
    log: silentLog,
    now: () => performance.now() + aheadMs,
  });
  const pool = world.database.pool('svc_auth');
  const furtherKeys = [world.jwk];
  const api = await testApi({ service: 'things', routes: [things], pool, furtherKeys, checkSession: sessions.check });
  return { api, sessions };
};

beforeAll(async () => {
  world = await authWorld();
  authAddress = await listen(
    createServer((incoming, response) => {
      if (isAuthDown) {
        incoming.socket.destroy();
        return;
      }
      const outgoing = forward(`${world.internalApi.url}${incoming.url}`, { headers: incoming.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500);
        answer.pipe(response);
      });
      outgoing.on('error', () => response.destroy());
      outgoing.end();
    }),
    0,
    '127.0.0.1',
  );
  replicas = [await replica(), await replica()];
});
afterAll(async () => {
  await Promise.all(replicas.map(({ sessions }) => sessions.stop()));
  await Promise.all(replicas.map(({ api }) => api.close()));
  await authAddress.close(0);
  await world.close();
});
beforeEach(async () => {
  await world.begin();
  await run('select app.set_directories($1, $2)', [world.tenantId, [northwind]]);
  isAuthDown = false;
  aheadMs = 0;
  await Promise.all(replicas.map(({ sessions }) => vi.waitFor(() => sessions.ready(), { timeout: 5_000 })));
});

const run = (text: string, values: unknown[] = []) => world.database.administrator.query(text, values);
const ada = 'ada@northwind.example';
const signedIn = async (role = 'tenant_admin'): Promise<Browser> => {
  const browser = world.browser();
  await world.signIn(browser, { email: ada, invitation: await invitationSecret(world, { email: ada, role }) });
  return browser;
};
const tokenOf = async (browser: Browser): Promise<string> =>
  (await browser.post('/api/auth/v1/token')).body.accessToken as string;
const at = async (token: string): Promise<number[]> =>
  Promise.all(replicas.map(async ({ api }) => (await api.call('GET', '/api/things/v1/things', { token })).status));
const memberId = async (): Promise<string> =>
  (await run('select id from auth.members where email = $1', [ada])).rows[0].id;
const change = async (body: object) =>
  world.api.call('PATCH', `/api/auth/v1/members/${await memberId()}`, {
    actor: await world.actor(),
    body,
    headers: { 'if-match': '"v1"' },
  });

/** Milliseconds from now until every replica refuses the token. */
const untilRefused = async (token: string): Promise<number> => {
  const from = performance.now();
  await vi.waitFor(async () => expect(await at(token)).toEqual([401, 401]), { timeout: 10_000, interval: 10 });
  return performance.now() - from;
};

describe('a token is refused by every replica within a second', () => {
  const acts: [string, (browser: Browser) => Promise<unknown>][] = [
    ['its member was disabled', () => change({ state: 'disabled' })],
    ['its member was given a smaller role', () => change({ role: 'billing_viewer' })],
    ['its person signed out', (browser) => browser.post('/api/auth/v1/sign-out')],
    ['its person signed in anew in the same browser', (browser) => world.signIn(browser, { email: ada })],
    ['the directory of its member was given up', () => run('select app.set_directories($1, $2)', [world.tenantId, []])],
    ['its member was changed by hand', () => run("update auth.members set state = 'disabled'")],
    ['its session was ended by hand', () => run('update auth.sessions set ended_at = now()')],
  ];

  it.each(acts)('after %s', async (_title, act) => {
    const browser = await signedIn();
    const token = await tokenOf(browser);
    expect(await at(token)).toEqual([200, 200]);
    await act(browser);
    expect((await world.api.call('GET', '/api/auth/v1/me', { token })).status).toBe(401);
    expect(await untilRefused(token)).toBeLessThan(1_000);
  });

  it('while a token of the session after it works at once, in the same second too', async () => {
    const browser = await signedIn();
    await change({ role: 'billing_viewer' });
    await world.signIn(browser, { email: ada });
    expect(await at(await tokenOf(browser))).toEqual([200, 200]);
  });

  it('also while a transaction of somebody else stays open', async () => {
    const open = await world.otherTransaction();
    await open.query('select pg_current_xact_id()');
    const browser = await signedIn();
    const token = await tokenOf(browser);
    await browser.post('/api/auth/v1/sign-out');
    expect(await untilRefused(token)).toBeLessThan(1_000);
    await open.end();
  });

  it('also by a replica that began after the end of the session', async () => {
    const browser = await signedIn();
    const token = await tokenOf(browser);
    await browser.post('/api/auth/v1/sign-out');
    const late = await replica();
    await vi.waitFor(() => late.sessions.ready(), { timeout: 5_000 });
    expect((await late.api.call('GET', '/api/things/v1/things', { token })).status).toBe(401);
    await late.sessions.stop();
    await late.api.close();
  });
});

describe('while the auth service is away', () => {
  it('a replica lets in whom it knows for five seconds, then nobody, and opens when it is back', async () => {
    const browser = await signedIn();
    const token = await tokenOf(browser);
    isAuthDown = true;
    expect(await at(token)).toEqual([200, 200]);
    await browser.post('/api/auth/v1/sign-out');
    aheadMs = knownForMs + 1;
    expect(await at(token)).toEqual([503, 503]);
    for (const { sessions } of replicas) await expect(sessions.ready()).rejects.toThrow();
    isAuthDown = false;
    await Promise.all(replicas.map(({ sessions }) => vi.waitFor(() => sessions.ready(), { timeout: 10_000 })));
    // The first thing that it knows again is what happened meanwhile.
    expect(await at(token)).toEqual([401, 401]);
  });
});

describe('the feed of ended sessions', () => {
  const ask = async (query = '', serviceAccount = 'portal') => {
    const token = await world.internalApi.tokens.serviceToken({
      namespace: 'legendops',
      serviceAccount,
      audience: 'legendops-auth',
    });
    return world.internalApi.call('GET', `/internal/v1/revocations${query}`, { token });
  };

  it('tells each end once, and all of them to whoever comes from another history', async () => {
    const browser = await signedIn();
    const before = (await ask()).body.next as string;
    await browser.post('/api/auth/v1/sign-out');
    const told = (await ask(`?after=${before}`)).body;
    expect(told.sessions).toHaveLength(1);
    expect((await ask(`?after=${told.next}`)).body.sessions).toEqual([]);
    expect((await ask('?after=9000000000000:9000000000000:')).body.sessions).toEqual(told.sessions);
  });

  it('is for the services that it names', async () => {
    expect((await ask('', 'billing-job')).status).toBe(403);
  });
});
