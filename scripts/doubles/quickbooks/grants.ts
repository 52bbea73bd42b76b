import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Quirks } from './quirks.ts';

/** One person's consent for one company. The refresh token changes, the grant stays. */
type Grant = {
  realmId: string;
  authorizedAt: number;
  refreshHash: string;
  refreshIssuedAt: number;
  refreshExpiresAt: number;
};

export type GrantState = {
  codes: Record<string, { realmId: string; redirectUri: string; expiresAt: number }>;
  grants: Record<string, Grant>;
  accessTokens: Record<string, { grantId: string; expiresAt: number }>;
};

export const noGrants = (): GrantState => ({ codes: {}, grants: {}, accessTokens: {} });

type Deps = { state: () => GrantState; changed: () => void; quirks: () => Quirks; now: () => Date };

const codeSeconds = 600;
const dayMs = 86_400_000;
const hashed = (token: string) => createHash('sha256').update(token).digest('hex');
const random = () => randomBytes(30).toString('base64url');

export type TokenReply = {
  token_type: 'bearer';
  access_token: string;
  expires_in: number;
  refresh_token: string;
  x_refresh_token_expires_in: number;
  x_refresh_token_hard_expires_in: number;
};

/** Codes, access tokens and refresh tokens; of the tokens only hashes are kept. */
export function grantBook({ state, changed, quirks, now }: Deps) {
  const at = () => now().getTime();
  const secondsUntil = (instant: number) => Math.max(0, Math.floor((instant - at()) / 1000));
  const hardEndOf = (grant: Grant) => grant.authorizedAt + quirks().refreshTokenHardSeconds * 1000;

  const issue = (grantId: string, grant: Grant, refreshToken: string): TokenReply => {
    const access = random();
    state().accessTokens[hashed(access)] = { grantId, expiresAt: at() + quirks().accessTokenSeconds * 1000 };
    grant.refreshHash = hashed(refreshToken);
    grant.refreshExpiresAt = Math.min(at() + quirks().refreshTokenSeconds * 1000, hardEndOf(grant));
    changed();
    return {
      token_type: 'bearer',
      access_token: access,
      expires_in: quirks().accessTokenSeconds,
      refresh_token: refreshToken,
      x_refresh_token_expires_in: secondsUntil(grant.refreshExpiresAt),
      x_refresh_token_hard_expires_in: secondsUntil(hardEndOf(grant)),
    };
  };
  const grantOf = (token: string) =>
    Object.entries(state().grants).find(([, grant]) => grant.refreshHash === hashed(token)) ??
    Object.entries(state().grants).find(([id]) => id === state().accessTokens[hashed(token)]?.grantId);

  return {
    code: (realmId: string, redirectUri: string): string => {
      const code = random();
      state().codes[hashed(code)] = { realmId, redirectUri, expiresAt: at() + codeSeconds * 1000 };
      changed();
      return code;
    },
    /** Undefined: the code is unknown, used, too old or of another redirect address. */
    redeem: (code: string, redirectUri: string): TokenReply | undefined => {
      const known = state().codes[hashed(code)];
      delete state().codes[hashed(code)];
      if (!known || known.redirectUri !== redirectUri || known.expiresAt <= at()) return undefined;
      const grant: Grant = {
        realmId: known.realmId,
        authorizedAt: at(),
        refreshHash: '',
        refreshIssuedAt: at(),
        refreshExpiresAt: 0,
      };
      const grantId = randomUUID();
      state().grants[grantId] = grant;
      return issue(grantId, grant, random());
    },
    /** Undefined: the token was rotated away, revoked, or is too old. The one before is refused at once. */
    refresh: (token: string): TokenReply | undefined => {
      const [grantId, grant] =
        Object.entries(state().grants).find(([, { refreshHash }]) => refreshHash === hashed(token)) ?? [];
      if (!grantId || !grant || grant.refreshExpiresAt <= at()) return undefined;
      const rotates = quirks().refreshRotation === 'every-call' || at() - grant.refreshIssuedAt >= dayMs;
      if (rotates) grant.refreshIssuedAt = at();
      return issue(grantId, grant, rotates ? random() : token);
    },
    revoke: (token: string): boolean => {
      const [grantId] = grantOf(token) ?? [];
      if (!grantId) return false;
      const { accessTokens, grants } = state();
      delete grants[grantId];
      for (const [hash, access] of Object.entries(accessTokens)) {
        if (access.grantId === grantId) delete accessTokens[hash];
      }
      changed();
      return true;
    },
    /** The company that a bearer token opens. */
    realmOf: (token: string): string | undefined => {
      const access = state().accessTokens[hashed(token)];
      return access && access.expiresAt > at() ? state().grants[access.grantId]?.realmId : undefined;
    },
  };
}

export type GrantBook = ReturnType<typeof grantBook>;
