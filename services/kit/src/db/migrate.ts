import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import type { DatabaseName } from '../config/databases.ts';
import { databaseFolder } from './migration-files.ts';

const withClient = async <T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Creates or completes the server's roles. Needs an administrator, connected to the database `postgres`. */
export const applyRoles = async (administratorUrl: string): Promise<void> => {
  const text = await readFile(join(databaseFolder, 'common/roles.sql'), 'utf8');
  await withClient(administratorUrl, (client) => client.query(text));
};

/** Closes a database of ours to everyone who has no business in it. Needs an administrator, connected to it. */
export const applyDatabaseRights = async (administratorUrl: string): Promise<void> => {
  const text = await readFile(join(databaseFolder, 'common/database.sql'), 'utf8');
  await withClient(administratorUrl, (client) => client.query(text));
};

const prepare = async (client: pg.Client): Promise<void> => {
  await client.query('set role legendops_owner');
  // Under FORCE the owner sees no row of any tenant: with row_security off a data migration fails instead of doing nothing.
  await client.query('set row_security = off');
  await client.query("set lock_timeout = '3s'");
};

const migrateFolder = (client: pg.Client, directory: string, migrationsTable: string, log: (line: string) => void) =>
  runner({
    dbClient: client,
    dir: directory,
    direction: 'up',
    migrationsTable,
    migrationsSchema: 'migrations',
    createMigrationsSchema: true,
    advisoryLockMode: 'wait',
    logger: { debug: () => undefined, info: log, warn: log, error: log },
  });

// Services, jobs and the operator ask at their start what is applied (schema-version.ts): names of files of this repository, and
// when a release brought them. Not in a migration, before which the tables are not there.
const readers = 'app_platform, app_registry, tenant_job';
const tellReaders = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ told: boolean }>(
    `select bool_and(has_table_privilege(reader, 'migrations.own', 'select')
       and has_table_privilege(reader, 'migrations.common', 'select')) as told
     from string_to_table($1, ', ') as reader`,
    [readers],
  );
  if (rows[0]?.told) return;
  await client.query(
    `grant usage on schema migrations to ${readers};
     grant select on migrations.common, migrations.own to ${readers}`,
  );
};

/**
 * Brings one database to the newest migration: what all share first, then its own. Repeatable; a second runner waits.
 * Returns the names of the migrations that were applied.
 */
export const migrateDatabase = (
  url: string,
  database: DatabaseName,
  log: (line: string) => void = () => undefined,
): Promise<string[]> =>
  withClient(url, async (client) => {
    await prepare(client);
    const common = await migrateFolder(client, join(databaseFolder, 'common/migrations'), 'common', log);
    const own = await migrateFolder(client, join(databaseFolder, database, 'migrations'), 'own', log);
    await tellReaders(client);
    return [...common, ...own].map((migration) => migration.name);
  });

/** Loads the readable truth, db/common/app.sql and db/<database>/schema.sql, into an empty database. */
export const loadSchema = (url: string, database: DatabaseName): Promise<void> =>
  withClient(url, async (client) => {
    await prepare(client);
    for (const path of ['common/app.sql', `${database}/schema.sql`]) {
      const file = join(databaseFolder, path);
      if (!existsSync(file)) throw new Error(`${file} is missing`);
      await client.query(await readFile(file, 'utf8'));
    }
  });
