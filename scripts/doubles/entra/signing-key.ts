import { generateKeyPairSync } from 'node:crypto';
import type { JWK } from 'jose';

/** An RSA private key as a JWK. A second one, never published, signs tokens that must be refused. */
export function newSigningKey(kid: string): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kty: 'RSA', kid, alg: 'RS256', use: 'sig' };
}

export function publicJwk({ d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...open }: JWK): JWK {
  return open;
}
