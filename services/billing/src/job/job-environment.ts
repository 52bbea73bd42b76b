import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loginUrl } from '@legendops/kit/config/login-url';
import { httpUrl, logLevel, parseEnvironment } from '@legendops/kit/config/parse-environment';
import { z } from 'zod';

export const variables = {
  LOG_LEVEL: logLevel,
  TENANT_ID: z.uuid(),
  TENANT_NAME: z.string().min(1),
  /** True while a person goes back to the release before (decision 0036). */
  ACCEPT_NEWER_SCHEMA: z.stringbool().default(false),
  /** A folder with the files of the Secret `database`. */
  DATABASE_SECRET_PATH: z.string().min(1),
  /** The pod's service account token for the billing service. */
  SERVICE_TOKEN_PATH: z.string().min(1),
  BILLING_INTERNAL_URL: httpUrl,
  CURRENCY: z.string().regex(/^[A-Z]{3}$/),
  TIME_ZONE: z.string().min(1),
  /** Kubernetes ends a job so long after its first start; a vendor that is to be waited for longer is left for the next run. */
  DEADLINE_SECONDS: z.coerce.number().int().min(300).default(7_200),
  /** invoice-run: the first day of the month to bill; by default the last closed one. */
  PERIOD: z.iso.date().optional(),
  /** usage-sync: the first day to read; by default what is missing, and the last week again. */
  SYNC_FROM: z.iso.date().optional(),
} as const;

export type JobEnvironment = z.infer<z.ZodObject<typeof variables>>;

export const readJobEnvironment = (environment: Record<string, string | undefined>): JobEnvironment =>
  parseEnvironment(variables, environment);

const fields = ['host', 'port', 'dbname', 'username', 'password'] as const;

const read = async (folder: string, field: string): Promise<string> =>
  (await readFile(join(folder, field), 'utf8')).trim();

const orAbsent = (error: unknown): undefined => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
};

/** The tenant's own login as a URL, from the mounted Secret; read anew for every run, since it rotates. */
export const readDatabaseSecret = async (folder: string): Promise<string> => {
  const [host, port, database, login, password] = await Promise.all(fields.map((field) => read(folder, field)));
  if (!host || !port || !database || !login || !password)
    throw new Error(`The Secret in ${folder} needs the files ${fields.join(', ')}`);
  const url = new URL(loginUrl(`postgres://${host}:${port}/${database}`, login, password));
  const sslMode = await read(folder, 'sslmode').catch(orAbsent);
  if (sslMode) url.searchParams.set('sslmode', sslMode);
  return url.href;
};
