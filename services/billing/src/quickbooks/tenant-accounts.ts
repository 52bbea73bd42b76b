import { knownBooks, type Books } from './known-books.ts';
import type { QuickBooksOAuth, QuickBooksTokens } from './oauth.ts';
import { quickBooksAccount, type QuickBooksAccount } from './quickbooks-account.ts';
import { QuickBooksError } from './quickbooks-error.ts';
import type { RealmLimiter } from './realm-limiter.ts';
import type { Leases } from '../vendor-access/leases.ts';
import type { QuickBooksSecret, TokenStore } from './token-store.ts';

export interface TenantAccount {
  realmId: string;
  account: QuickBooksAccount;
  /** Read once in ten minutes. */
  books: Books;
  /** They did not fit, or named what is gone: read anew the next time. True where something was as old as that. */
  forgetBooks(than?: { olderThanMs: number }): boolean;
}

export interface TenantAccounts {
  /** The tenant's account; throws connection.missing when none is connected. */
  of(tenantId: string, signal?: AbortSignal): Promise<TenantAccount>;
  /** An access token for a job of the tenant, good for some minutes at least. */
  access(
    tenantId: string,
    options: { renew: boolean },
  ): Promise<{ realmId: string; accessToken: string; expiresAt: string }>;
  /** The name of the account that a person has just chosen: proof that the tokens open it. */
  nameOf(realmId: string, tokens: QuickBooksTokens): Promise<string>;
  /** Keeps the tokens of this account in place of what was there. */
  begin(tenantId: string, realmId: string, tokens: QuickBooksTokens): Promise<void>;
}

const leftMs = 5 * 60_000;

// Longer than a trade of tokens takes, with its vault; a dead holder's is free after it.
const leaseSeconds = 60;
const waits = 120;

const secretOf = (
  realmId: string,
  { accessToken, accessExpiresAt, refreshToken }: QuickBooksTokens,
): QuickBooksSecret => ({
  realmId,
  accessToken,
  accessExpiresAt: accessExpiresAt.toISOString(),
  refreshToken,
});

/**
 * Tokens of the tenants' accounts. The refresh token changes with every use and the old one dies: one trade in flight a
 * tenant in whatever replica, and "reconnect" said only when nobody else has traded meanwhile.
 */
export const tenantAccounts = ({
  tokens,
  leases,
  oauth,
  apiUrl,
  limiter,
  onReconnect,
  onLapsed,
  now = () => new Date(),
  pauseMs = 500,
}: {
  tokens: TokenStore;
  leases: Leases;
  oauth: QuickBooksOAuth;
  apiUrl: string;
  limiter: RealmLimiter;
  /** The vendor no longer accepts us: a person has to connect again. */
  onReconnect: (tenantId: string, realmId: string) => Promise<void>;
  /** The subscription of the books has ended: nothing is asked of them until it is renewed. */
  onLapsed?: (tenantId: string, realmId: string) => Promise<void>;
  now?: () => Date;
  pauseMs?: number;
}): TenantAccounts => {
  const known = knownBooks(now);
  const refreshing = new Map<string, Promise<QuickBooksSecret>>();
  const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMs));

  const trade = async (tenantId: string, held: QuickBooksSecret): Promise<QuickBooksSecret> => {
    const stored = await tokens.load(tenantId);
    if (stored.refreshToken !== held.refreshToken) return stored;
    try {
      const next = secretOf(held.realmId, await oauth.refresh(held.refreshToken));
      await tokens.keep(tenantId, next, held);
      return next;
    } catch (error) {
      if (!(error instanceof QuickBooksError) || error.code !== 'invalid_grant') throw error;
      // Somebody whose lease ran out may be about to store what he got for this very token.
      await pause();
      const later = await tokens.load(tenantId);
      if (later.refreshToken !== held.refreshToken) return later;
      await onReconnect(tenantId, held.realmId);
      throw error;
    }
  };

  /** Alone with the tenant's tokens, in whatever replica. */
  const alone = async <T>(tenantId: string, work: () => Promise<T>): Promise<T> => {
    for (let wait = 0; wait < waits; wait += 1) {
      const lease = await leases.take(tenantId, 'quickbooks-token', leaseSeconds);
      if (lease) return work().finally(() => lease.release());
      await pause();
    }
    throw new QuickBooksError('unreachable', 'token-busy', 'Another process did not finish renewing the connection');
  };

  const current = async (tenantId: string, renew: boolean): Promise<QuickBooksSecret> => {
    const running = refreshing.get(tenantId);
    if (running) return running;
    const held = await tokens.load(tenantId);
    if (!renew && new Date(held.accessExpiresAt).getTime() - now().getTime() > leftMs) return held;
    // While the vault was read another call may have begun the refresh.
    const begun =
      refreshing.get(tenantId) ??
      alone(tenantId, () => trade(tenantId, held)).finally(() => refreshing.delete(tenantId));
    refreshing.set(tenantId, begun);
    return begun;
  };

  return {
    of: async (tenantId, signal) => {
      const { realmId } = await tokens.load(tenantId);
      const token = async ({ renew }: { renew: boolean }) => {
        const secret = await current(tenantId, renew);
        if (secret.realmId === realmId) return secret.accessToken;
        throw new QuickBooksError('unreachable', 'other-company', 'Another company was connected meanwhile');
      };
      const onRefused = () => onReconnect(tenantId, realmId);
      const lapsed = onLapsed && (() => onLapsed(tenantId, realmId));
      const account = quickBooksAccount({ apiUrl, realmId, token, limiter, signal, onRefused, onLapsed: lapsed });
      return {
        realmId,
        account,
        books: known.of(realmId, account),
        forgetBooks: (than = { olderThanMs: 0 }) => known.forget(realmId, than),
      };
    },
    access: async (tenantId, { renew }) => {
      const { realmId, accessToken, accessExpiresAt } = await current(tenantId, renew);
      return { realmId, accessToken, expiresAt: accessExpiresAt };
    },
    nameOf: (realmId, { accessToken }) =>
      quickBooksAccount({ apiUrl, realmId, token: async () => accessToken, limiter }).name(),
    begin: (tenantId, realmId, given) => alone(tenantId, () => tokens.begin(tenantId, secretOf(realmId, given))),
  };
};
