import { createRemoteJWKSet, jwtVerify } from 'jose';
import { accessTokenAudience } from '@legendops/kit/auth/access-token';

export const bearerOf = (authorization: string | undefined): string => authorization?.replace(/^Bearer /, '') ?? '';

/**
 * The tenant of a token. Remembers what it has verified, as ours does: otherwise the benchmark would compare how often a
 * signature is checked.
 */
export const verifier = () => {
  const keys = createRemoteJWKSet(new URL(process.env.ACCESS_TOKEN_KEYS_URL ?? ''));
  const known = new Map<string, string>();
  return async (token: string): Promise<string> => {
    const held = known.get(token);
    if (held !== undefined) return held;
    const issuer = process.env.ACCESS_TOKEN_ISSUER ?? '';
    const { payload } = await jwtVerify(token, keys, { issuer, audience: accessTokenAudience });
    const tenantId = String(payload.tid);
    known.set(token, tenantId);
    return tenantId;
  };
};
