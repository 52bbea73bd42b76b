import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { DatabaseName } from '@legendops/kit/config/databases';
import { applyDatabaseRights, applyRoles, migrateDatabase } from '@legendops/kit/db/migrate';
import { startPostgres } from '@legendops/kit/testing/embedded-postgres';

const password = 'bench';

export interface BenchServer {
  /** The directory of the server, which it can read files of. */
  directory: string;
  /** As the administrator, whom no policy binds. */
  administratorUrl: string;
  administrator: pg.Client;
  /** The database as a login, whose password is set. */
  urlOf(login: string): Promise<string>;
  stop(): Promise<void>;
}

/** A database, migrated, in a server of its own. */
export const benchServer = async (database: DatabaseName): Promise<BenchServer> => {
  const directory = await mkdtemp(join(tmpdir(), 'legendops-bench-'));
  const server = await startPostgres({ directory, durable: false });
  await applyRoles(server.administratorUrl('postgres'));
  const first = new pg.Client({ connectionString: server.administratorUrl('postgres') });
  await first.connect();
  await first.query(`create database ${database}`);
  await first.end();
  const administratorUrl = server.administratorUrl(database);
  await applyDatabaseRights(administratorUrl);
  await migrateDatabase(administratorUrl, database);
  const administrator = new pg.Client({ connectionString: administratorUrl });
  await administrator.connect();
  return {
    directory,
    administratorUrl,
    administrator,
    urlOf: async (login) => {
      await administrator.query(`alter role ${login} password '${password}'`);
      const url = new URL(administratorUrl);
      Object.assign(url, { username: login, password });
      return url.href;
    },
    stop: async () => {
      await administrator.end();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
