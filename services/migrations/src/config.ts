import { byDatabaseVariable, databaseVariable, forEachDatabase } from '@legendops/kit/config/databases';
import { identityVariables } from '@legendops/kit/azure/identity-settings';
import {
  ConfigurationError,
  httpUrl,
  logLevel,
  parseEnvironment,
  postgresUrl,
} from '@legendops/kit/config/parse-environment';
import { readSecrets } from '@legendops/kit/config/read-secrets';
import { z } from 'zod';
import { serviceLogins } from './ensured-secrets.ts';

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

const Identities = z.record(z.enum(serviceLogins), z.guid());

const identitiesIn = (text: string, context: z.RefinementCtx): z.infer<typeof Identities> => {
  try {
    return Identities.parse(JSON.parse(text));
  } catch {
    context.addIssue(`expected JSON of an object id for each of ${serviceLogins.join(', ')}`);
    return z.NEVER;
  }
};

export const variables = {
  LOG_LEVEL: logLevel,
  /** Without a login: the administrator's and the migrator's are put into them. */
  ...byDatabaseVariable(() => postgresUrl),
  /** Of whoever may create roles and databases on each of the servers; files, or with Entra a login alone. */
  ADMINISTRATOR_LOGIN_PATH: z.string().min(1).optional(),
  ADMINISTRATOR_PASSWORD_PATH: z.string().min(1).optional(),
  /** entra: the servers know the services by their identities, and us by ours or by a group that it is in. */
  DATABASE_SIGN_IN: z.enum(['password', 'entra']).default('password'),
  /** With Entra: what the server calls us. */
  ADMINISTRATOR_LOGIN: z.string().min(1).optional(),
  /** With Entra: JSON of the object id of each service's identity, by its login. */
  LOGIN_IDENTITIES: z.string().transform(identitiesIn).optional(),
  ...identityVariables,
  /** False only where an outdated PostgreSQL is nobody's risk: tests and one machine. */
  REQUIRE_SAFE_POSTGRES: z.stringbool().default(true),
  /** How long a server may take to answer before this run fails, and the Job tries again. */
  WAIT_SECONDS: z.coerce.number().int().min(0).max(3_600).default(300),
  KUBERNETES_URL: httpUrl.default('https://kubernetes.default.svc'),
  KUBERNETES_TOKEN_PATH: z.string().default(`${serviceAccount}/token`),
  NAMESPACE: z.string().min(1),
  /** Secrets that are made where they are missing. */
  LOGINS_SECRET: z.string().min(1),
  KEYS_SECRET: z.string().min(1),
} as const;

type Parsed = z.infer<z.ZodObject<typeof variables>>;

const missing = (...names: (keyof Parsed)[]): never => {
  throw new ConfigurationError(
    `Configuration is not usable:\n${names.map((name) => `  - ${name} is missing`).join('\n')}`,
  );
};

/** Who installs, and which identity each service is; with passwords, none. */
const signInOf = (parsed: Parsed) => {
  if (parsed.DATABASE_SIGN_IN === 'entra') {
    const { ADMINISTRATOR_LOGIN: login, LOGIN_IDENTITIES: identities } = parsed;
    if (login === undefined || identities === undefined) return missing('ADMINISTRATOR_LOGIN', 'LOGIN_IDENTITIES');
    return { administrator: { login, password: undefined }, identities };
  }
  const { ADMINISTRATOR_LOGIN_PATH, ADMINISTRATOR_PASSWORD_PATH } = parsed;
  if (ADMINISTRATOR_LOGIN_PATH === undefined || ADMINISTRATOR_PASSWORD_PATH === undefined)
    return missing('ADMINISTRATOR_LOGIN_PATH', 'ADMINISTRATOR_PASSWORD_PATH');
  const found = readSecrets({ ADMINISTRATOR_LOGIN_PATH, ADMINISTRATOR_PASSWORD_PATH });
  const administrator = { login: found.ADMINISTRATOR_LOGIN_PATH, password: found.ADMINISTRATOR_PASSWORD_PATH };
  return { administrator, identities: undefined };
};

export const readMigrationsConfig = (environment: Record<string, string | undefined>) => {
  const parsed = parseEnvironment(variables, environment);
  return {
    ...parsed,
    databaseUrls: forEachDatabase((database) => parsed[databaseVariable(database)]),
    ...signInOf(parsed),
  };
};
