import type { benchDatabase } from '../bench-database.ts';
import { startContender, type Contender } from './contender.ts';
import type { tokenIssuer } from './tokens.ts';

export interface PortalSurroundings {
  issuer: string;
  database: Awaited<ReturnType<typeof benchDatabase>>;
  tokens: Awaited<ReturnType<typeof tokenIssuer>>;
  port: () => Promise<number>;
  profileDirectory: string | undefined;
}

/** The list of customers of the real portal service; `more` are variables of it. */
export const portalContender = async (
  name: string,
  { issuer, database, tokens, port, profileDirectory }: PortalSurroundings,
  more: Record<string, string> = {},
): Promise<Contender> => {
  const own = String(await port());
  return startContender({
    name,
    script: 'services/portal/src/main.ts',
    environment: {
      DATABASE_URL: database.serviceUrl,
      ACCESS_TOKEN_ISSUER: issuer,
      ACCESS_TOKEN_KEYS_URL: tokens.keysUrl,
      LOG_LEVEL: 'error',
      PORT: own,
      INTERNAL_PORT: String(await port()),
      MANAGEMENT_PORT: String(await port()),
      REQUIRE_SAFE_POSTGRES: 'false',
      SERVICE_TOKEN_ISSUER: issuer,
      SERVICE_TOKEN_KEYS_URL: tokens.keysUrl,
      BILLING_INTERNAL_URL: issuer,
      BILLING_TOKEN_PATH: '/dev/null',
      CATALOG_INTERNAL_URL: issuer,
      CATALOG_TOKEN_PATH: '/dev/null',
      AUTH_INTERNAL_URL: tokens.url,
      AUTH_TOKEN_PATH: '/dev/null',
      // Neither a vault nor SuperOps is asked for a list.
      VAULT_URL: issuer,
      SUPEROPS_US_URL: issuer,
      SUPEROPS_EU_URL: issuer,
      AZURE_TENANT_ID: 'bench',
      AZURE_CLIENT_ID: 'bench',
      AZURE_FEDERATED_TOKEN_FILE: '/dev/null',
      READINESS_DELAY_MS: '0',
      ...more,
    },
    url: `http://127.0.0.1:${own}/api/portal/v1/customers?limit=20`,
    headers: await Promise.all(
      database.tenantIds.map(async (id) => ({ authorization: `Bearer ${await tokens.tokenFor(id)}` })),
    ),
    profileDirectory,
  });
};
