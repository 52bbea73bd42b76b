import { generateKeyPairSync } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import { loadSigningKey } from './signing-key.ts';

const pem = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const issuer = 'http://issuer.test';
const actor = {
  kind: 'member',
  memberId: 'm',
  sessionId: 's',
  tenantId: 't',
  role: 'tenant_admin',
  name: 'Ada',
} as never;

it('while keys are exchanged, both are published, in either order, so that no token of either pod is refused', async () => {
  const [last, next] = [pem(), pem()];
  const before = await loadSigningKey(last, issuer, next);
  const after = await loadSigningKey(next, issuer, last);
  for (const signer of [before, after])
    for (const { published } of [before, after]) {
      const { accessToken } = await signer.sign(actor, new Date());
      const { protectedHeader } = await jwtVerify(accessToken, createLocalJWKSet({ keys: published }), {
        issuer,
      });
      expect(protectedHeader.kid).toBe(signer.jwk.kid);
    }
  expect(before.jwk.kid).not.toBe(after.jwk.kid);
  expect(JSON.stringify([before.published, after.published])).not.toContain('"d"');
});

it('a key alone is published alone; one of another kind is refused by its variable', async () => {
  const key = await loadSigningKey(pem(), issuer);
  expect(key.published).toEqual([key.jwk]);
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  await expect(loadSigningKey(rsa, issuer)).rejects.toThrow('SIGNING_KEY_PATH must hold a P-256 key');
  await expect(loadSigningKey(pem(), issuer, rsa)).rejects.toThrow('OTHER_KEY_PATH must hold a P-256 key');
});
