import type { RequestHandler } from 'express';
import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { ownEntry } from '@legendops/kit/contract/own-entry';
import { VaultError } from './vault-error.ts';

/**
 * What roles of Azure tell apart: `list` shows properties and no value, of versions as well, and `update` changes
 * properties without a new value.
 */
const vaultActions = ['get', 'list', 'set', 'update', 'delete', 'recover', 'purge', 'backup', 'restore'] as const;
export type VaultAction = (typeof vaultActions)[number];

/** Of one role assignment; without `names`, to all secrets. Listing all is never narrowed to names, as in Azure. */
export type VaultGrant = { actions: readonly VaultAction[]; names?: RegExp };
/** What one application may do: what any of its grants says. */
export type VaultAccess = VaultGrant | readonly VaultGrant[];

type Deps = {
  tenantId: string;
  authority: string;
  resource: string;
  jwks: () => JSONWebKeySet | Promise<JSONWebKeySet>;
  access: () => Readonly<Record<string, VaultAccess>>;
  now: () => Date;
};

/**
 * Sends the challenge that the real client waits for, verifies the token and says who calls. The client's first
 * request has neither token nor body: a server that does not challenge gets an empty PUT.
 */
export function authenticate({ tenantId, authority, resource, jwks, now }: Deps): RequestHandler {
  const challenge = `Bearer authorization="${authority}/${tenantId}", resource="${resource}"`;
  return async (req, res, next) => {
    res.setHeader('www-authenticate', challenge);
    const [scheme, token] = (req.headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer' || !token) {
      throw new VaultError(401, 'Unauthorized', 'AKV10000: Request is missing a Bearer or PoP token.');
    }
    const claims = await verified(token, { jwks: await jwks(), resource, tenantId, now: now() });
    res.locals.clientId = claims.appid ?? claims.azp;
    res.removeHeader('www-authenticate');
    next();
  };
}

type Expected = { jwks: JSONWebKeySet; resource: string; tenantId: string; now: Date };

async function verified(token: string, { jwks, resource, tenantId, now }: Expected): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
      audience: resource,
      issuer: `https://sts.windows.net/${tenantId}/`,
      requiredClaims: ['exp', 'tid'],
      currentDate: now,
    });
    if (payload.tid !== tenantId) throw new VaultError(401, 'Unauthorized', 'AKV10032: Invalid issuer.');
    return payload;
  } catch (error) {
    if (error instanceof VaultError) throw error;
    throw new VaultError(401, 'Unauthorized', reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'AKV10142: The token is expired.';
  if (!(error instanceof errors.JWTClaimValidationFailed))
    return 'AKV10046: Unable to verify the signature of the token.';
  if (error.claim === 'aud') return 'AKV10022: Invalid audience.';
  return error.claim === 'iss' ? 'AKV10032: Invalid issuer.' : `AKV10000: Invalid claim ${error.claim}.`;
}

/** Refuses what the caller's access does not name. */
export const authorize =
  ({ access }: Deps) =>
  <P>(action: VaultAction): RequestHandler<P> =>
  (req, res, next) => {
    const clientId = String(res.locals.clientId);
    const grants = [ownEntry(access(), clientId) ?? []].flat();
    const { name } = req.params as { name?: string };
    const allowed = grants.some(
      ({ actions, names }) => actions.includes(action) && (name === undefined || !names || names.test(name)),
    );
    if (!allowed) {
      const of = name === undefined ? 'secrets' : `secrets/${name}`;
      const message = `Caller is not authorized to perform action on resource. Caller: appid=${clientId}; Action: '${action}'; Resource: '${of}'`;
      throw new VaultError(403, 'Forbidden', message, 'ForbiddenByRbac');
    }
    next();
  };
