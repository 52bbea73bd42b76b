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

/** What a library lets through: signature, audience, issuer, nonce and times are as they should be, or look so. */
export const subtleTokenFaults = [
  'no-subject',
  'empty-subject',
  'no-issued-at',
  'no-expiry',
  'no-directory',
  'no-object',
  'issued-in-the-future',
  'issued-long-ago',
  'several-audiences',
  'other-party',
  'upper-case-directory',
  'personal-account',
  'personal-account-in-upper-case',
] as const;

export type TokenFault = (typeof tokenFaults)[number] | (typeof subtleTokenFaults)[number];
export type SigningKeys = { signingKey: JWK; foreignKey: JWK };

export const isTokenFault = (value: string | undefined): value is TokenFault =>
  [...tokenFaults, ...subtleTokenFaults].some((fault) => fault === value);

const elsewhere = '99999999-9999-4999-8999-999999999999';
const day = 24 * 60 * 60;
const personalAccounts = '9188040d-6c67-4c5b-b112-36a304b66dad';

const without =
  (name: string) =>
  ({ [name]: _left, ...claims }: JWTPayload): JWTPayload =>
    claims;

// The issuer names the directory in the same spelling: what is wrong is the directory alone.
const ofDirectory =
  (spell: (tid: string) => string) =>
  (claims: JWTPayload): JWTPayload => {
    const tid = spell(String(claims.tid));
    return { ...claims, tid, iss: String(claims.iss).replace(String(claims.tid), tid) };
  };

const spoilt: Record<TokenFault, (claims: JWTPayload) => JWTPayload> = {
  'bad-signature': (claims) => claims,
  'unknown-key': (claims) => claims,
  'alg-none': (claims) => claims,
  'wrong-audience': (claims) => ({ ...claims, aud: elsewhere }),
  'wrong-issuer': (claims) => ({ ...claims, iss: `https://login.example/${String(claims.tid)}/v2.0` }),
  // The issuer of one directory with the tid of another: each is plausible alone.
  'wrong-tenant': (claims) => ({ ...claims, tid: elsewhere }),
  'wrong-nonce': (claims) => ({ ...claims, nonce: 'of-another-sign-in' }),
  'no-nonce': without('nonce'),
  'no-subject': without('sub'),
  'no-issued-at': without('iat'),
  'no-expiry': without('exp'),
  'no-directory': without('tid'),
  'no-object': without('oid'),
  'empty-subject': (claims) => ({ ...claims, sub: '' }),
  'issued-in-the-future': (claims) => ({ ...claims, iat: (claims.iat ?? 0) + 300 }),
  'issued-long-ago': (claims) => ({ ...claims, iat: (claims.iat ?? 0) - 3 * 365 * day }),
  'several-audiences': (claims) => ({ ...claims, aud: [String(claims.aud), elsewhere] }),
  'other-party': (claims) => ({ ...claims, azp: elsewhere }),
  'upper-case-directory': ofDirectory((tid) => tid.replace(/^./, 'A').toUpperCase()),
  'personal-account': ofDirectory(() => personalAccounts),
  'personal-account-in-upper-case': ofDirectory(() => personalAccounts.toUpperCase()),
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
