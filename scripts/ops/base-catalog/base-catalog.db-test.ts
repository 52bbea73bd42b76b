import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '@legendops/kit/errors/message-of';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { testPassword } from '@legendops/kit/testing/postgres-server';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isMistake } from '../command.ts';
import { baseCatalogCommand } from './base-catalog.ts';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await testDatabase('catalog_db');
  folder = await mkdtemp(join(tmpdir(), 'legendops-base-'));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const rack = { key: 'r42', name: 'Rack 42U', mpn: 'R42' };

const run = async (rows: unknown, ...parameters: string[]): Promise<{ status: number; said: string }> => {
  const path = join(folder, 'base.json');
  await writeFile(path, JSON.stringify(rows));
  const said: string[] = [];
  const status = await baseCatalogCommand([path, ...parameters], {
    environment: { CATALOG_DATABASE_URL: database.url('legendops_migrator', testPassword) },
    write: (text) => void said.push(text),
  }).catch((error: unknown) => {
    said.push(messageOf(error));
    return isMistake(error) ? 2 : 1;
  });
  return { status, said: said.join('\n') };
};
const there = async (): Promise<unknown[]> =>
  (await database.administrator.query('select key, name, retired_at is null as offered from catalog.base_products'))
    .rows;

it('looks first, does it with --go, and finds nothing to do the next time', async () => {
  expect(await run([rack])).toEqual({ status: 0, said: expect.stringContaining('Nothing was changed') });
  expect(await there()).toEqual([]);
  expect(await run([rack], '--go')).toEqual({ status: 0, said: expect.stringContaining('Done: 1 added, 0 changed') });
  expect(await run([rack], '--go')).toEqual({
    status: 0,
    said: expect.stringContaining('1 as they were; products of tenants that followed: 0'),
  });
  expect(await there()).toEqual([{ key: 'r42', name: 'Rack 42U', offered: true }]);
});

it('refuses a file by its rows, and leaves all as it was', async () => {
  const { status, said } = await run(
    [
      { ...rack, name: 'New' },
      { key: 'x', name: 'X', packSize: 0 },
    ],
    '--go',
  );
  expect([status, said]).toEqual([2, expect.stringContaining('Row 2, packSize: ')]);
  expect(await there()).toEqual([{ key: 'r42', name: 'Rack 42U', offered: true }]);
});

it('says what it retires, and gives no key to another product', async () => {
  const other = { key: 'shelf', name: 'Shelf' };
  await run([rack, other], '--go');
  expect((await run([rack])).said).toContain('Retired:\n  shelf (Shelf)');
  expect((await run([rack], '--go')).said).toContain('Retired:\n  shelf (Shelf)');
  const said = expect.stringContaining('shelf is “Shelf”: give “Toner” a key of its own');
  for (const parameters of [[], ['--go']])
    expect(await run([rack, { key: 'shelf', name: 'Toner' }], ...parameters)).toEqual({ status: 2, said });
  await database.administrator.query(`delete from catalog.base_products where key = 'shelf'`);
});

it('says which product of which tenant could not follow, and how to go on', async () => {
  const tenantId = await aTenant(database.administrator);
  await database.administrator.query(
    `insert into catalog.products (tenant_id, sku, name, mpn, base_key) values ($1, 'A', 'Rack 42U', 'R42', 'r42'), ($1, 'B', 'Other', 'R43', null)`,
    [tenantId],
  );
  const { status, said } = await run([{ ...rack, mpn: 'R43' }], '--go');
  expect([status, said]).toEqual([1, expect.stringContaining(`Not done: A of tenant ${tenantId} does not follow r42`)]);
  await database.administrator.query(`update catalog.products set mpn = 'R44' where sku = 'B'`);
  expect(await run([{ ...rack, mpn: 'R43' }], '--go')).toMatchObject({
    status: 0,
    said: expect.stringContaining('products of tenants that followed: 1'),
  });
});
