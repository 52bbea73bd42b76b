import { createHash } from 'node:crypto';
import type { JWK } from 'jose';
import { Provider } from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { errorPage } from './picker-page.ts';
import { oidOf } from './directories.ts';
import type { Directory, DirectoryBook } from './directories.ts';
import type { MemoryStorage } from './memory-adapter.ts';

export type Client = { clientId: string; clientSecret: string; redirectUris: string[] };

type Options = {
  issuer: string;
  directory: Directory;
  directories: DirectoryBook;
  clients: Client[];
  signingKey: JWK;
  storage: MemoryStorage;
};

const hour = 60 * 60;
const idTokenClaims = ['tid', 'oid', 'name', 'preferred_username', 'email', 'ver', 'roles', 'idp', 'acct', 'acrs'];

/** The protocol of one directory: codes with PKCE, tokens with its own issuer. Nobody signs in here, see sign-in.ts. */
export function directoryProvider({ issuer, directory, directories, clients, signingKey, storage }: Options): Provider {
  return new Provider(issuer, {
    adapter: storage.adapter,
    jwks: { keys: [{ ...signingKey, kty: 'RSA' }] },
    clients: clients.map((client) => ({
      client_id: client.clientId,
      client_secret: client.clientSecret,
      redirect_uris: client.redirectUris,
      response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'client_secret_post',
    })),
    routes: { authorization: '/oauth2/v2.0/authorize', token: '/oauth2/v2.0/token' },
    // Entra ID puts all claims into the ID token; the library would leave them to the userinfo endpoint.
    conformIdTokenClaims: false,
    claims: { openid: ['sub', ...idTokenClaims] },
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: () => '/unreachable' },
    ttl: {
      Interaction: 60,
      AccessToken: hour,
      AuthorizationCode: 600,
      IdToken: hour,
      RefreshToken: 24 * hour,
      Grant: 24 * hour,
      Session: 60,
    },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = errorPage(`${out.error}: ${out.error_description ?? ''}`);
    },
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    loadExistingGrant: grantEverything,
    findAccount: (_ctx, oid, token) => {
      const found = directories.byOid(directory.tid, oid);
      if (!found) return undefined;
      const clientId = token && 'clientId' in token ? String(token.clientId) : '';
      const { email, name, claims } = found.person;
      return {
        accountId: oid,
        claims: () => ({
          // `sub` differs per application in Entra ID; only (tid, oid) names a person everywhere.
          sub: createHash('sha256').update(`${clientId}:${oid}`).digest('base64url'),
          tid: directory.tid,
          oid: oidOf(directory.tid, email),
          name,
          email,
          preferred_username: email,
          ver: '2.0',
          ...claims,
        }),
      };
    },
  });
}

/** Consent is not part of what is tested here. */
async function grantEverything(ctx: KoaContextWithOIDC) {
  const { client, session, provider } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile email offline_access');
  grant.addOIDCClaims(['sub', ...idTokenClaims]);
  await grant.save();
  return grant;
}
