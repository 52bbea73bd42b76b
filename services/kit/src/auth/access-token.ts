import { jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { problem } from '../errors/problem.ts';
import { isCompactToken } from './compact-token.ts';
import { roles } from '../contract/permissions.ts';
import type { AccessTokenVerifier, VerifiedToken } from './actor.ts';
import { tokenRefusal } from './token-refusal.ts';
import { rememberVerified } from './verified-tokens.ts';

export const accessTokenAudience = 'legendops';
export const accessTokenType = 'at+jwt';

const Claims = z.object({
  sub: z.uuid(),
  tid: z.uuid(),
  sid: z.uuid(),
  role: z.enum(roles),
  customer: z.uuid().optional(),
  name: z.string(),
  // Tokens of an auth service from before it said so are good until they run out.
  email: z.string().default(''),
});

/** Verifies access tokens of our auth service offline. Throws token.invalid for everything that is not one. */
export const accessTokenVerifier = (options: { keys: JWTVerifyGetKey; issuer: string }): AccessTokenVerifier =>
  rememberVerified(verifySignature(options));

const verifySignature =
  ({ keys, issuer }: { keys: JWTVerifyGetKey; issuer: string }) =>
  async (token: string): Promise<VerifiedToken> => {
    if (!isCompactToken(token)) throw problem('token.invalid');
    const verified = await jwtVerify(token, keys, {
      issuer,
      audience: accessTokenAudience,
      algorithms: ['ES256'],
      typ: accessTokenType,
      requiredClaims: ['exp', 'iat', 'sub', 'tid', 'sid', 'role'],
      clockTolerance: 5,
    }).catch((error: unknown) => {
      throw tokenRefusal(error);
    });
    const claims = Claims.safeParse(verified.payload);
    if (!claims.success) throw problem('token.invalid');
    const { sub, tid, sid, role, customer, name, email } = claims.data;
    if ((role === 'guest') !== (customer !== undefined)) throw problem('token.invalid');
    return {
      actor: { memberId: sub, sessionId: sid, tenantId: tid, role, customerId: customer, name, email },
      expiresAtMs: (verified.payload.exp ?? 0) * 1000,
    };
  };
