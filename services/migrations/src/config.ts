import { byDatabaseVariable, databaseVariable, forEachDatabase } from '@legendops/kit/config/databases';
import { httpUrl, logLevel, parseEnvironment, postgresUrl } from '@legendops/kit/config/parse-environment';
import { readSecrets } from '@legendops/kit/config/read-secrets';
import { z } from 'zod';

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

export const variables = {
  LOG_LEVEL: logLevel,
  /** Without a login: the administrator's and the migrator's are put into them. */
  ...byDatabaseVariable(() => postgresUrl),
  /** Of whoever may create roles and databases on each of the servers. */
  ADMINISTRATOR_LOGIN_PATH: z.string().min(1),
  ADMINISTRATOR_PASSWORD_PATH: z.string().min(1),
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

export const readMigrationsConfig = (environment: Record<string, string | undefined>) => {
  const parsed = parseEnvironment(variables, environment);
  const { ADMINISTRATOR_LOGIN_PATH, ADMINISTRATOR_PASSWORD_PATH } = parsed;
  const administrator = readSecrets({ ADMINISTRATOR_LOGIN_PATH, ADMINISTRATOR_PASSWORD_PATH });
  return {
    ...parsed,
    databaseUrls: forEachDatabase((database) => parsed[databaseVariable(database)]),
    administrator: {
      login: administrator.ADMINISTRATOR_LOGIN_PATH,
      password: administrator.ADMINISTRATOR_PASSWORD_PATH,
    },
  };
};
