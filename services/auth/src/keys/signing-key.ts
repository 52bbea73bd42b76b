import { createPrivateKey, createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, SignJWT, type JWK } from 'jose';
import { accessTokenAudience, accessTokenType } from '@legendops/kit/auth/access-token';
import type { Actor } from '@legendops/kit/auth/actor';

/** What must hold at once is asked about at each request (kit's SessionCheck); all else of a token is so old at most. */
export const accessTokenSeconds = 300;

export interface SigningKey {
  /** The public half. */
  jwk: JWK;
  /** What /v1/keys shows: this key's public half, and that of the next or the last one while keys are exchanged. */
  published: JWK[];
  sign(actor: Actor, now: Date): Promise<{ accessToken: string; expiresAt: string }>;
}

type NamedKey = JWK & { kid: string };

const publicJwk = async (pem: string, variable: string): Promise<NamedKey> => {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== 'ec') throw new Error(`${variable} must hold a P-256 key`);
  const jwk = await exportJWK(key);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' };
};

/** The ES256 key of access tokens; its id is its thumbprint (RFC 7638), so two keys never share one. */
export const loadSigningKey = async (pem: string, issuer: string, otherPem?: string): Promise<SigningKey> => {
  const privateKey = createPrivateKey(pem);
  const jwk = await publicJwk(pem, 'SIGNING_KEY_PATH');
  const { kid } = jwk;
  return {
    jwk,
    published: otherPem === undefined ? [jwk] : [jwk, await publicJwk(otherPem, 'OTHER_KEY_PATH')],
    sign: async ({ memberId, sessionId, tenantId, role, customerId, name, email }, now) => {
      const issuedAt = Math.floor(now.getTime() / 1000);
      const expires = issuedAt + accessTokenSeconds;
      const accessToken = await new SignJWT({
        tid: tenantId,
        sid: sessionId,
        role,
        name,
        email,
        ...(customerId !== undefined && { customer: customerId }),
      })
        .setProtectedHeader({ alg: 'ES256', typ: accessTokenType, kid })
        .setIssuer(issuer)
        .setAudience(accessTokenAudience)
        .setSubject(memberId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expires)
        .sign(privateKey);
      return { accessToken, expiresAt: new Date(expires * 1000).toISOString() };
    },
  };
};
