import { httpUrl, parseEnvironment } from '@legendops/kit/config/parse-environment';
import { serviceVariables, sessionVariables } from '@legendops/kit/config/service-environment';
import { z } from 'zod';

export const variables = {
  ...serviceVariables,
  ...sessionVariables,
  /** The billing service's internal API; it alone holds vendors' credentials. */
  BILLING_INTERNAL_URL: httpUrl,
  /** A projected service account token with the audience legendops-billing. */
  BILLING_TOKEN_PATH: z.string().min(1),
  /** The catalog service's internal API, and a projected service account token with the audience legendops-catalog. */
  CATALOG_INTERNAL_URL: httpUrl,
  CATALOG_TOKEN_PATH: z.string().min(1),
  VAULT_URL: httpUrl,
  /** True where the vault's name is not below its resource's name, as on one machine. */
  VAULT_IS_LOCAL: z.stringbool().default(false),
  /** SuperOps for MSPs in each of its data centres, before /msp. */
  SUPEROPS_US_URL: httpUrl,
  SUPEROPS_EU_URL: httpUrl,
  /** SuperOps allows 800 a minute and user, whichever process asks: two of ours leave room for other tools of that user. */
  SUPEROPS_CALLS_PER_MINUTE: z.coerce.number().int().min(1).default(300),
} as const;

export const readPortalConfig = (environment: Record<string, string | undefined>) =>
  parseEnvironment(variables, environment);
