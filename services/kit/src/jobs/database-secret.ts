import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loginUrl } from '../config/login-url.ts';

const fields = ['host', 'port', 'dbname', 'username', 'password'] as const;

/** A place of the Secret begins so where it is not that of billing_db, which had the Secret to itself once. */
const prefixes = { billing_db: '', portal_db: 'portal-' } as const;

/** A database that tenants' jobs have business in. */
export type JobDatabaseName = keyof typeof prefixes;

/** Under which name the Secret holds where a database is; who may enter is the same for all. */
export const placeIn = (database: JobDatabaseName, field: string): string => `${prefixes[database]}${field}`;

const read = async (folder: string, field: string): Promise<string> =>
  (await readFile(join(folder, field), 'utf8')).trim();

const orAbsent = (error: unknown): undefined => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
};

/** The tenant's own login as a URL, from the mounted Secret; read anew for every run, since it rotates. */
export const readDatabaseSecret = async (folder: string, database: JobDatabaseName): Promise<string> => {
  const names = fields.map((field) =>
    field === 'username' || field === 'password' ? field : placeIn(database, field),
  );
  const [host, port, name, login, password] = await Promise.all(names.map((file) => read(folder, file)));
  if (!host || !port || !name || !login || !password)
    throw new Error(`The Secret in ${folder} needs the files ${names.join(', ')}`);
  const url = new URL(loginUrl(`postgres://${host}:${port}/${name}`, login, password));
  const sslMode = await read(folder, placeIn(database, 'sslmode')).catch(orAbsent);
  if (sslMode) url.searchParams.set('sslmode', sslMode);
  return url.href;
};
