import { jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { problem } from '../errors/problem.ts';
import { isCompactToken } from './compact-token.ts';
import { tokenRefusal } from './token-refusal.ts';

/** A workload of the cluster, as its projected service account token says. */
export interface Workload {
  namespace: string;
  serviceAccount: string;
}

const Claims = z.object({
  'kubernetes.io': z.object({ namespace: z.string(), serviceaccount: z.object({ name: z.string() }) }),
});

export type ServiceTokenVerifier = (token: string) => Promise<Workload>;

/** Verifies Kubernetes service account tokens that were issued for this service as audience. */
export const serviceTokenVerifier =
  ({ keys, issuer, audience }: { keys: JWTVerifyGetKey; issuer: string; audience: string }): ServiceTokenVerifier =>
  async (token) => {
    if (!isCompactToken(token)) throw problem('token.invalid');
    const verified = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ['RS256', 'ES256'],
      requiredClaims: ['exp', 'iat', 'sub'],
      clockTolerance: 5,
    }).catch((error: unknown) => {
      throw tokenRefusal(error);
    });
    const claims = Claims.safeParse(verified.payload);
    if (!claims.success) throw problem('token.invalid');
    const { namespace, serviceaccount } = claims.data['kubernetes.io'];
    if (verified.payload.sub !== `system:serviceaccount:${namespace}:${serviceaccount.name}`)
      throw problem('token.invalid');
    return { namespace, serviceAccount: serviceaccount.name };
  };
