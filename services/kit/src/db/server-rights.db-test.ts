import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPostgres, type PostgresServer } from '../testing/embedded-postgres.ts';
import { applyDatabaseRights, applyRoles } from './migrate.ts';

// A server of its own: what is given and taken here is the whole server's.

const login = `t_${'9'.repeat(32)}_a`;
let directory: string;
let server: PostgresServer;

const urlOf = (user: string, database: string): string => {
  const url = new URL(server.administratorUrl(database));
  Object.assign(url, { username: user, password: 'only-for-tests' });
  return url.href;
};
const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};
const asJob = (database: string, text = 'select 1 as one'): Promise<unknown[]> => query(urlOf(login, database), text);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'legendops-rights-'));
  server = await startPostgres({ directory, durable: false });
  await query(server.administratorUrl('postgres'), `create role ${login} login password 'only-for-tests'`);
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

it('a server that was open is closed by its roles and rights, and again, and nothing is lost', async () => {
  const administrator = server.administratorUrl('postgres');
  for (const name of ['other', 'billing_db']) await query(administrator, `create database ${name}`);
  const databases = ['postgres', 'template1', 'other', 'billing_db'];
  for (const name of databases) expect(await asJob(name, 'select pg_advisory_xact_lock(1)')).toHaveLength(1);
  for (let round = 0; round < 2; round += 1) {
    await applyRoles(administrator);
    await query(administrator, `grant tenant_job to ${login} with inherit true, set false`);
    await applyDatabaseRights(server.administratorUrl('billing_db'));
    for (const name of databases.slice(0, 3))
      await expect(asJob(name)).rejects.toThrow('permission denied for database');
    await expect(asJob('billing_db', 'select pg_advisory_lock(1)')).rejects.toThrow('permission denied for function');
    await expect(asJob('billing_db', 'select * from pg_stat_activity')).rejects.toThrow('permission denied for view');
    expect(await asJob('billing_db')).toEqual([{ one: 1 }]);
  }
});

it('an administrator that is no superuser does what it can: databases are closed, and nothing fails', async () => {
  const administrator = server.administratorUrl('postgres');
  await query(administrator, "create role cloud_administrator login createrole password 'only-for-tests'");
  await query(administrator, 'create database cloud_catalog owner cloud_administrator');
  expect(await asJob('cloud_catalog')).toEqual([{ one: 1 }]);
  for (let round = 0; round < 2; round += 1) await applyDatabaseRights(urlOf('cloud_administrator', 'cloud_catalog'));
  await expect(asJob('cloud_catalog')).rejects.toThrow('permission denied for database');
});
