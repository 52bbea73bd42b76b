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
import { identityVariables } from '@legendops/kit/azure/identity-settings';
import { settingVariables } from '@legendops/kit/config/settings';
import { traceVariables } from '@legendops/kit/trace/trace-settings';
import type { JobDatabaseName } from '@legendops/kit/jobs/database-secret';
import { z } from 'zod';
import { readAuthorities, readPullSecret } from './job-copies.ts';

const Passwords = z.record(z.string().regex(/^provisioner_\d{2}$/), z.string().min(1));

const Vendors = z.strictObject({
  peers: z.array(z.record(z.string(), z.unknown())).min(1),
  ports: z.array(z.int().min(1).max(65_535)).min(1),
});

const Traces = Vendors.extend({ url: z.url({ protocol: /^https?$/ }), sampleRatio: z.number().min(0).max(1) });

const jsonOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('expected JSON');
        return z.NEVER;
      }
    })
    .pipe(schema)
    .optional();

export const variables = {
  LOG_LEVEL: logLevel,
  ...traceVariables,
  ...settingVariables,
  ...identityVariables,
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
  /** The images of the services whose jobs a tenant has. */
  JOB_IMAGE: z.string().min(1),
  PORTAL_JOB_IMAGE: z.string().min(1),
  /** A folder of the Secrets that images are fetched with, each a .json; tenants' namespaces get them as one. By default none is needed. */
  JOB_PULL_SECRETS_PATH: z.string().optional(),
  /** A folder of certificate authorities, in files that end with .pem, which jobs believe beside Node's own and the cluster's. */
  JOB_TRUST_PATH: z.string().optional(),
  /** True while a person goes back to the release before (decision 0036); told to the jobs, too. */
  ACCEPT_NEWER_SCHEMA: z.stringbool().default(false),
  /** The billing service's internal API, as jobs reach it. */
  BILLING_INTERNAL_URL: httpUrl,
  /** The port of that API in billing's pods, which network policies see; by default that of the URL. */
  BILLING_POD_PORT: port.optional(),
  /** The portal service's, in the same way. */
  PORTAL_INTERNAL_URL: httpUrl,
  PORTAL_POD_PORT: port.optional(),
  /** Where tenants' jobs find the server of billing_db; by default as the operator does. */
  JOB_DATABASE_HOST: z.string().optional(),
  JOB_DATABASE_PORT: port.optional(),
  /** Where vendors are that are in this cluster, as a network policy says it: JSON of `peers` and `ports`. By default they are at public addresses. */
  JOB_VENDORS: jsonOf(Vendors),
  /** Where jobs send their traces: a collector that asks for no sign-in, with the place of its pods. By default they record none. */
  JOB_TRACES: jsonOf(Traces),
} as const;

interface JobDatabase {
  host: string;
  port: number;
  name: string;
  sslMode?: string;
}

type Place = { host: string; port: number };

const placeOf = (url: string): Place => {
  const { hostname, port: given } = new URL(url);
  return { host: hostname, port: Number(given || 5432) };
};

const isSamePlace = (one: Place, other: Place): boolean => one.host === other.host && one.port === other.port;

const jobDatabaseAt = (url: string, { host, port: at }: Place): JobDatabase => {
  const { pathname, searchParams } = new URL(url);
  const sslMode = searchParams.get('sslmode') ?? undefined;
  return { host, port: at, name: pathname.slice(1), ...(sslMode !== undefined && { sslMode }) };
};

const portOf = (url: string): number => {
  const { port: given, protocol } = new URL(url);
  return Number(given || (protocol === 'https:' ? 443 : 80));
};

/** The operator's configuration; reads the provisioners' passwords from their file. */
export const readOperatorConfig = (environment: Record<string, string | undefined>) => {
  const parsed = parseEnvironment(variables, environment);
  const { PROVISIONER_PASSWORDS_PATH } = parsed;
  const passwords = Passwords.parse(JSON.parse(readSecrets({ PROVISIONER_PASSWORDS_PATH }).PROVISIONER_PASSWORDS_PATH));
  const [ofBilling, ofPortal] = [placeOf(parsed.BILLING_DATABASE_URL), placeOf(parsed.PORTAL_DATABASE_URL)];
  const named: Place = {
    host: parsed.JOB_DATABASE_HOST ?? ofBilling.host,
    port: parsed.JOB_DATABASE_PORT ?? ofBilling.port,
  };
  const { JOB_PULL_SECRETS_PATH: pullSecrets, JOB_TRUST_PATH: trust } = parsed;
  const isOneServer = isSamePlace(ofBilling, ofPortal);
  return {
    logLevel: parsed.LOG_LEVEL,
    settings: { SETTINGS_URL: parsed.SETTINGS_URL, IDENTITY_IS_LOCAL: parsed.IDENTITY_IS_LOCAL },
    traces: {
      TRACES_URL: parsed.TRACES_URL,
      TRACES_SAMPLE_RATIO: parsed.TRACES_SAMPLE_RATIO,
      TRACES_AUTHORIZATION_PATH: parsed.TRACES_AUTHORIZATION_PATH,
      TRACES_SIGN_IN: parsed.TRACES_SIGN_IN,
      IDENTITY_IS_LOCAL: parsed.IDENTITY_IS_LOCAL,
    },
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
    jobImages: { billing: parsed.JOB_IMAGE, portal: parsed.PORTAL_JOB_IMAGE },
    ...(pullSecrets !== undefined && { jobPullSecret: readPullSecret('JOB_PULL_SECRETS_PATH', pullSecrets) }),
    ...(trust !== undefined && { jobAuthorities: readAuthorities('JOB_TRUST_PATH', trust) }),
    acceptNewerSchema: parsed.ACCEPT_NEWER_SCHEMA,
    internalUrls: { billing: parsed.BILLING_INTERNAL_URL, portal: parsed.PORTAL_INTERNAL_URL },
    podPorts: {
      billing: parsed.BILLING_POD_PORT ?? portOf(parsed.BILLING_INTERNAL_URL),
      portal: parsed.PORTAL_POD_PORT ?? portOf(parsed.PORTAL_INTERNAL_URL),
    },
    ...(parsed.JOB_VENDORS !== undefined && { jobVendors: parsed.JOB_VENDORS }),
    ...(parsed.JOB_TRACES !== undefined && { jobTraces: parsed.JOB_TRACES }),
    jobDatabases: {
      billing_db: jobDatabaseAt(parsed.BILLING_DATABASE_URL, named),
      portal_db: jobDatabaseAt(parsed.PORTAL_DATABASE_URL, isOneServer ? named : ofPortal),
    },
    /** By one database each, the servers that tenants' jobs log in to: a login is of a server. */
    loginDatabases: (isOneServer ? ['billing_db'] : ['billing_db', 'portal_db']) as readonly JobDatabaseName[],
  };
};

export type OperatorConfig = ReturnType<typeof readOperatorConfig>;
