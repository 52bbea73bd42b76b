/** The vendors that a tenant connects in the portal; each may have a secret of the tenant in the vault. */
export const vendors = ['pax8', 'quickbooks'] as const;

/** Whose secrets of the tenant go with it; SuperOps is the portal's, and nothing is billed by it. */
export const vaultedVendors = [...vendors, 'superops', 'teams'] as const;
