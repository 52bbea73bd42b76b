import type { SecretClient } from '@azure/keyvault-secrets';
import { inVaultSpan } from '@legendops/kit/trace/vault-span';
import { z } from 'zod';
import { SuperOpsRegion } from '../superops/contract.ts';
import type { SuperOpsAccess } from '../superops/superops-transport.ts';

const Secret = z.object({ region: SuperOpsRegion, subdomain: z.string(), token: z.string() });

/** The tenants' tokens at SuperOps; this service alone reads them. */
export interface TokenVault {
  /** Undefined when the tenant has none. */
  get(tenantId: string): Promise<SuperOpsAccess | undefined>;
  put(tenantId: string, access: SuperOpsAccess): Promise<void>;
  /** Nobody reads what was there any more; the next `put` begins anew. */
  forget(tenantId: string): Promise<void>;
}

export const superOpsSecretName = (tenantId: string): string => `tenant-${tenantId.replaceAll('-', '')}-superops`;

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && error.statusCode === 404;

/** The vault, with each operation as a span. */
const traced = (vault: TokenVault): TokenVault => ({
  get: (tenantId) => inVaultSpan('get', () => vault.get(tenantId)),
  put: (tenantId, access) => inVaultSpan('put', () => vault.put(tenantId, access)),
  forget: (tenantId) => inVaultSpan('forget', () => vault.forget(tenantId)),
});

export const tokenVault = (client: SecretClient): TokenVault => traced(untraced(client));

const untraced = (client: SecretClient): TokenVault => ({
  get: async (tenantId) => {
    const name = superOpsSecretName(tenantId);
    try {
      const { value } = await client.getSecret(name);
      return Secret.parse(JSON.parse(value ?? ''));
    } catch (error) {
      if (isAbsent(error)) return undefined;
      // What the vault held must not reach a log through a parser's message.
      const isOfForm = error instanceof SyntaxError || error instanceof z.ZodError;
      // oxlint-disable-next-line eslint/preserve-caught-error
      throw isOfForm ? new Error(`The vault's secret ${name} has another form`) : error;
    }
  },
  put: async (tenantId, access) => {
    await client.setSecret(superOpsSecretName(tenantId), JSON.stringify(access), {
      contentType: 'application/json',
      tags: { 'managed-by': 'legendops-portal', tenant: tenantId, vendor: 'superops' },
    });
  },
  // Not deleted: a deleted secret's name is taken until it is purged.
  forget: async (tenantId) => {
    const name = superOpsSecretName(tenantId);
    try {
      const { version } = (await client.getSecret(name)).properties;
      if (version !== undefined) await client.updateSecretProperties(name, version, { enabled: false });
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  },
});
