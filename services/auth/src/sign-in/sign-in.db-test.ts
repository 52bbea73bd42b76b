import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { platformDatabase } from '@legendops/kit/db/tenant-database';
import { tidyUp } from '@legendops/kit/jobs/housekeeping';
import { denyMatrix } from '@legendops/kit/testing/deny-matrix';
import { forgedCursors, type CursorList } from '@legendops/kit/testing/forged-cursors';
import { subtleTokenFaults, tokenFaults } from '../../../../scripts/doubles/entra/token-faults.ts';
import { authApp } from '../app.ts';
import { sessionChore } from '../session/store.ts';
import { ada, authSuite, portal, refused } from '../testing/auth-suite.ts';
import { invitationSecret, northwind, publicUrl, type Browser } from '../testing/auth-world.ts';

const { world, run } = authSuite();

const invite = (role = 'tenant_admin'): Promise<string> => invitationSecret(world, { email: ada, role });

describe('sign-in', () => {
  const member = async (): Promise<Browser> => {
    const browser = world.browser();
    await world.signIn(browser, { email: ada, invitation: await invite() });
    return browser;
  };

  it('of nobody who was not invited', async () => {
    expect(await world.signIn(world.browser(), { email: ada })).toBe(refused('sign-in.not-invited'));
  });

  it('takes no name and no address from a directory that would be something else', async () => {
    const people = [
      { email: 'ada@northwind.example', name: 'Ada', claims: { name: 'Ada\u202e https://evil.example', email: 'a b' } },
    ];
    world.entra.directories.add({ tid: northwind, name: 'Northwind', people });
    await member();
    expect((await run('select name, email from auth.members')).rows).toEqual([{ name: 'Ada', email: ada }]);
    world.entra.directories.add({ tid: northwind, name: 'Northwind', people: [{ email: ada, name: 'Ada' }] });
  });

  it('of a member, whatever the e-mail address has become: the directory and the object id count', async () => {
    await member();
    await run("update auth.members set email = 'old@northwind.example'");
    const browser = world.browser();
    expect(await world.signIn(browser, { email: ada })).toBe(portal);
    expect([...browser.cookies.keys()]).toEqual(['__Host-legendops']);
  });

  it('is refused to a disabled member and to a suspended organisation', async () => {
    await member();
    await run("update auth.members set state = 'disabled'");
    expect(await world.signIn(world.browser(), { email: ada })).toBe(refused('permission.denied'));
    await run("update app.tenants set state = 'suspended'");
    expect(await world.signIn(world.browser(), { email: ada })).toBe(refused('tenant.suspended'));
  });

  it('returns to the path of the portal from which it began', async () => {
    await member();
    const there = '/invoices?status=draft';
    expect(await world.signIn(world.browser(), { email: ada, returnTo: there })).toBe(publicUrl + there);
  });

  it('returns only to a path of the portal', async () => {
    for (const returnTo of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a b'])
      expect((await world.browser().get(`/api/auth/v1/sign-in?returnTo=${encodeURIComponent(returnTo)}`)).status).toBe(
        400,
      );
  });

  const begin = async (browser: Browser): Promise<URL> => {
    const { location } = await browser.get(`/api/auth/v1/sign-in?loginHint=${ada}`);
    const answered = await fetch(location, { redirect: 'manual' });
    return new URL(answered.headers.get('location') ?? '');
  };
  const failed = refused('sign-in.failed');

  it('ends in the browser that began it, once', async () => {
    await member();
    const callback = await begin(world.browser());
    expect((await world.browser().get(callback.pathname + callback.search)).location).toBe(failed);
    const browser = world.browser();
    const own = await begin(browser);
    expect((await browser.get(own.pathname + own.search)).location).toBe(portal);
    expect((await browser.get(own.pathname + own.search)).location).toBe(failed);
  });

  it.each(['state', 'code'])('with another %s fails', async (name) => {
    await member();
    const browser = world.browser();
    const callback = await begin(browser);
    callback.searchParams.set(name, 'another');
    expect((await browser.get(callback.pathname + callback.search)).location).toBe(failed);
    expect(browser.cookies.size).toBe(0);
  });

  it('that the person cancelled says so', async () => {
    const browser = world.browser();
    const callback = await begin(browser);
    const query = `state=${callback.searchParams.get('state')}&error=access_denied`;
    expect((await browser.get(`${callback.pathname}?${query}`)).location).toBe(refused('sign-in.cancelled'));
  });

  it('is not held up by a directory that does not answer, and says so on a page', async () => {
    const slow = (path: string) => world.entra.faults.add([{ match: { path }, fault: { delayMs: 10_000 } }]);
    const browser = world.browser();
    const callback = await begin(browser);
    slow('/oauth2/v2.0/token');
    expect((await browser.get(callback.pathname + callback.search)).location).toBe(failed);
    slow('/openid-configuration');
    expect((await browser.get(`/api/auth/v1/sign-in?loginHint=${ada}`)).location).toBe(refused('service.unavailable'));
  });

  it.each([...tokenFaults, ...subtleTokenFaults])('with an ID token of %s fails', async (special) => {
    await member();
    world.entra.faults.add([{ match: { path: '/oauth2/v2.0/token' }, fault: { special } }]);
    const browser = world.browser();
    expect(await world.signIn(browser, { email: ada })).toBe(failed);
    expect(world.entra.faults.armed[0]?.hits).toBeGreaterThan(0);
    expect(browser.cookies.has('__Host-legendops')).toBe(false);
  });
});

describe('the directory', () => {
  const tokenPath = '/oauth2/v2.0/token';
  const signIn = async (): Promise<string> => {
    world.mails.length = 0;
    return world.signIn(world.browser(), { email: ada, invitation: await invite() });
  };
  const failed = refused('sign-in.failed');

  it('that answers the code with a redirect is not followed: the code is for its token endpoint alone', async () => {
    world.entra.faults.add([
      { match: { path: tokenPath }, fault: { status: 307, headers: { location: `${world.entra.url}/elsewhere` } } },
      { match: { path: '/elsewhere' }, fault: { status: 500 } },
    ]);
    expect(await signIn()).toBe(failed);
    expect(world.entra.faults.armed.map(({ hits }) => hits)).toEqual([1, 0]);
  });

  it('rolls its keys over, and the first token of the new one is good at once', async () => {
    expect(await signIn()).toBe(portal);
    world.entra.rollKeys();
    world.entra.faults.add([{ match: { path: tokenPath }, fault: { special: 'unknown-key' } }]);
    expect(await signIn()).toBe(portal);
  });
});

describe('a session', () => {
  const signedIn = async (): Promise<Browser> => {
    const browser = world.browser();
    await world.signIn(browser, { email: ada, invitation: await invite('billing_viewer') });
    return browser;
  };
  const token = (browser: Browser, headers?: Record<string, string>) => browser.post('/api/auth/v1/token', headers);

  it('is traded for an access token of five minutes', async () => {
    const { body } = await token(await signedIn());
    const claims = decodeJwt(body.accessToken);
    expect(claims).toMatchObject({
      tid: world.tenantId,
      role: 'billing_viewer',
      name: 'Ada',
      aud: 'legendops',
      iss: 'http://issuer.test',
    });
    expect(decodeProtectedHeader(body.accessToken)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(300);
    const keys = (await world.api.call('GET', '/api/auth/v1/keys')).body.keys;
    expect(keys[0].kid).toBe(decodeProtectedHeader(body.accessToken).kid);
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('is known by its hash alone, and its cookie is for this host, over HTTPS, for no script', async () => {
    const browser = await signedIn();
    const secret = browser.cookies.get('__Host-legendops') ?? '';
    const stored = await run('select s::text as row from auth.sessions s');
    expect(stored.rows[0].row).not.toContain(secret);
    expect(secret.length).toBeGreaterThanOrEqual(43);
  });

  it('ends when somebody signs in anew in the same browser', async () => {
    const browser = await signedIn();
    const before = world.browser();
    for (const [name, value] of browser.cookies) before.cookies.set(name, value);
    await world.signIn(browser, { email: 'eve@northwind.example' });
    expect((await token(before)).status).toBe(200);
    await world.signIn(browser, { email: ada });
    expect((await token(before)).body.code).toBe('session.missing');
    expect((await token(browser)).status).toBe(200);
  });

  it('ends by signing out, on the server too', async () => {
    const browser = await signedIn();
    const stolen = world.browser();
    for (const [name, value] of browser.cookies) stolen.cookies.set(name, value);
    expect((await browser.post('/api/auth/v1/sign-out')).status).toBe(204);
    expect(browser.cookies.size).toBe(0);
    expect((await token(stolen)).body.code).toBe('session.missing');
  });

  it.each([
    ['an hour without use', 61 * 60_000, 401],
    ['a day in all', 24 * 3_600_000, 401],
    ['half an hour', 30 * 60_000, 200],
  ])('after %s', async (_title, ms, expected) => {
    const browser = await signedIn();
    world.clock.aheadMs += ms;
    expect((await token(browser)).status).toBe(expected);
  });

  it('is removed when it is past its absolute limit, and not before', async () => {
    const browser = await signedIn();
    await run(
      `insert into auth.sessions (tenant_id, member_id, token_hash, expires_at)
       select tenant_id, member_id, '', now() - interval '11 minutes' from auth.sessions`,
    );
    await tidyUp(platformDatabase(world.database.pool('svc_auth')), [sessionChore]);
    expect((await run('select from auth.sessions')).rowCount).toBe(1);
    expect((await token(browser)).status).toBe(200);
  });

  it('gives no token once the member is disabled or the organisation suspended', async () => {
    const browser = await signedIn();
    await run("update auth.members set state = 'disabled'");
    expect((await token(browser)).body.code).toBe('session.missing');
    await run("update auth.members set state = 'active'");
    const other = world.browser();
    await world.signIn(other, { email: ada });
    await run("update app.tenants set state = 'suspended'");
    expect((await token(other)).body.code).toBe('tenant.suspended');
  });

  it('is not traded for a request from another site', async () => {
    const browser = await signedIn();
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
    ])
      expect((await token(browser, headers as unknown as Record<string, string>)).body.code).toBe('request.cross-site');
    expect((await token(browser, { 'sec-fetch-site': 'same-origin', origin: publicUrl })).status).toBe(200);
  });

  it('says who is signed in and what the screen may offer', async () => {
    const browser = await signedIn();
    const { body } = await token(browser);
    const me = await world.api.call('GET', '/api/auth/v1/me', { token: body.accessToken });
    expect(me.body).toMatchObject({
      member: { name: 'Ada', role: 'billing_viewer' },
      tenant: { id: world.tenantId, currency: 'USD' },
    });
    expect(me.body.permissions).toContain('invoice.read');
    expect(me.body.permissions).not.toContain('invoice.approve');
  });
});

describe('who may', () => {
  const { routes } = authApp({ cookieKey: Buffer.alloc(32), publicUrl, key: { jwk: {} } } as never);
  // Who the token speaks of was removed: /v1/me then has nobody to show, whatever the role.
  const matrix = routes.filter(({ path }) => path !== '/v1/me');
  const context = () => ({ api: world.roleApi, tenantId: world.tenantId });
  denyMatrix('/api/auth', matrix, context);
  const lists: Record<string, CursorList> = {
    '/v1/invitations': { list: 'invitations', by: 'instant' },
    '/v1/members': { list: 'members', by: 'text' },
  };
  forgedCursors('/api/auth', routes, lists, context);
});
