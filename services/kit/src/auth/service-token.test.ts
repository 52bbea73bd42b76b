import { errors, generateKeyPair, SignJWT, type CryptoKey, type JWTVerifyGetKey } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { KeysUnavailable } from './remote-keys.ts';
import { serviceTokenVerifier } from './service-token.ts';

const issuer = 'https://kubernetes.test';
const audience = 'legendops-billing';
let own: { privateKey: CryptoKey; publicKey: CryptoKey };
let token: string;

const sign = (key: CryptoKey): Promise<string> =>
  new SignJWT({ 'kubernetes.io': { namespace: 'legendops', serviceaccount: { name: 'portal', uid: 'u' } } })
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject('system:serviceaccount:legendops:portal')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(key);
const verify = (keys: JWTVerifyGetKey, text = token) => serviceTokenVerifier({ keys, issuer, audience })(text);

beforeAll(async () => {
  own = await generateKeyPair('ES256');
  token = await sign(own.privateKey);
});

describe('a service account token', () => {
  it('says which workload asks', async () => {
    expect(await verify(async () => own.publicKey)).toEqual({ namespace: 'legendops', serviceAccount: 'portal' });
  });

  it('of another key, or of a key that is not there, is none', async () => {
    const forged = await sign((await generateKeyPair('ES256')).privateKey);
    await expect(verify(async () => own.publicKey, forged)).rejects.toMatchObject({ code: 'token.invalid' });
    const missing = verify(() => Promise.reject(new errors.JWKSNoMatchingKey()));
    await expect(missing).rejects.toMatchObject({ code: 'token.invalid' });
  });

  it('is not refused when the keys of the cluster cannot be read', async () => {
    const unread = verify(() => Promise.reject(new KeysUnavailable('The keys cannot be read')));
    await expect(unread).rejects.toMatchObject({
      code: 'service.unavailable',
      headers: { 'retry-after': '5' },
    });
  });
});
