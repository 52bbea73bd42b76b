import type { SecretClient } from '@azure/keyvault-secrets';
import { z } from 'zod';
import type { Vendor } from '../contract.ts';

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

export const vendorSecretName = (tenantId: string, vendor: Vendor): string =>
  `tenant-${tenantId.replaceAll('-', '')}-${vendor}`;

const isNotFound = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && error.statusCode === 404;

export const vendorVault = (client: SecretClient): VendorVault => ({
  get: async (tenantId, vendor) => {
    try {
      const { value } = await client.getSecret(vendorSecretName(tenantId, vendor));
      return schemas[vendor].parse(JSON.parse(value ?? '')) as never;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      // What the vault held must not reach a log through a parser's message.
      const isOfForm = error instanceof SyntaxError || error instanceof z.ZodError;
      // oxlint-disable-next-line eslint/preserve-caught-error
      throw isOfForm ? new Error(`The vault's secret ${vendorSecretName(tenantId, vendor)} has another form`) : error;
    }
  },
  put: async (tenantId, vendor, secret) => {
    await client.setSecret(vendorSecretName(tenantId, vendor), JSON.stringify(secret), {
      contentType: 'application/json',
      tags: { 'managed-by': 'legendops-billing', tenant: tenantId, vendor },
    });
  },
  // Not deleted: a deleted secret's name is taken until it is purged.
  forget: async (tenantId, vendor) => {
    const name = vendorSecretName(tenantId, vendor);
    try {
      const { version } = (await client.getSecret(name)).properties;
      if (version !== undefined) await client.updateSecretProperties(name, version, { enabled: false });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  },
});
