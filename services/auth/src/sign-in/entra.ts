import { ConfidentialClientApplication, CryptoProvider, LogLevel, ResponseMode } from '@azure/msal-node';
import { remoteKeys } from '@legendops/kit/auth/remote-keys';
import { PersonName } from '@legendops/kit/contract/line-of-text';
import { jwtVerify } from 'jose';
import { z } from 'zod';
import { boundedNetwork } from './bounded-network.ts';

/** A person as their directory says: known by (directoryId, objectId), never by an e-mail address. */
export interface DirectoryPerson {
  directoryId: string;
  objectId: string;
  /** Undefined where the directory gives none that we would show. */
  name?: string | undefined;
  email?: string | undefined;
  /** Every address that the directory gives for the person, in small letters. No address ever says who somebody is. */
  addresses: readonly string[];
}

export interface PendingAuthorization {
  state: string;
  nonce: string;
  codeVerifier: string;
}

export interface Entra {
  /** The address to send the browser to, and what to remember until it comes back. */
  begin(hints: { loginHint?: string | undefined }): Promise<{ url: string; pending: PendingAuthorization }>;
  /** Redeems the code and verifies the ID token; throws whatever is wrong with either. */
  finish(code: string, pending: PendingAuthorization): Promise<DirectoryPerson>;
}

// In the one spelling that Entra ID uses: no second name for anybody, and none for a directory that is refused.
const DirectoryId = z.string().regex(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);

const Address = z.email().max(320).optional().catch(undefined);

const claimsFor = (clientId: string) =>
  z.object({
    sub: z.string().min(1).max(255),
    // For us and nobody else, asked for by nobody else.
    aud: z.literal(clientId),
    azp: z.literal(clientId).optional(),
    tid: DirectoryId,
    oid: DirectoryId,
    nonce: z.string(),
    // Other people's text: what is no name or address of ours is none at all.
    name: PersonName.optional().catch(undefined),
    preferred_username: Address,
    email: Address,
  });

// It comes straight from the token endpoint; Entra ID dates it back by five minutes.
const maxTokenAge = '15m';

const authority = 'organizations';
// The one "directory" of all personal Microsoft accounts: nobody answers for who is in it.
const personalAccounts = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** Code flow with PKCE through MSAL. MSAL does not verify the ID token (it trusts the channel); we do, by the keys. */
export const createEntra = ({
  authorityUrl,
  clientId,
  clientSecret,
  redirectUri,
  timeoutMs = 10_000,
}: {
  authorityUrl: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  /** Of each exchange with the directory. */
  timeoutMs?: number;
}): Entra => {
  const keys = remoteKeys(`${authorityUrl}/${authority}/discovery/v2.0/keys`, { timeoutMs });
  const Claims = claimsFor(clientId);
  // One application a sign-in: an application keeps every token it has seen, and we want none of them.
  const application = () =>
    new ConfidentialClientApplication({
      auth: {
        clientId,
        clientSecret,
        authority: `${authorityUrl}/${authority}`,
        knownAuthorities: [new URL(authorityUrl).host],
      },
      system: {
        networkClient: boundedNetwork(timeoutMs),
        loggerOptions: { logLevel: LogLevel.Error, piiLoggingEnabled: false, loggerCallback: () => undefined },
      },
    });
  const scopes = ['openid', 'profile', 'email'];

  const verified = async (idToken: string, nonce: string): Promise<DirectoryPerson> => {
    const { payload } = await jwtVerify(idToken, keys, {
      audience: clientId,
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'iat', 'iss', 'sub', 'tid', 'oid', 'nonce'],
      clockTolerance: 60,
      maxTokenAge,
    });
    const claims = Claims.parse(payload);
    if (claims.nonce !== nonce) throw new Error('The ID token answers another request');
    // A multi-tenant application is issued tokens by every directory; each must name itself (RFC 9207's mix-up).
    if (payload.iss !== `${authorityUrl}/${claims.tid}/v2.0`) throw new Error('The ID token is not of its directory');
    if (claims.tid === personalAccounts) throw new Error('A personal account has no directory');
    const addresses = [claims.email, claims.preferred_username].filter((address) => address !== undefined);
    return {
      directoryId: claims.tid,
      objectId: claims.oid,
      name: claims.name,
      email: addresses[0],
      addresses: addresses.map((address) => address.toLowerCase()),
    };
  };

  return {
    begin: async ({ loginHint }) => {
      const crypto = new CryptoProvider();
      const { verifier, challenge } = await crypto.generatePkceCodes();
      const pending = { state: crypto.createNewGuid(), nonce: crypto.createNewGuid(), codeVerifier: verifier };
      const url = await application().getAuthCodeUrl({
        scopes,
        redirectUri,
        responseMode: ResponseMode.QUERY,
        state: pending.state,
        nonce: pending.nonce,
        codeChallenge: challenge,
        codeChallengeMethod: 'S256',
        ...(loginHint === undefined ? { prompt: 'select_account' } : { loginHint }),
      });
      return { url, pending };
    },
    finish: async (code, { codeVerifier, nonce }) => {
      const result = await application().acquireTokenByCode({ code, scopes, redirectUri, codeVerifier, nonce });
      return verified(result.idToken, nonce);
    },
  };
};
