import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { accessTokenAudience, accessTokenType, accessTokenVerifier } from './access-token.ts';
import type { Actor } from './actor.ts';
import { rememberVerified } from './verified-tokens.ts';

const issuer = 'http://issuer.test';
const sub = '0190c000-0000-7000-8000-00000000000c';
const sid = '0190d000-0000-7000-8000-00000000000d';
const tid = '0190a000-0000-7000-8000-00000000000a';
let sign: (claims: Record<string, unknown>) => Promise<string>;
let verify: (token: string) => Promise<Actor>;

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] });
  verify = accessTokenVerifier({ keys, issuer });
  sign = (claims) =>
    new SignJWT({
      iss: issuer,
      aud: accessTokenAudience,
      sub,
      tid,
      sid,
      role: 'tenant_admin',
      name: 'Ada',
      email: 'ada@northwind.example',
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', typ: accessTokenType, kid: 'k' })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
});

describe('an access token', () => {
  it('says who asks', async () => {
    expect(await verify(await sign({}))).toEqual({
      memberId: sub,
      sessionId: sid,
      tenantId: tid,
      role: 'tenant_admin',
      customerId: undefined,
      name: 'Ada',
      email: 'ada@northwind.example',
    });
  });

  it.each([
    ['no tenant', { tid: undefined }],
    ['a tenant that is no id', { tid: 'northwind' }],
    ['no session', { sid: undefined }],
    ['an unknown role', { role: 'super_admin' }],
    ['a guest of no customer', { role: 'guest' }],
    ['staff of a customer', { customer: tid }],
    ['no name', { name: undefined }],
  ])('with %s is none', async (_title, claims) => {
    await expect(verify(await sign(claims))).rejects.toMatchObject({ code: 'token.invalid' });
  });

  it('that was verified is refused with one bit changed, however often it came before', async () => {
    const token = await sign({});
    await verify(token);
    await verify(token);
    const at = token.lastIndexOf('.') + 5;
    const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
    await expect(verify(changed)).rejects.toMatchObject({ code: 'token.invalid' });
  });
});

describe('remembered tokens', () => {
  it('are verified once, and again when they have expired', async () => {
    let now = 0;
    let verified = 0;
    const actor = {
      memberId: sub,
      sessionId: sid,
      tenantId: tid,
      role: 'tenant_admin' as const,
      name: 'Ada',
      email: '',
    };
    const remembered = rememberVerified(
      async () => {
        verified += 1;
        return { actor, expiresAtMs: 1_000 };
      },
      () => now,
    );
    await remembered('a');
    await remembered('a');
    expect(verified).toBe(1);
    now = 1_000;
    await remembered('a');
    await remembered('b');
    expect(verified).toBe(3);
  });

  it('do not grow without end, and a refusal is never remembered', async () => {
    let refusals = 0;
    const remembered = rememberVerified(async (token) => {
      if (token === 'bad') {
        refusals += 1;
        throw new Error('refused');
      }
      return { actor: {} as Actor, expiresAtMs: Number.POSITIVE_INFINITY };
    });
    for (let n = 0; n < 50_000; n += 1) await remembered(`t${n}`);
    await expect(remembered('bad')).rejects.toThrow();
    await expect(remembered('bad')).rejects.toThrow();
    expect(refusals).toBe(2);
  });
});
