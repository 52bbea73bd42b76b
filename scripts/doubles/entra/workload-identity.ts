import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { messageOf } from '@legendops/kit/errors/message-of';
import { stableUuid } from '../stable-uuid.ts';
import type { OAuthError } from './oauth-error.ts';

/** A trust of one application in the service account tokens of one cluster. */
export type FederatedCredential = {
  tid: string;
  clientId: string;
  issuer: string;
  subject: string;
  audience: string;
  jwks: () => JSONWebKeySet | Promise<JSONWebKeySet>;
};

export type WorkloadRequest = { tid: string; clientId: string; assertion: string };
type Outcome = { ok: true } | { ok: false; error: OAuthError };

const refused = (code: number, message: string): Outcome => ({
  ok: false,
  error: { status: 401, error: 'invalid_client', code, message },
});

/** Whether a service account token stands for the application, with Entra ID's words when not. */
export async function checkAssertion(
  credentials: readonly FederatedCredential[],
  { tid, clientId, assertion }: WorkloadRequest,
  now: Date,
): Promise<Outcome> {
  const claims = decoded(assertion);
  if (!claims) return refused(50027, 'JWT token is invalid or malformed.');
  const own = credentials.filter((credential) => credential.tid === tid && credential.clientId === clientId);
  if (own.length === 0)
    return refused(700016, `Application with identifier '${clientId}' was not found in the directory '${tid}'.`);
  const ofIssuer = own.filter(({ issuer }) => issuer === claims.iss);
  if (ofIssuer.length === 0) {
    return refused(
      700211,
      `No matching federated identity record found for presented assertion issuer '${claims.iss}'.`,
    );
  }
  const ofSubject = ofIssuer.find(({ subject }) => subject === claims.sub);
  if (!ofSubject) {
    return refused(
      700213,
      `No matching federated identity record found for presented assertion subject '${claims.sub}'.`,
    );
  }
  if (![claims.aud].flat().includes(ofSubject.audience)) {
    return refused(
      700212,
      `No matching federated identity record found for presented assertion audience '${String(claims.aud)}'.`,
    );
  }
  try {
    await jwtVerify(assertion, createLocalJWKSet(await ofSubject.jwks()), {
      issuer: ofSubject.issuer,
      audience: ofSubject.audience,
      requiredClaims: ['exp'],
      currentDate: now,
    });
    return { ok: true };
  } catch (error) {
    return refused(7000271, `The assertion is not valid: ${messageOf(error)}.`);
  }
}

/** Claims of an application's access token. Key Vault and Storage still get version 1 tokens, hence the old issuer. */
export function workloadClaims({
  tid,
  clientId,
  resource,
}: {
  tid: string;
  clientId: string;
  resource: string;
}): JWTPayload {
  const oid = stableUuid('application', tid, clientId);
  return {
    aud: resource,
    iss: `https://sts.windows.net/${tid}/`,
    appid: clientId,
    appidacr: '2',
    idp: `https://sts.windows.net/${tid}/`,
    idtyp: 'app',
    oid,
    sub: oid,
    tid,
    ver: '1.0',
  };
}

function decoded(assertion: string): JWTPayload | undefined {
  try {
    return decodeJwt(assertion);
  } catch {
    return undefined;
  }
}
