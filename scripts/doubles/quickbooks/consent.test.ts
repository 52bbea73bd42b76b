import { afterEach, beforeEach, expect, test } from 'vitest';
import { aCompany, app, codeOf, consentRequest, quickBooksForTest, redirectUri } from './quickbooks-for-test.ts';
import type { ForTest } from './quickbooks-for-test.ts';

let t: ForTest;
beforeEach(async () => {
  t = await quickBooksForTest({ companies: [aCompany(), aCompany({ realmId: '9130002', name: 'Contoso <b>' })] });
});
afterEach(() => t.quickbooks.close());

const refresh = (token: string, headers?: Record<string, string>) =>
  t.token({ grant_type: 'refresh_token', refresh_token: token }, headers);

test('the consent page lists the companies, and a click goes back with code, state and realmId', async () => {
  const page = await (await fetch(`${t.quickbooks.url}/connect/oauth2?${consentRequest()}`)).text();
  expect(page).toContain('Contoso &lt;b&gt;');
  const [, link = ''] = /href="(\/connect[^"]*realmId=9130002)"/.exec(page) ?? [];
  const reply = await fetch(t.quickbooks.url + link.replaceAll('&amp;', '&'), { redirect: 'manual' });
  const back = new URL(reply.headers.get('location') ?? '');
  expect(`${back.origin}${back.pathname}`).toBe(redirectUri);
  expect(Object.fromEntries(back.searchParams)).toEqual({ state: 's1', realmId: '9130002', code: expect.any(String) });
});

test('a person who does not connect goes back with access_denied', async () => {
  const request = consentRequest();
  request.set('realmId', 'none');
  const reply = await fetch(`${t.quickbooks.url}/connect/oauth2/approve?${request}`, { redirect: 'manual' });
  expect(reply.headers.get('location')).toBe(`${redirectUri}?state=s1&error=access_denied`);
});

test.each([
  ['client_id', 'other'],
  ['response_type', 'token'],
  ['scope', 'openid'],
  ['state', ''],
  ['redirect_uri', 'nowhere'],
])('a consent request with %s %j is refused', async (name, value) => {
  const request = consentRequest();
  request.set(name, value);
  const reply = await fetch(`${t.quickbooks.url}/connect/oauth2?${request}`);
  expect(reply.status).toBe(400);
  expect(await reply.text()).toContain(name);
});

test('a code works once, for its own redirect address, and for ten minutes', async () => {
  const codeFor = async () => {
    const request = consentRequest();
    request.set('realmId', '9130001');
    const reply = await fetch(`${t.quickbooks.url}/connect/oauth2/approve?${request}`, { redirect: 'manual' });
    return new URL(reply.headers.get('location') ?? '').searchParams.get('code') ?? '';
  };
  const redeem = (code: string, redirect_uri = redirectUri) =>
    t.token({ grant_type: 'authorization_code', code, redirect_uri });
  const code = await codeFor();
  expect((await redeem(code)).body).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
  expect((await redeem(code)).body).toMatchObject({ error: 'invalid_grant' });
  expect((await redeem(await codeFor(), 'http://127.0.0.1:1/other')).status).toBe(400);
  const late = await codeFor();
  t.clock.advance(601);
  expect((await redeem(late)).status).toBe(400);
});

test('a refresh token works once: the one before is refused at once', async () => {
  const { body: first } = await t.connect();
  const { body: second } = await refresh(first.refresh_token);
  expect(second.refresh_token).not.toBe(first.refresh_token);
  const again = await refresh(first.refresh_token);
  expect([again.status, again.body.error]).toEqual([400, 'invalid_grant']);
  expect((await refresh(second.refresh_token)).status).toBe(200);
});

test('a reply that is lost after the rotation leaves the caller with a dead token', async () => {
  const { body } = await t.connect();
  t.quickbooks.faults.add([{ match: { path: 'tokens/bearer', count: 1 }, fault: { dropConnection: 'after' } }]);
  await expect(refresh(body.refresh_token)).rejects.toThrow('fetch failed');
  expect((await refresh(body.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
});

test('with daily rotation the value stays the same within a day', async () => {
  t.quickbooks.setQuirks({ refreshRotation: 'daily' });
  const { body } = await t.connect();
  expect((await refresh(body.refresh_token)).body.refresh_token).toBe(body.refresh_token);
  t.clock.advance(86_400);
  expect((await refresh(body.refresh_token)).body.refresh_token).not.toBe(body.refresh_token);
});

test('a refresh token rolls for 100 days and ends for good, and the end is told to who asks', async () => {
  t.quickbooks.setQuirks({ refreshTokenHardSeconds: 150 * 86_400 });
  const { body } = await t.connect();
  expect(body).toMatchObject({ x_refresh_token_expires_in: 8_640_000 });
  expect(body.x_refresh_token_hard_expires_in).toBeUndefined();
  t.clock.advance(99 * 86_400);
  const asked = await refresh(body.refresh_token, { 'x-include-refresh-token-hard-expires-in': 'true' });
  expect(asked.body).toMatchObject({
    x_refresh_token_expires_in: 51 * 86_400,
    x_refresh_token_hard_expires_in: 51 * 86_400,
  });
  t.clock.advance(51 * 86_400);
  expect((await refresh(asked.body.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
});

test('wrong client credentials are refused', async () => {
  const reply = await t.token(
    { grant_type: 'refresh_token', refresh_token: 'x' },
    { authorization: `Basic ${btoa('app:no')}` },
  );
  expect([reply.status, reply.body.error]).toEqual([401, 'invalid_client']);
});

test('a revoked connection refreshes and reads nothing more', async () => {
  const { body } = await t.connect();
  const reply = await fetch(`${t.quickbooks.url}/v2/oauth2/tokens/revoke`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${app.clientId}:${app.clientSecret}`)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ token: body.refresh_token }),
  });
  expect(reply.status).toBe(200);
  expect((await refresh(body.refresh_token)).status).toBe(400);
  const read = await fetch(`${t.quickbooks.url}/v3/company/9130001/preferences`, {
    headers: { authorization: `Bearer ${body.access_token}` },
  });
  expect(read.status).toBe(401);
});

test('an access token lasts an hour; the gateway refuses in lower case and repeats the token', async () => {
  const { get, accessToken } = await t.session();
  expect((await get('/companyinfo/9130001')).body.CompanyInfo).toMatchObject({
    CompanyName: 'Northwind IT',
    Country: 'US',
  });
  t.clock.advance(3600);
  const refused = await get('/companyinfo/9130001');
  expect([refused.status, codeOf(refused)]).toEqual([401, '3200']);
  expect(refused.body.fault.error[0].detail).toContain(accessToken);
  expect(refused.body.time).toBeTypeOf('number');
  expect(refused.headers.get('www-authenticate')).toContain('invalid_token');
  expect(refused.headers.get('intuit_tid')).toBeTruthy();
});

test('the token of one company opens no other, known or not', async () => {
  const { accessToken } = await t.session();
  for (const realmId of ['9130002', '4711']) {
    const reply = await fetch(`${t.quickbooks.url}/v3/company/${realmId}/preferences`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(reply.status).toBe(403);
  }
});
