import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { databases, type DatabaseName } from '@legendops/kit/config/databases';
import { applyDatabaseRights, applyRoles, migrateDatabase } from '@legendops/kit/db/migrate';
import { startPostgres, type PostgresOptions } from '@legendops/kit/testing/embedded-postgres';

export { databases };

export interface SuiteDatabases {
  urls: Record<DatabaseName, string>;
  provisionerPasswords: Record<string, string>;
  /** As the administrator, to look and to do harm. */
  query(database: DatabaseName, text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Whether the operator and the tenants get into the database; who is in when it closes is thrown out. */
  admit(database: DatabaseName, isOpen: boolean): Promise<void>;
  close(): Promise<void>;
}

const password = 'only-for-tests';

export interface SuiteDatabaseOptions extends Pick<PostgresOptions, 'maxConnections' | 'settings'> {
  /** How many of the provisioners have a password. */
  provisionerCount?: number;
}

/** A PostgreSQL of its own with the four databases. */
export const startSuiteDatabases = async ({
  provisionerCount = 4,
  ...more
}: SuiteDatabaseOptions = {}): Promise<SuiteDatabases> => {
  const directory = await mkdtemp(join(tmpdir(), 'legendops-operator-'));
  const server = await startPostgres({ directory, durable: false, ...more });
  const provisioners = Array.from(
    { length: provisionerCount },
    (_, shard) => `provisioner_${String(shard).padStart(2, '0')}`,
  );
  const urlOf = (database: string): string => server.administratorUrl(database);
  await applyRoles(urlOf('postgres'));
  const clients = new Map<string, pg.Client>();
  const turns = new Map<string, Promise<unknown>>();
  const clientOf = async (database: string): Promise<pg.Client> => {
    const known = clients.get(database);
    if (known) return known;
    const client = new pg.Client({ connectionString: urlOf(database) });
    client.on('error', () => undefined);
    clients.set(database, client);
    await client.connect();
    return client;
  };
  const administrator = await clientOf('postgres');
  for (const login of provisioners) await administrator.query(`alter role ${login} password '${password}'`);
  for (const name of databases) {
    await administrator.query(`create database ${name}`);
    await applyDatabaseRights(urlOf(name));
    await migrateDatabase(urlOf(name), name);
    await clientOf(name);
  }
  return {
    urls: {
      auth_db: urlOf('auth_db'),
      billing_db: urlOf('billing_db'),
      portal_db: urlOf('portal_db'),
      catalog_db: urlOf('catalog_db'),
    },
    provisionerPasswords: Object.fromEntries(provisioners.map((login) => [login, password])),
    query: (database, text, values = []) => {
      // One after the other: many tests ask at once, and a session serves one statement at a time.
      const asked = (turns.get(database) ?? Promise.resolve()).then(async () => {
        const client = await clientOf(database);
        return (await client.query<Record<string, unknown>>(text, values)).rows;
      });
      turns.set(
        database,
        asked.catch(() => undefined),
      );
      return asked;
    },
    admit: async (database, isOpen) => {
      await administrator.query(`alter database ${database} with allow_connections ${String(isOpen)}`);
      if (isOpen) return;
      await administrator.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename ~ '^(provisioner_|t_)'",
        [database],
      );
    },
    close: async () => {
      await Promise.all([...clients.values()].map((client) => client.end()));
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
