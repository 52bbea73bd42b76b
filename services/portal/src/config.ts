import { httpUrl, parseEnvironment } from '@legendops/kit/config/parse-environment';
import { serviceVariables, sessionVariables } from '@legendops/kit/config/service-environment';
import { z } from 'zod';

const variables = {
  ...serviceVariables,
  ...sessionVariables,
  /** The billing service's internal API; it alone holds vendors' credentials. */
  BILLING_INTERNAL_URL: httpUrl,
  /** A projected service account token with the audience legendops-billing. */
  BILLING_TOKEN_PATH: z.string().min(1),
  /** The catalog service's internal API, and a projected service account token with the audience legendops-catalog. */
  CATALOG_INTERNAL_URL: httpUrl,
  CATALOG_TOKEN_PATH: z.string().min(1),
} as const;

export const readPortalConfig = (environment: Record<string, string | undefined>) =>
  parseEnvironment(variables, environment);
