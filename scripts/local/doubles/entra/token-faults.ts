import { decodeJwt, importJWK, SignJWT } from 'jose';
import type { JWK, JWTPayload } from 'jose';

/** What a relying party must refuse. Set as `fault.special` on the token endpoint. */
export const tokenFaults = [
  'bad-signature',
  'wrong-audience',
  'wrong-issuer',
  'wrong-tenant',
  'wrong-nonce',
  'no-nonce',
  'expired',
  'not-yet-valid',
  'unknown-key',
  'alg-none',
] as const;

export type TokenFault = (typeof tokenFaults)[number];
export type SigningKeys = { signingKey: JWK; foreignKey: JWK };

export const isTokenFault = (value: string | undefined): value is TokenFault =>
  tokenFaults.some((fault) => fault === value);

const elsewhere = '99999999-9999-4999-8999-999999999999';
const day = 24 * 60 * 60;

const spoilt: Record<TokenFault, (claims: JWTPayload) => JWTPayload> = {
  'bad-signature': (claims) => claims,
  'unknown-key': (claims) => claims,
  'alg-none': (claims) => claims,
  'wrong-audience': (claims) => ({ ...claims, aud: elsewhere }),
  'wrong-issuer': (claims) => ({ ...claims, iss: `https://login.example/${String(claims.tid)}/v2.0` }),
  // The issuer of one directory with the tid of another: each is plausible alone.
  'wrong-tenant': (claims) => ({ ...claims, tid: elsewhere }),
  'wrong-nonce': (claims) => ({ ...claims, nonce: 'of-another-sign-in' }),
  'no-nonce': ({ nonce: _nonce, ...claims }) => claims,
  expired: (claims) => ({
    ...claims,
    iat: (claims.iat ?? 0) - day,
    nbf: (claims.iat ?? 0) - day,
    exp: (claims.iat ?? 0) - day / 2,
  }),
  'not-yet-valid': (claims) => ({ ...claims, nbf: (claims.exp ?? 0) + day, exp: (claims.exp ?? 0) + 2 * day }),
};

/** The same token with one thing wrong; all the rest is as in a good one, signature included. */
export async function spoiltToken(
  token: string,
  fault: TokenFault,
  { signingKey, foreignKey }: SigningKeys,
): Promise<string> {
  const claims = spoilt[fault](decodeJwt(token));
  if (fault === 'alg-none') return `${base64Json({ alg: 'none', typ: 'JWT' })}.${base64Json(claims)}.`;
  if (fault === 'bad-signature') return sign(claims, { ...foreignKey, kid: signingKey.kid ?? '' });
  return sign(claims, fault === 'unknown-key' ? foreignKey : signingKey);
}

export async function sign(claims: JWTPayload, key: JWK): Promise<string> {
  const header = { alg: 'RS256', typ: 'JWT', ...(key.kid === undefined ? {} : { kid: key.kid }) };
  return new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(key, 'RS256'));
}

const base64Json = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
