import type { SecretClient } from '@azure/keyvault-secrets';
import { z } from 'zod';
import type { Vendor } from '../contract.ts';
import { tenantSecret, tenantSecretName, type TenantSecret } from './tenant-secret.ts';

const Pax8Secret = z.object({ clientId: z.string(), clientSecret: z.string() });
const QuickBooksSecret = z.object({
  realmId: z.string(),
  accessToken: z.string(),
  /** RFC 3339. */
  accessExpiresAt: z.string(),
  refreshToken: z.string(),
});

const schemas = { pax8: Pax8Secret, quickbooks: QuickBooksSecret } as const satisfies Record<Vendor, z.ZodType>;

export type VendorSecret = { [Name in Vendor]: z.infer<(typeof schemas)[Name]> };

/** The tenants' credentials at their vendors; this service alone reads them. */
export interface VendorVault {
  /** Undefined when the tenant has none. */
  get<Name extends Vendor>(tenantId: string, vendor: Name): Promise<VendorSecret[Name] | undefined>;
  put<Name extends Vendor>(tenantId: string, vendor: Name, secret: VendorSecret[Name]): Promise<void>;
  /** Nobody reads what was there any more; the next `put` begins anew. */
  forget(tenantId: string, vendor: Vendor): Promise<void>;
}

export const vendorSecretName = (tenantId: string, vendor: Vendor): string => tenantSecretName(tenantId, vendor);

export const vendorVault = (client: SecretClient): VendorVault => {
  const of = <Name extends Vendor>(vendor: Name): TenantSecret<VendorSecret[Name]> =>
    tenantSecret(client, {
      name: vendor,
      schema: schemas[vendor] as unknown as z.ZodType<VendorSecret[Name]>,
      tags: { vendor },
    });
  return {
    get: (tenantId, vendor) => of(vendor).get(tenantId),
    put: (tenantId, vendor, secret) => of(vendor).put(tenantId, secret),
    forget: (tenantId, vendor) => of(vendor).forget(tenantId),
  };
};
