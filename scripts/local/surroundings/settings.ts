import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { httpUrl, parseEnvironment } from '@legendops/kit/config/parse-environment';
import { z } from 'zod';

const directory = z.string().startsWith('/');

const variables = {
  ENVIRONMENT: z.string().min(1),
  STATE_DIRECTORY: directory,
  SECRETS_DIRECTORY: directory,
  /** Where browsers find the portal, the sign-in page and the page of QuickBooks. */
  PUBLIC_URL: httpUrl,
  SIGN_IN_PAGE_URL: httpUrl,
  /** What pods call the vault and the sign-in by. */
  VAULT_URL: httpUrl,
  SIGN_IN_URL: httpUrl,
  /** The API server, and what a pod shows it. */
  KUBERNETES_URL: httpUrl.default('https://kubernetes.default.svc'),
  KUBERNETES_TOKEN_PATH: directory.default('/var/run/secrets/kubernetes.io/serviceaccount/token'),
} as const;

/** What the chart tells a pod. A secret is a file, read when a part asks for it: no part is given those of another. */
export const readSettings = (environment: Record<string, string | undefined>) => {
  const parsed = parseEnvironment(variables, environment);
  return {
    environment: parsed.ENVIRONMENT,
    stateDirectory: parsed.STATE_DIRECTORY,
    publicUrl: parsed.PUBLIC_URL,
    signInPageUrl: parsed.SIGN_IN_PAGE_URL,
    vaultUrl: parsed.VAULT_URL,
    signInUrl: parsed.SIGN_IN_URL,
    kubernetesUrl: parsed.KUBERNETES_URL,
    kubernetesTokenPath: parsed.KUBERNETES_TOKEN_PATH,
    secret: (name: string): string => readFileSync(join(parsed.SECRETS_DIRECTORY, name), 'utf8'),
  };
};

export type Settings = ReturnType<typeof readSettings>;
