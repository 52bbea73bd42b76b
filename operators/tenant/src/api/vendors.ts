/** The vendors that a tenant connects in the portal; each may have a secret of the tenant in the vault. */
export const vendors = ['pax8', 'quickbooks'] as const;
