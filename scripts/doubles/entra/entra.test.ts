import { ConfidentialClientApplication, CryptoProvider } from '@azure/msal-node';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LocalCertificates } from '../../loopback/certificates.ts';
import { trustedCertificates } from '../../loopback/trust-for-test.ts';
import { startEntra } from './server.ts';
import type { Entra } from './server.ts';
import { oidOf } from './directories.ts';
import { tokenFaults } from './token-faults.ts';

const northwind = '11111111-1111-4111-8111-111111111111';
const contoso = '22222222-2222-4222-8222-222222222222';
const client = {
  clientId: '6f0d0f9e-6d8f-4f0e-9df6-0c8a1d6f1a00',
  clientSecret: 'local',
  redirectUris: ['http://localhost:1/back'],
};
const redirectUri = 'http://localhost:1/back';

let certificates: LocalCertificates & { remove: () => Promise<void> };
let entra: Entra;

beforeAll(async () => {
  certificates = await trustedCertificates();
  entra = await startEntra({
    tls: certificates,
    clients: [client],
    directories: [
      { tid: northwind, name: 'Northwind IT', people: [{ email: 'ada@northwind.example', name: 'Ada' }] },
      {
        tid: contoso,
        name: 'Contoso',
        people: [{ email: 'carl@contoso.example', name: 'Carl <b>', claims: { roles: ['Admin'] } }],
      },
    ],
  });
});
beforeEach(() => entra.faults.clear());
afterAll(async () => {
  await entra.close();
  await certificates.remove();
});

const application = (authority: string) =>
  new ConfidentialClientApplication({
    auth: {
      clientId: client.clientId,
      clientSecret: client.clientSecret,
      authority: `${entra.url}/${authority}`,
      knownAuthorities: [new URL(entra.url).host],
    },
  });

/** Goes to the authorization URL as a browser would, and picks nobody. */
const visit = (url: string) => fetch(url, { redirect: 'manual' });

async function signIn(authority: string, hints: { loginHint?: string; domainHint?: string; prompt?: string }) {
  const app = application(authority);
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const url = await app.getAuthCodeUrl({
    scopes: [],
    redirectUri,
    state: 's1',
    nonce: 'n1',
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
    ...hints,
  });
  const redeem = (code: string) =>
    app.acquireTokenByCode({ code, scopes: [], redirectUri, codeVerifier: verifier, nonce: 'n1' });
  return { url, redeem };
}

const codeFrom = (reply: Response) => {
  const target = new URL(reply.headers.get('location') ?? '');
  expect(target.searchParams.get('state')).toBe('s1');
  return target.searchParams.get('code') ?? '';
};

const verify = (token: string, tid: string) =>
  jwtVerify(token, createLocalJWKSet(entra.jwks), { audience: client.clientId, issuer: entra.issuerOf(tid) });

describe('sign-in of people', () => {
  test.each(['organizations', contoso])(
    'a known person signs in without a click at the authority %s',
    async (authority) => {
      const { url, redeem } = await signIn(authority, { loginHint: 'carl@contoso.example' });
      expect(new URL(url).origin).toBe(entra.browserUrl);
      const reply = await visit(url);
      expect(reply.status).toBe(303);
      const result = await redeem(codeFrom(reply));
      const { payload } = await verify(result.idToken, contoso);
      expect(payload).toMatchObject({
        tid: contoso,
        oid: oidOf(contoso, 'carl@contoso.example'),
        iss: `${entra.url}/${contoso}/v2.0`,
        name: 'Carl <b>',
        email: 'carl@contoso.example',
        preferred_username: 'carl@contoso.example',
        nonce: 'n1',
        roles: ['Admin'],
        ver: '2.0',
      });
      expect(result.account?.homeAccountId).toBe(`${oidOf(contoso, 'carl@contoso.example')}.${contoso}`);
    },
  );

  test('without a hint the picker lists the people of all directories, and a click is a code', async () => {
    const { url, redeem } = await signIn('organizations', {});
    const page = await (await visit(url)).text();
    expect(page).toContain('<title>Sign in (local directory)</title>');
    expect(page).toContain('Carl &lt;b&gt;');
    const [, link] = /href="([^"]+)">Ada</.exec(page) ?? [];
    const reply = await visit(entra.browserUrl + (link ?? '').replaceAll('&amp;', '&'));
    const result = await redeem(codeFrom(reply));
    expect(decodeJwt(result.idToken)).toMatchObject({ tid: northwind, name: 'Ada' });
  });

  test('the picker of one directory lists its own people only', async () => {
    const page = await (await visit((await signIn(northwind, {})).url)).text();
    expect(page).toContain('ada@northwind.example');
    expect(page).not.toContain('carl@contoso.example');
  });

  test('another person of an unknown directory signs in after a form', async () => {
    const { url, redeem } = await signIn('organizations', {});
    const tid = '33333333-3333-4333-8333-333333333333';
    const form = new URLSearchParams({ request: new URL(url).search, tid, email: 'new@fabrikam.example', name: 'New' });
    const posted = await fetch(`${entra.browserUrl}/organizations/oauth2/v2.0/another-person`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    const reply = await visit(entra.browserUrl + posted.headers.get('location'));
    const result = await redeem(codeFrom(reply));
    expect((await verify(result.idToken, tid)).payload).toMatchObject({ tid, name: 'New' });
  });

  test('a request without PKCE, a wrong verifier and a used code are refused', async () => {
    const { url, redeem } = await signIn('organizations', { loginHint: 'ada@northwind.example' });
    const without = new URL(url);
    without.searchParams.delete('code_challenge');
    without.searchParams.delete('code_challenge_method');
    expect((await visit(without.href)).headers.get('location')).toContain('error=invalid_request');
    const code = codeFrom(await visit(url));
    const other = await signIn('organizations', {});
    await expect(other.redeem(code)).rejects.toThrow('invalid_grant');
    const again = codeFrom(await visit(url));
    await redeem(again);
    await expect(redeem(again)).rejects.toThrow('invalid_grant');
  });

  test('a redirect address that is not registered is never visited', async () => {
    const { url } = await signIn('organizations', { loginHint: 'ada@northwind.example' });
    const reply = await visit(url.replace(encodeURIComponent(redirectUri), encodeURIComponent('http://evil.example/')));
    expect(reply.status).toBe(400);
    expect(reply.headers.get('location')).toBeNull();
  });

  test.each(tokenFaults)('an ID token with %s is refused by a relying party', async (special) => {
    entra.faults.add([{ match: { path: '/token', count: 1 }, fault: { special } }]);
    const { url, redeem } = await signIn('organizations', { loginHint: 'ada@northwind.example' });
    const accepted = async () => {
      const { idToken } = await redeem(codeFrom(await visit(url)));
      const { payload } = await verify(idToken, northwind);
      if (payload.nonce !== 'n1' || payload.tid !== northwind) throw new Error('not for this sign-in');
    };
    await expect(accepted()).rejects.toThrow(/./);
    expect(entra.faults.armed).toMatchObject([{ hits: 1 }]);
  });

  test('an unknown directory is refused as Entra ID does', async () => {
    const reply = await fetch(
      `${entra.url}/44444444-4444-4444-8444-444444444444/v2.0/.well-known/openid-configuration`,
    );
    expect([reply.status, (await reply.json()).error]).toEqual([400, 'invalid_tenant']);
  });

  test('is called what it is told, where others reach it by another name than localhost', async () => {
    const origins = { url: 'https://sign-in.example', browserUrl: 'http://localhost:8081' };
    const elsewhere = await startEntra({
      tls: certificates,
      port: 0,
      origins,
      directories: [{ tid: contoso, name: 'C' }],
    });
    expect(elsewhere).toMatchObject(origins);
    expect(elsewhere.issuerOf(contoso)).toBe(`https://sign-in.example/${contoso}/v2.0`);
    await elsewhere.close();
  });

  test('logout leads back to the application and nowhere else', async () => {
    const at = (uri: string) =>
      visit(`${entra.browserUrl}/organizations/oauth2/v2.0/logout?post_logout_redirect_uri=${uri}`);
    expect((await at('http://localhost:1/bye')).headers.get('location')).toBe('http://localhost:1/bye');
    expect((await at('http://evil.example/')).status).toBe(200);
  });
});
