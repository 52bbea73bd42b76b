import { problem } from '@legendops/kit/errors/problem';
import type { VendorVault, VendorSecret } from '../vault/vendor-vault.ts';
import type { QuickBooksOAuth } from './oauth.ts';
import { quickBooksCompany, type QuickBooksCompany } from './quickbooks-company.ts';
import { QuickBooksError } from './quickbooks-error.ts';
import { bookSettings, type BookSettings } from './book-settings.ts';
import type { RealmLimiter } from './realm-limiter.ts';

export interface TenantCompanies {
  /** The tenant's books; throws connection.missing when none are connected. */
  of(tenantId: string): Promise<{ realmId: string; company: QuickBooksCompany; settings(): Promise<BookSettings> }>;
  /** An access token for a job of the tenant, good for some minutes at least. */
  access(
    tenantId: string,
    options: { renew: boolean },
  ): Promise<{ realmId: string; accessToken: string; expiresAt: string }>;
}

type Secret = VendorSecret['quickbooks'];

const leftMs = 5 * 60_000;

/**
 * Tokens of the tenants' books. The refresh token changes with every use and the old one dies: one refresh in flight a
 * tenant, the new pair stored before it is used, and "reconnect" said only when nobody else has refreshed meanwhile.
 */
export const tenantCompanies = ({
  vault,
  oauth,
  apiUrl,
  limiter,
  onReconnect,
  now = () => new Date(),
}: {
  vault: VendorVault;
  oauth: QuickBooksOAuth;
  apiUrl: string;
  limiter: RealmLimiter;
  /** The vendor no longer accepts us: a person has to connect again. */
  onReconnect: (tenantId: string) => Promise<void>;
  now?: () => Date;
}): TenantCompanies => {
  const settings = bookSettings(now);
  const refreshing = new Map<string, Promise<Secret>>();

  const load = async (tenantId: string): Promise<Secret> => {
    const secret = await vault.get(tenantId, 'quickbooks');
    if (!secret) throw problem('connection.missing', { detail: 'Connect QuickBooks under Connections' });
    return secret;
  };

  const refresh = async (tenantId: string, held: Secret): Promise<Secret> => {
    try {
      const tokens = await oauth.refresh(held.refreshToken);
      const next: Secret = {
        realmId: held.realmId,
        accessToken: tokens.accessToken,
        accessExpiresAt: tokens.accessExpiresAt.toISOString(),
        refreshToken: tokens.refreshToken,
      };
      await vault.put(tenantId, 'quickbooks', next);
      return next;
    } catch (error) {
      if (!(error instanceof QuickBooksError) || error.code !== 'invalid_grant') throw error;
      const stored = await load(tenantId);
      if (stored.refreshToken !== held.refreshToken) return stored;
      await onReconnect(tenantId);
      throw error;
    }
  };

  const secretOf = async (tenantId: string, renew: boolean): Promise<Secret> => {
    const running = refreshing.get(tenantId);
    if (running) return running;
    const held = await load(tenantId);
    if (!renew && new Date(held.accessExpiresAt).getTime() - now().getTime() > leftMs) return held;
    // While the vault was read another call may have begun the refresh.
    const begun = refreshing.get(tenantId) ?? refresh(tenantId, held).finally(() => refreshing.delete(tenantId));
    refreshing.set(tenantId, begun);
    return begun;
  };

  return {
    of: async (tenantId) => {
      const { realmId } = await load(tenantId);
      const token = async ({ renew }: { renew: boolean }) => (await secretOf(tenantId, renew)).accessToken;
      const company = quickBooksCompany({ apiUrl, realmId, token, limiter });
      return { realmId, company, settings: () => settings.of(realmId, company) };
    },
    access: async (tenantId, { renew }) => {
      const { realmId, accessToken, accessExpiresAt } = await secretOf(tenantId, renew);
      return { realmId, accessToken, expiresAt: accessExpiresAt };
    },
  };
};
