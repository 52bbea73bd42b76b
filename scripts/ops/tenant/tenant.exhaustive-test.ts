import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databases } from '@legendops/kit/config/databases';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { insertText, sampleRow, tenantTables } from '@legendops/kit/testing/tenant-tables';
import type { TestDatabase } from '@legendops/kit/testing/test-database';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  closeEnvironment,
  databaseEnvironment,
  runOn,
  type DatabaseEnvironment,
} from '../testing/database-environment.ts';
import { forgedExport, linesOf } from '../testing/forged-export.ts';
import { aBlob, memoryMediaStorage, type MemoryMediaStorage } from '../testing/memory-media-storage.ts';
import { tenantCommand } from './tenant.ts';

let folder: string;
let here: DatabaseEnvironment;
let there: DatabaseEnvironment;
let tenantId: string;
let storedHere: MemoryMediaStorage;
let storedThere: MemoryMediaStorage;

const every = async (at: DatabaseEnvironment, text: string, values: unknown[] = []): Promise<void> => {
  for (const name of databases) await at[name].administrator.query(text, values);
};

const seed = 'aaaaaaaa-0000-4000-8000-000000000001';
// Of the product that the sample relation leads to.
const relatedTo = `f${seed.slice(1)}`;
const awkward = `=1+1 "quoted" \\ back\\slash tab\tend\u2028 \u{1F9FE}`;
const manyCustomers = 2_500;
const kept = aBlob('a data sheet');
const thumbnail = aBlob('a small picture of it');
const keptPath = (): string => `documents/${tenantId}/${kept.sha256}`;
const thumbnailPath = (): string => `${keptPath()}-thumbnail`;

/** A row in every table that has rows of tenants: one that is added tomorrow is tested tomorrow. */
const fill = async ({ administrator }: TestDatabase, id: string): Promise<void> => {
  // Triggers would refuse some of the sample rows.
  await administrator.query('set session_replication_role = replica');
  for (const table of await tenantTables(administrator))
    for (const one of table.name === 'catalog.products' ? [seed, relatedTo] : [seed]) {
      const { text, values } = insertText(table, sampleRow(table, { tenantId: id, seed: one }));
      await administrator.query(text, values);
    }
  await administrator.query('set session_replication_role = origin');
};

const aWorld = async (): Promise<void> => {
  const { rows } = await here.portal_db.administrator.query<{ id: string }>('select app.uuid_v7() as id');
  tenantId = rows[0]?.id ?? '';
  for (const name of databases) {
    await here[name].administrator.query(
      `insert into app.tenants (id, name, display_name, state, limits, settings, owner_uid)
       values ($1, 'northwind', 'Northwind IT', 'suspended', '{"customers": 5}', '{"currency": "USD"}', app.uuid_v7())`,
      [tenantId],
    );
    await fill(here[name], tenantId);
  }
  await here.portal_db.administrator.query(
    `insert into portal.customers (tenant_id, name) select $1, $2 || n from generate_series(1, $3) n`,
    [tenantId, awkward, manyCustomers],
  );
  await here.catalog_db.administrator.query(`update catalog.media set sha256 = $1, bytes = $2, has_thumbnail = true`, [
    kept.sha256,
    kept.bytes.length,
  ]);
  for (const [path, { bytes }] of Object.entries({ [keptPath()]: kept, [thumbnailPath()]: thumbnail }))
    storedHere.blobs.set(path, { bytes, contentType: 'application/pdf', cacheControl: 'private' });
  await every(here, 'truncate app.outbox, app.feed_readers');
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legendops-tenant-'));
  here = await databaseEnvironment();
  there = await databaseEnvironment();
  storedHere = memoryMediaStorage();
  await aWorld();
});
beforeEach(async () => {
  storedThere = memoryMediaStorage();
  // What a refused one leaves would be found by the next.
  if ((await tenantsOf(there)).length === 0) return;
  await closeEnvironment(there);
  there = await databaseEnvironment();
});
afterAll(async () => {
  await closeEnvironment(here);
  await closeEnvironment(there);
  await rm(folder, { recursive: true });
});

const run = (at: DatabaseEnvironment, ...parameters: string[]) =>
  runOn(at, tenantCommand, { parameters, storage: at === here ? storedHere : storedThere });
const exported = async (name: string, at = here): Promise<string> => {
  const path = join(folder, name);
  expect(await run(at, 'export', 'northwind', '--to', path)).toMatchObject({ status: 0 });
  return path;
};
const tenantsOf = async (at: DatabaseEnvironment): Promise<string[]> =>
  (
    await Promise.all(
      databases.map((name) =>
        at[name].administrator.query<{ said: string }>(`select name || ' ' || state as said from app.tenants`),
      ),
    )
  ).flatMap(({ rows }) => rows.map(({ said }) => said));

const withoutTable = (all: string[], name: string): string[] => {
  const from = all.findIndex((line) => line.startsWith(`{"table":"${name}"`));
  const to = all.findIndex((line) => line.startsWith(`{"end":"${name}"`));
  return all.toSpliced(from, to - from + 1);
};

it('a tenant that was taken elsewhere equals itself, in every table', async () => {
  const path = await exported('whole.gz');
  const { status, said } = await run(there, 'import', path, '--go');
  expect([status, said]).toEqual([0, expect.stringContaining(`platform.legendops.io/adopt: "${tenantId}"`)]);
  expect(await tenantsOf(there)).toEqual([
    'northwind retained',
    'northwind retained',
    'northwind retained',
    'northwind retained',
  ]);
  const again = await exported('again.gz', there);
  // The header has the time, and the last line the digest of that too.
  const before = (await linesOf(path)).slice(1, -2);
  const after = (await linesOf(again)).slice(1, -2);
  expect(after).toEqual(before);
  expect(storedThere.blobs).toEqual(storedHere.blobs);
  expect(before.filter((line) => line.startsWith(' ')).length).toBeGreaterThan(manyCustomers + 40);
  const kept = await there.portal_db.administrator.query('select from portal.customers where name = $1', [
    `${awkward}7`,
  ]);
  expect(kept.rowCount).toBe(1);
  expect((await there.billing_db.administrator.query('select from app.outbox')).rowCount).toBe(0);
});

it('its file is for its owner alone, and has nobody who is signed in', async () => {
  const path = await exported('mode.gz');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await linesOf(path)).some((line) => line.includes('auth.sessions'))).toBe(false);
});

it('tries all of it without --go, and leaves nothing', async () => {
  const path = await exported('tried.gz');
  expect(await run(there, 'import', path)).toEqual({ status: 0, said: expect.stringContaining('Nothing was changed') });
  expect(await tenantsOf(there)).toEqual([]);
});

it('goes on where a run ended between two databases', async () => {
  const path = await exported('between.gz');
  await run(there, 'import', path, '--go');
  await there.portal_db.administrator.query('set session_replication_role = replica');
  for (const { name } of await tenantTables(there.portal_db.administrator))
    await there.portal_db.administrator.query(`delete from ${name}`);
  await there.portal_db.administrator.query('delete from app.tenants');
  const { status, said } = await run(there, 'import', path, '--go');
  expect([status, said]).toEqual([
    0,
    expect.stringContaining('Was there already, the same: auth_db, billing_db, catalog_db'),
  ]);
  expect(await tenantsOf(there)).toHaveLength(4);
});

it.each<[string, () => Promise<void>, string]>([
  [
    'whose rows may change',
    () => every(here, `update app.tenants set state = 'active'`),
    'northwind is active, and its rows may change meanwhile',
  ],
  [
    'of which something was told that nobody read',
    async () => {
      await here.portal_db.administrator.query(
        `insert into app.outbox (tenant_id, topic, entity_id, entity_version, payload) values ($1, 'customers', $1, 1, '{}')`,
        [tenantId],
      );
      await here.portal_db.administrator.query(
        `insert into app.feed_readers (topic, reader, tx, seq) values ('customers', 'legendops/billing', '0', 0)`,
      );
    },
    'portal_db: legendops/billing has not read all of customers',
  ],
])('does not export a tenant %s', async (_title, arrange, why) => {
  await arrange();
  try {
    const path = join(folder, 'refused.gz');
    expect(await run(here, 'export', 'northwind', '--to', path)).toEqual({
      status: 2,
      said: expect.stringContaining(why),
    });
    await expect(stat(path)).rejects.toThrow('ENOENT');
    await expect(stat(`${path}.part`)).rejects.toThrow('ENOENT');
  } finally {
    await every(here, `update app.tenants set state = 'suspended'`);
    await every(here, 'truncate app.outbox, app.feed_readers');
  }
});

it.each<[string, (path: string) => Promise<string>, string]>([
  [
    'was changed',
    async (path) => forgedExport(path, (all) => all.map((line) => line.replace('quoted', 'quotes'))),
    'the rows of portal.customers are not those that were exported',
  ],
  ['is something else', async (path) => forgedExport(path, () => ['{"a": 1}']), 'is not a tenant'],
  ['is not there', async () => join(folder, 'nowhere.gz'), 'could not be read'],
  ['is no archive', async () => join(import.meta.dirname, 'tenant.ts'), 'could not be read'],
  [
    'lacks a table',
    async (path) => forgedExport(path, (all) => withoutTable(all, 'portal.customers')),
    'it has the rows of portal.customers 0 times',
  ],
  [
    'does not say what rows a table has',
    async (path) => forgedExport(path, (all) => all.filter((line) => !line.startsWith('{"end":"portal.customers"'))),
    'the rows of portal.customers do not end',
  ],
  [
    'ends with other counts',
    async (path) => forgedExport(path, (all) => [...all.slice(0, -1), '{"tables":1,"rows":1,"blobs":2,"lost":0}']),
    'and had 1 of 1',
  ],
  [
    'has a table of no tenant',
    async (path) =>
      forgedExport(path, (all) =>
        all.map((line) => line.replace('{"table":"portal.customers"', '{"table":"app.tenants"')),
      ),
    'rows of app.tenants, which is no table of tenants here',
  ],
  [
    'is of a newer release',
    async (path) =>
      forgedExport(path, (all) =>
        all.map((line) => line.replace('"common/0001_app"', '"common/0001_app","own/9999_more"')),
      ),
    'lacks the migration own/9999_more',
  ],
])('refuses a file that %s, and leaves nothing', async (_title, change, why) => {
  const path = await change(await exported('base.gz'));
  expect(await run(there, 'import', path, '--go')).toEqual({ status: 2, said: expect.stringContaining(why) });
  expect(await tenantsOf(there)).toEqual([]);
});

it.each<[string, () => Promise<void>, string]>([
  [
    'has another tenant of that name',
    async () => void (await aTenant(there.catalog_db.administrator, { name: 'northwind' })),
    'catalog_db has a tenant northwind with the id',
  ],
  [
    'works with that tenant',
    () =>
      every(
        there,
        `insert into app.tenants (id, name, display_name, state, owner_uid) values ('${tenantId}', 'northwind', 'x', 'active', app.uuid_v7())`,
      ),
    'it is active: an import never writes over a tenant',
  ],
  [
    'keeps other rows of it',
    () =>
      every(
        there,
        `insert into app.tenants (id, name, display_name, state, owner_uid) values ('${tenantId}', 'northwind', 'x', 'retained', app.uuid_v7())`,
      ),
    'an import never writes over a tenant',
  ],
  [
    'has its directory with another tenant',
    async () => {
      const other = await aTenant(there.auth_db.administrator);
      await there.auth_db.administrator.query(
        'insert into auth.directories (tenant_id, directory_id) values ($1, $2)',
        [other, seed],
      );
    },
    'Another tenant here has what auth.directories of the export says',
  ],
])('does not bring it to where one %s', async (_title, arrange, why) => {
  const path = await exported('base.gz');
  await arrange();
  const before = await tenantsOf(there);
  expect(await run(there, 'import', path, '--go')).toEqual({ status: 2, said: expect.stringContaining(why) });
  expect(await tenantsOf(there)).toEqual(before);
});

it.each([
  [['export', 'northwind'], '--to FILE'],
  [['export', 'nobody', '--to', '/tmp/x'], 'auth_db has no tenant nobody'],
  [['move', 'x'], 'export NAME --to FILE'],
])('refuses %j', async (parameters, why) => {
  expect(await run(here, ...parameters)).toEqual({ status: 2, said: expect.stringContaining(why) });
});
