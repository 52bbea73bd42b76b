import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { databases } from '../config/databases.ts';
import { applyDatabaseRights, applyRoles, migrateDatabase } from '../db/migrate.ts';
import { startPostgres } from './embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrls: string[];
  }
}

/** Test passwords of the services' logins; the server listens on loopback for the length of a test run. */
export const testPassword = 'only-for-tests';

// Test files that run at the same time have a server each: roles, locks and the oldest transaction are a whole server's.
const servers = 2;

interface Prepared {
  url: string;
  stop: () => Promise<void>;
}

/** A server with one migrated template per database, to be cloned by each test. */
const prepareServer = async (): Promise<Prepared> => {
  const directory = await mkdtemp(join(tmpdir(), 'legendops-postgres-'));
  const server = await startPostgres({ directory, durable: false });
  const url = server.administratorUrl('postgres');
  await applyRoles(url);
  const administrator = new pg.Client({ connectionString: url });
  await administrator.connect();
  for (const login of ['svc_auth', 'svc_billing', 'svc_portal', 'svc_catalog', 'legendops_migrator']) {
    await administrator.query(`alter role ${login} password '${testPassword}'`);
  }
  await administrator.query(`do $$ begin for shard in 0..63 loop
    execute format('alter role provisioner_%s password %L', lpad(shard::text, 2, '0'), '${testPassword}'); end loop; end $$`);
  for (const name of databases) {
    await administrator.query(`create database template_${name}`);
    await applyDatabaseRights(server.administratorUrl(`template_${name}`));
    await migrateDatabase(server.administratorUrl(`template_${name}`), name);
  }
  await administrator.end();
  return {
    url,
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};

/** vitest's global set-up: the servers of the run. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const prepared = await Promise.all(Array.from({ length: servers }, prepareServer));
  project.provide(
    'postgresUrls',
    prepared.map(({ url }) => url),
  );
  return async () => {
    await Promise.all(prepared.map(({ stop }) => stop()));
  };
};
