import { createRemoteJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { problem } from '../errors/problem.ts';
import { isCompactToken } from './compact-token.ts';
import { roles, type Role } from '../contract/permissions.ts';

export const accessTokenAudience = 'legendops';
export const accessTokenType = 'at+jwt';

/** Who asks, as the access token says. */
export interface Actor {
  memberId: string;
  tenantId: string;
  role: Role;
  customerId?: string | undefined;
  name: string;
}

const Claims = z.object({
  sub: z.uuid(),
  tid: z.uuid(),
  role: z.enum(roles),
  customer: z.uuid().optional(),
  name: z.string(),
});

export type AccessTokenVerifier = (token: string) => Promise<Actor>;

/** Keys of an issuer, fetched when first needed and again for an unknown key id, at most twice a minute. */
export const remoteKeys = (url: string): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(url), { cooldownDuration: 30_000, cacheMaxAge: 10 * 60_000, timeoutDuration: 5_000 });

/** Verifies access tokens of our auth service offline. Throws token.invalid for everything that is not one. */
export const accessTokenVerifier =
  ({ keys, issuer }: { keys: JWTVerifyGetKey; issuer: string }): AccessTokenVerifier =>
  async (token) => {
    if (!isCompactToken(token)) throw problem('token.invalid');
    const verified = await jwtVerify(token, keys, {
      issuer,
      audience: accessTokenAudience,
      algorithms: ['ES256'],
      typ: accessTokenType,
      requiredClaims: ['exp', 'iat', 'sub', 'tid', 'role'],
      clockTolerance: 5,
    }).catch((error: unknown) => {
      if (isUnavailable(error)) throw problem('service.unavailable', { headers: { 'retry-after': '5' } });
      throw problem('token.invalid');
    });
    const claims = Claims.safeParse(verified.payload);
    if (!claims.success) throw problem('token.invalid');
    const { sub, tid, role, customer, name } = claims.data;
    if ((role === 'guest') !== (customer !== undefined)) throw problem('token.invalid');
    return { memberId: sub, tenantId: tid, role, customerId: customer, name };
  };

// The keys could not be fetched: that says nothing about the token.
const isUnavailable = (error: unknown): boolean =>
  error instanceof TypeError ||
  (error instanceof Error &&
    'code' in error &&
    (error.code === 'ERR_JWKS_TIMEOUT' || error.code === 'ERR_JOSE_GENERIC'));
