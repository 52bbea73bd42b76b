import type { SecretClient } from '@azure/keyvault-secrets';
import { z } from 'zod';
import { tenantSecret, tenantSecretName, type TenantSecret } from './tenant-secret.ts';

const TeamsSecret = z.object({ url: z.string() });

/** The addresses of the channels of Teams that tenants' notices go to. */
export type TeamsVault = TenantSecret<z.infer<typeof TeamsSecret>>;

const name = 'teams';

export const teamsSecretName = (tenantId: string): string => tenantSecretName(tenantId, name);

export const teamsVault = (client: SecretClient): TeamsVault => tenantSecret(client, { name, schema: TeamsSecret });
