/** The vendors that a tenant connects in the portal; each may have a secret of the tenant in the vault. */
export const vendors = ['pax8', 'quickbooks'] as const;

/**
 * Who writes which secret of a tenant, by the end of its name, and has a vault of its own for it (decision 0068). SuperOps
 * is the portal's, and nothing is billed by it; Teams is told of what billing has to say.
 */
export const secretWriters = {
  database: 'operator',
  pax8: 'billing',
  quickbooks: 'billing',
  teams: 'billing',
  superops: 'portal',
} as const;

export type SecretKind = keyof typeof secretWriters;
export const vendorSecrets = [...vendors, 'superops', 'teams'] as const;
export type VaultWriter = (typeof secretWriters)[SecretKind];
