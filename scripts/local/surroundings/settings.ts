import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { httpUrl, parseEnvironment } from '@legendops/kit/config/parse-environment';
import { z } from 'zod';

const directory = z.string().startsWith('/');

/** What every program of the chart is told: whether it may run at all, and how it asks the cluster. */
export const clusterVariables = {
  ENVIRONMENT: z.string().min(1),
  KUBERNETES_URL: httpUrl.default('https://kubernetes.default.svc'),
  /** What a pod shows the API server. */
  KUBERNETES_TOKEN_PATH: directory.default('/var/run/secrets/kubernetes.io/serviceaccount/token'),
} as const;

const variables = {
  ...clusterVariables,
  STATE_DIRECTORY: directory,
  SECRETS_DIRECTORY: directory,
  /** Where browsers find the portal and the sign-in page. */
  PUBLIC_URL: httpUrl,
  SIGN_IN_PAGE_URL: httpUrl,
  /** What pods call the vault and the sign-in by. */
  VAULT_URL: httpUrl,
  SIGN_IN_URL: httpUrl,
  /** Of the storage account. */
  BLOB_URL: httpUrl,
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
    blobUrl: parsed.BLOB_URL,
    kubernetesUrl: parsed.KUBERNETES_URL,
    kubernetesTokenPath: parsed.KUBERNETES_TOKEN_PATH,
    secret: (name: string): string => readFileSync(join(parsed.SECRETS_DIRECTORY, name), 'utf8'),
    secretPath: (name: string): string => join(parsed.SECRETS_DIRECTORY, name),
  };
};

export type Settings = ReturnType<typeof readSettings>;
