import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { byDatabaseVariable, databases } from '@legendops/kit/config/databases';
import { testPassword } from '@legendops/kit/testing/postgres-server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  closeEnvironment,
  databaseEnvironment,
  runOn,
  type DatabaseEnvironment,
} from '../testing/database-environment.ts';
import { exportTenant } from './export-tenant.ts';
import { databaseUrls, withDatabases } from './open-databases.ts';
import { tenantCommand } from './tenant.ts';

const tenantId = '0190a000-0000-7000-8000-00000000000b';

let folder: string;
let here: DatabaseEnvironment;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legendops-tenant-'));
  here = await databaseEnvironment();
  for (const name of databases)
    await here[name].administrator.query(
      `insert into app.tenants (id, name, display_name, state, owner_uid) values ($1, 'northwind', 'Northwind IT', 'suspended', app.uuid_v7())`,
      [tenantId],
    );
});
afterEach(async () => {
  await closeEnvironment(here);
  await rm(folder, { recursive: true });
});

const customer = (name: string) =>
  here.portal_db.administrator.query('insert into portal.customers (tenant_id, name) values ($1, $2)', [
    tenantId,
    name,
  ]);
const run = (at: DatabaseEnvironment, ...parameters: string[]) => runOn(at, tenantCommand, { parameters });

/** Exports, while something happens after the first row was read. */
const exportedWhile = (path: string, happens: () => Promise<unknown>) =>
  withDatabases(
    databaseUrls(byDatabaseVariable((name) => here[name].url('legendops_migrator', testPassword))),
    (clients) => {
      const { auth_db } = clients;
      const query = auth_db.query.bind(auth_db);
      let hasHappened = false;
      auth_db.query = (async (...asked: [string]) => {
        if (!hasHappened && asked[0].startsWith('declare')) {
          hasHappened = true;
          await happens();
        }
        return query(...asked);
      }) as typeof auth_db.query;
      return exportTenant(clients, { name: 'northwind', path, now: new Date(), storage: undefined });
    },
  );

it.each([
  [
    'is active again',
    () => here.billing_db.administrator.query(`update app.tenants set state = 'active'`),
    'is active',
  ],
  ['is still written to', () => customer('late'), 'portal.customers of northwind has changed meanwhile'],
])('exports no tenant that %s before the file is whole', async (_, happens, why) => {
  await customer('early');
  const path = join(folder, 'northwind.gz');
  await expect(exportedWhile(path, happens)).rejects.toThrow(why);
  await expect(stat(path)).rejects.toThrow('ENOENT');
  await expect(stat(`${path}.part`)).rejects.toThrow('ENOENT');
});

it('writes into no file that somebody else made, and leaves that as it is', async () => {
  const path = join(folder, 'northwind.gz');
  await writeFile(`${path}.part`, 'of another', { mode: 0o644 });
  expect(await run(here, 'export', 'northwind', '--to', path)).toEqual({
    status: 2,
    said: expect.stringContaining(`${path}.part is there`),
  });
  expect((await stat(`${path}.part`)).size).toBe('of another'.length);
});

it('takes rows of megabytes along', async () => {
  await here.catalog_db.administrator.query(
    `insert into catalog.cabling_designs (tenant_id, name, content, computed)
     select $1, 'design ' || n, '{}', jsonb_build_object('said', repeat(md5(n::text), 200000)) from generate_series(1, 3) n`,
    [tenantId],
  );
  const path = join(folder, 'northwind.gz');
  expect(await run(here, 'export', 'northwind', '--to', path)).toMatchObject({ status: 0 });
  const there = await databaseEnvironment();
  try {
    expect(await run(there, 'import', path, '--go')).toEqual({ status: 0, said: expect.stringContaining('3 rows of') });
  } finally {
    await closeEnvironment(there);
  }
});

it('of two imports at once one brings the tenant in, and the other says that it does', async () => {
  for (const name of ['a', 'b', 'c']) await customer(name);
  const path = join(folder, 'northwind.gz');
  await run(here, 'export', 'northwind', '--to', path);
  const there = await databaseEnvironment();
  try {
    const { administrator } = there.portal_db;
    await administrator.query(`begin; select pg_advisory_xact_lock(hashtextextended('legendops:import', 0))`);
    expect(await run(there, 'import', path, '--go')).toEqual({
      status: 2,
      said: expect.stringContaining('Another import is at work in these databases. Run the same again'),
    });
    await administrator.query('rollback');
    const both = await Promise.all([run(there, 'import', path, '--go'), run(there, 'import', path, '--go')]);
    expect(both.map(({ status }) => status)).toContain(0);
    expect(both.map(({ said }) => said).join()).not.toContain('Another tenant');
    expect((await administrator.query('select from portal.customers')).rowCount).toBe(3);
    expect((await run(there, 'import', path, '--go')).said).toContain('auth_db, billing_db, portal_db, catalog_db');
  } finally {
    await closeEnvironment(there);
  }
});
