import type { Vendor } from '../contract.ts';
import type { VendorSecret, VendorVault } from '../vault/vendor-vault.ts';
import type { ConnectionStore } from './store.ts';

/** The account that a secret is for, as its connection names it. */
const accountOf: { [Name in Vendor]: (secret: VendorSecret[Name]) => string } = {
  pax8: ({ clientId }) => clientId,
  quickbooks: ({ realmId }) => realmId,
};

/**
 * The vault, telling of a tenant's credentials only while its connection is to the very account that they are for: an
 * account that another tenant holds, or that was given up, is not used by whatever the vault still has.
 */
export const heldSecrets = (vault: VendorVault, connections: Pick<ConnectionStore, 'account'>): VendorVault => ({
  put: (tenantId, vendor, secret) => vault.put(tenantId, vendor, secret),
  forget: (tenantId, vendor) => vault.forget(tenantId, vendor),
  get: async (tenantId, vendor) => {
    const account = await connections.account({ tenantId }, vendor);
    if (account === undefined) return undefined;
    const secret = await vault.get(tenantId, vendor);
    return secret !== undefined && accountOf[vendor](secret) === account ? secret : undefined;
  },
});
