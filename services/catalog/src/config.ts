import { httpUrl, parseEnvironment } from '@legendops/kit/config/parse-environment';
import { serviceVariables, sessionVariables } from '@legendops/kit/config/service-environment';
import { z } from 'zod';

export const variables = {
  ...serviceVariables,
  ...sessionVariables,
  /** The account of media, which this service signs in to as a workload. */
  BLOB_URL: z
    .url({ protocol: /^https$/, error: 'expected an https:// URL' })
    .transform((url) => url.replace(/\/$/, '')),
  /** True where the sign-in authority is a double. */
  BLOB_IS_LOCAL: z.stringbool().default(false),
  /** Where browsers find the containers of that account. */
  MEDIA_URL: httpUrl,
} as const;

export const readCatalogConfig = (environment: Record<string, string | undefined>) =>
  parseEnvironment(variables, environment);
