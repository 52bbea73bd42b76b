import type { SecretClient } from '@azure/keyvault-secrets';
import { z } from 'zod';

/** One secret of each tenant in the vault; this service alone reads it. */
export interface TenantSecret<Value> {
  /** Undefined when the tenant has none. */
  get(tenantId: string): Promise<Value | undefined>;
  put(tenantId: string, value: Value): Promise<void>;
  /** Nobody reads what was there any more; the next `put` begins anew. */
  forget(tenantId: string): Promise<void>;
}

export const tenantSecretName = (tenantId: string, name: string): string =>
  `tenant-${tenantId.replaceAll('-', '')}-${name}`;

const isNotFound = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && error.statusCode === 404;

export const tenantSecret = <Value>(
  client: SecretClient,
  { name, schema, tags = {} }: { name: string; schema: z.ZodType<Value>; tags?: Record<string, string> },
): TenantSecret<Value> => ({
  get: async (tenantId) => {
    try {
      const { value } = await client.getSecret(tenantSecretName(tenantId, name));
      return schema.parse(JSON.parse(value ?? ''));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      // What the vault held must not reach a log through a parser's message.
      const isOfForm = error instanceof SyntaxError || error instanceof z.ZodError;
      // oxlint-disable-next-line eslint/preserve-caught-error
      throw isOfForm ? new Error(`The vault's secret ${tenantSecretName(tenantId, name)} has another form`) : error;
    }
  },
  put: async (tenantId, value) => {
    await client.setSecret(tenantSecretName(tenantId, name), JSON.stringify(value), {
      contentType: 'application/json',
      tags: { 'managed-by': 'legendops-billing', tenant: tenantId, ...tags },
    });
  },
  // Not deleted: a deleted secret's name is taken until it is purged.
  forget: async (tenantId) => {
    const secret = tenantSecretName(tenantId, name);
    try {
      const { version } = (await client.getSecret(secret)).properties;
      if (version !== undefined) await client.updateSecretProperties(secret, version, { enabled: false });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  },
});
