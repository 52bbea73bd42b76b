import type { Vendor } from '../contract.ts';
import type { Pax8Tokens } from '../pax8/tenant-tokens.ts';
import type { TenantAccounts } from '../quickbooks/tenant-accounts.ts';
import type { VendorAccess } from '../job/vendor-access.ts';

/** Short-lived access of a tenant to a vendor; `renew` after the vendor refused the last one. */
export type AccessOf = Record<Vendor, (tenantId: string, options: { renew: boolean }) => Promise<VendorAccess>>;

export const accessOf = ({
  pax8,
  pax8Tokens,
  quickBooksUrl,
  accounts,
}: {
  pax8: { url: string; callsPerMinute: number };
  pax8Tokens: Pax8Tokens;
  quickBooksUrl: string;
  accounts: Pick<TenantAccounts, 'access'>;
}): AccessOf => ({
  pax8: async (tenantId, options) => {
    const { accessToken, expiresAt } = await pax8Tokens.of(tenantId, options);
    const { url, callsPerMinute } = pax8;
    return { accessToken, expiresAt: expiresAt.toISOString(), url, callsPerMinute, realmId: null };
  },
  quickbooks: async (tenantId, options) => ({
    ...(await accounts.access(tenantId, options)),
    url: quickBooksUrl,
    callsPerMinute: null,
  }),
});
