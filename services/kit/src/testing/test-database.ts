import pg from 'pg';
import { inject } from 'vitest';
import type { DatabaseName } from '../config/databases.ts';
import { applyDatabaseRights } from '../db/migrate.ts';
import { createPool, type DatabasePool } from '../db/pool.ts';
import { testPassword } from './postgres-server.ts';

export interface TestDatabase {
  name: string;
  url(login?: string, password?: string): string;
  /** As the administrator, who bypasses row level security: to arrange and to look, never to test. */
  administrator: pg.Client;
  pool(login: string): DatabasePool;
  close(): Promise<void>;
}

let counter = 0;

const client = async (connectionString: string): Promise<pg.Client> => {
  const connected = new pg.Client({ connectionString });
  await connected.connect();
  return connected;
};

// The pool's id is that of no other test file that runs at the same time.
const ownServer = (): string => {
  const urls = inject('postgresUrls');
  const url = urls[Number(process.env.VITEST_POOL_ID ?? 0) % urls.length];
  if (url === undefined) throw new Error('The PostgreSQL of the tests did not start');
  return url;
};

/** A database of this test's own, cloned from the migrated template of `database` (or empty where it is null). */
export const testDatabase = async (database: DatabaseName | null): Promise<TestDatabase> => {
  const base = new URL(ownServer());
  counter += 1;
  const name = `test_${process.pid}_${Date.now().toString(36)}_${counter}_${database ?? 'empty'}`;
  const server = await client(base.href);
  await server.query(`create database ${name}${database ? ` template template_${database} strategy = file_copy` : ''}`);
  const url = (login = base.username, password = login === base.username ? base.password : testPassword): string => {
    const copy = new URL(base);
    Object.assign(copy, { username: login, password, pathname: `/${name}` });
    return copy.href;
  };
  await applyDatabaseRights(url());
  const administrator = await client(url());
  const pools: DatabasePool[] = [];
  return {
    name,
    url,
    administrator,
    pool: (login) => {
      const pool = createPool({ connectionString: url(login) });
      pools.push(pool);
      return pool;
    },
    close: async () => {
      await Promise.all(pools.map((pool) => pool.end()));
      await administrator.end();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    },
  };
};
