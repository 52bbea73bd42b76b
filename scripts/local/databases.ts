import pg from 'pg';
import { loginUrl } from '@legendops/kit/config/login-url';
import { databases, type DatabaseName } from '@legendops/kit/config/databases';
import { applyDatabaseRights, applyRoles, migrateDatabase } from '@legendops/kit/db/migrate';
import { startPostgres } from '@legendops/kit/testing/embedded-postgres';
import type { LocalSecrets } from './local-secrets.ts';

export interface LocalDatabases {
  port: number;
  /** For people and tests: the administrator's URL of each database. */
  administratorUrls: Record<DatabaseName, string>;
  url(database: DatabaseName, login: string): string;
  stop(): Promise<void>;
}

const setPasswords = async (client: pg.Client, passwords: Record<string, string>): Promise<void> => {
  const statements = Object.entries(passwords).map(
    ([login, password]) => `alter role ${client.escapeIdentifier(login)} password ${client.escapeLiteral(password)}`,
  );
  await client.query(statements.join('; '));
};

const createMissing = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ datname: string }>('select datname from pg_database');
  for (const name of databases) {
    if (!rows.some(({ datname }) => datname === name)) await client.query(`create database ${name}`);
  }
};

/** PostgreSQL with the four databases, migrated, and every login's password of this machine. */
export const startDatabases = async (options: {
  directory: string;
  port: number;
  secrets: LocalSecrets;
  /** Further settings of the server. */
  settings?: Record<string, string> | undefined;
}): Promise<LocalDatabases> => {
  const { directory, port, secrets, settings = {} } = options;
  const server = await startPostgres({ directory, port, durable: true, settings });
  const administratorUrls = Object.fromEntries(
    databases.map((name) => [name, server.administratorUrl(name)]),
  ) as Record<DatabaseName, string>;
  try {
    await applyRoles(server.administratorUrl('postgres'));
    const client = new pg.Client({ connectionString: server.administratorUrl('postgres') });
    await client.connect();
    await setPasswords(client, secrets.databasePasswords);
    await createMissing(client);
    await client.end();
    await Promise.all(
      databases.map(async (name) => {
        await applyDatabaseRights(administratorUrls[name]);
        await migrateDatabase(administratorUrls[name], name);
      }),
    );
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    port: server.port,
    administratorUrls,
    url: (database, login) => loginUrl(administratorUrls[database], login, secrets.databasePasswords[login] ?? ''),
    stop: () => server.stop(),
  };
};
