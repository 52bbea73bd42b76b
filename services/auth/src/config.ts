import { existsSync } from 'node:fs';
import { httpUrl, parseEnvironment } from '@legendops/kit/config/parse-environment';
import { readSecrets } from '@legendops/kit/config/read-secrets';
import { mailVariables, serviceVariables } from '@legendops/kit/config/service-environment';
import { z } from 'zod';

export const variables = {
  ...serviceVariables,
  ...mailVariables,
  /** Where browsers find the portal; sign-in comes back below it. */
  PUBLIC_URL: httpUrl,
  /** The portal service's internal API: which customers an organisation has. */
  PORTAL_INTERNAL_URL: httpUrl,
  /** A projected service account token with the audience legendops-portal. */
  PORTAL_TOKEN_PATH: z.string().min(1),
  /** Of Entra ID, such as https://login.microsoftonline.com. */
  ENTRA_AUTHORITY: httpUrl,
  ENTRA_CLIENT_ID: z.string().min(1),
  ENTRA_CLIENT_SECRET_PATH: z.string().min(1),
  /** PKCS#8 PEM of the P-256 key that signs access tokens. */
  SIGNING_KEY_PATH: z.string().min(1),
  /** Where another such key may lie, which is published and signs nothing: the next one, or the last. */
  OTHER_KEY_PATH: z.string().optional(),
  /** 32 bytes in base64url, for the short-lived cookie of a sign-in under way. */
  COOKIE_KEY_PATH: z.string().min(1),
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(5).max(1_440).default(60),
  SESSION_HOURS: z.coerce.number().int().min(1).max(168).default(12),
} as const;

export const readAuthConfig = (environment: Record<string, string | undefined>) => {
  const parsed = parseEnvironment(variables, environment);
  const { OTHER_KEY_PATH = '' } = parsed;
  const { ENTRA_CLIENT_SECRET_PATH, SIGNING_KEY_PATH, COOKIE_KEY_PATH } = parsed;
  const secrets = readSecrets({ ENTRA_CLIENT_SECRET_PATH, SIGNING_KEY_PATH, COOKIE_KEY_PATH });
  return {
    ...parsed,
    entraClientSecret: secrets.ENTRA_CLIENT_SECRET_PATH,
    signingKeyPem: secrets.SIGNING_KEY_PATH,
    otherKeyPem: existsSync(OTHER_KEY_PATH) ? readSecrets({ OTHER_KEY_PATH }).OTHER_KEY_PATH : undefined,
    cookieKey: Buffer.from(secrets.COOKIE_KEY_PATH, 'base64url'),
  };
};

export type AuthConfig = ReturnType<typeof readAuthConfig>;
