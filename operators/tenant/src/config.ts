import {
  httpUrl,
  listenHost,
  logLevel,
  parseEnvironment,
  port,
  postgresUrl,
} from '@legendops/kit/config/parse-environment';
import { readSecrets } from '@legendops/kit/config/read-secrets';
import { byDatabaseVariable, databaseVariable, forEachDatabase } from '@legendops/kit/config/databases';
import { z } from 'zod';

const Passwords = z.record(z.string().regex(/^provisioner_\d{2}$/), z.string().min(1));

const Vendors = z.strictObject({
  peers: z.array(z.record(z.string(), z.unknown())).min(1),
  ports: z.array(z.int().min(1).max(65_535)).min(1),
});

export const variables = {
  LOG_LEVEL: logLevel,
  /** A kubeconfig file; absent inside a cluster. */
  KUBECONFIG_PATH: z.string().optional(),
  OPERATOR_NAMESPACE: z.string().default('legendops'),
  MANAGEMENT_PORT: port,
  LISTEN_HOST: listenHost,
  WORKERS: z.coerce.number().int().min(1).max(100).default(8),
  FULL_PASS_SECONDS: z.coerce.number().int().min(10).max(86_400).default(600),
  ...byDatabaseVariable(() => postgresUrl),
  /** JSON object of the provisioners' passwords by login. */
  PROVISIONER_PASSWORDS_PATH: z.string().min(1),
  /** The operator's own vault, where it keeps the tenants' database logins. */
  VAULT_URL: httpUrl,
  /** The vaults of those who keep what a tenant's vendors are reached by; by default the operator's own. */
  BILLING_VAULT_URL: httpUrl.optional(),
  PORTAL_VAULT_URL: httpUrl.optional(),
  /** True where the vault's name is not below its resource's name, as on one machine. */
  VAULT_IS_LOCAL: z.stringbool().default(false),
  JOB_IMAGE: z.string().min(1),
  /** True while a person goes back to the release before (decision 0036); told to the jobs, too. */
  ACCEPT_NEWER_SCHEMA: z.stringbool().default(false),
  /** The billing service's internal API, as jobs reach it. */
  BILLING_INTERNAL_URL: httpUrl,
  /** The port of that API in billing's pods, which network policies see; by default that of the URL. */
  BILLING_POD_PORT: port.optional(),
  /** Where tenants' jobs find billing_db; by default as the operator does. */
  JOB_DATABASE_HOST: z.string().optional(),
  JOB_DATABASE_PORT: port.optional(),
  /** Where vendors are that are in this cluster, as a network policy says it: JSON of `peers` and `ports`. By default they are at public addresses. */
  JOB_VENDORS: z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('expected JSON');
        return z.NEVER;
      }
    })
    .pipe(Vendors)
    .optional(),
} as const;

const portOf = (url: string): number => {
  const { port: given, protocol } = new URL(url);
  return Number(given || (protocol === 'https:' ? 443 : 80));
};

/** The operator's configuration; reads the provisioners' passwords from their file. */
export const readOperatorConfig = (environment: Record<string, string | undefined>) => {
  const parsed = parseEnvironment(variables, environment);
  const { PROVISIONER_PASSWORDS_PATH } = parsed;
  const passwords = Passwords.parse(JSON.parse(readSecrets({ PROVISIONER_PASSWORDS_PATH }).PROVISIONER_PASSWORDS_PATH));
  const billing = new URL(parsed.BILLING_DATABASE_URL);
  const sslMode = billing.searchParams.get('sslmode') ?? undefined;
  return {
    logLevel: parsed.LOG_LEVEL,
    kubeconfigPath: parsed.KUBECONFIG_PATH,
    namespace: parsed.OPERATOR_NAMESPACE,
    managementPort: parsed.MANAGEMENT_PORT,
    listenHost: parsed.LISTEN_HOST,
    workers: parsed.WORKERS,
    fullPassMs: parsed.FULL_PASS_SECONDS * 1000,
    databaseUrls: forEachDatabase((database) => parsed[databaseVariable(database)]),
    provisionerPasswords: passwords,
    vaultUrls: {
      operator: parsed.VAULT_URL,
      billing: parsed.BILLING_VAULT_URL ?? parsed.VAULT_URL,
      portal: parsed.PORTAL_VAULT_URL ?? parsed.VAULT_URL,
    },
    vaultIsLocal: parsed.VAULT_IS_LOCAL,
    jobImage: parsed.JOB_IMAGE,
    acceptNewerSchema: parsed.ACCEPT_NEWER_SCHEMA,
    billingInternalUrl: parsed.BILLING_INTERNAL_URL,
    billingPodPort: parsed.BILLING_POD_PORT ?? portOf(parsed.BILLING_INTERNAL_URL),
    ...(parsed.JOB_VENDORS !== undefined && { jobVendors: parsed.JOB_VENDORS }),
    jobDatabase: {
      host: parsed.JOB_DATABASE_HOST ?? billing.hostname,
      port: parsed.JOB_DATABASE_PORT ?? Number(billing.port || 5432),
      name: billing.pathname.slice(1),
      ...(sslMode !== undefined && { sslMode }),
    },
  };
};

export type OperatorConfig = ReturnType<typeof readOperatorConfig>;
