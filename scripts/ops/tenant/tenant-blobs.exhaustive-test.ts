import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databases } from '@legendops/kit/config/databases';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  closeEnvironment,
  databaseEnvironment,
  runOn,
  type DatabaseEnvironment,
} from '../testing/database-environment.ts';
import { forgedExport } from '../testing/forged-export.ts';
import { aBlob, memoryMediaStorage, type MemoryMediaStorage } from '../testing/memory-media-storage.ts';
import { tenantCommand } from './tenant.ts';

const tenantId = '0190a000-0000-7000-8000-00000000000b';
const sheets = ['one', 'two', 'three'].map(aBlob);
const pathOf = (sha256: string): string => `documents/${tenantId}/${sha256}`;

let folder: string;
let here: DatabaseEnvironment;
let there: DatabaseEnvironment;
let storedHere: MemoryMediaStorage;
let storedThere: MemoryMediaStorage;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legendops-blobs-'));
  here = await databaseEnvironment();
  there = await databaseEnvironment();
  for (const name of databases)
    await here[name].administrator.query(
      `insert into app.tenants (id, name, display_name, state, owner_uid) values ($1, 'northwind', 'Northwind IT', 'suspended', app.uuid_v7())`,
      [tenantId],
    );
  for (const { bytes, sha256 } of sheets)
    await here.catalog_db.administrator.query(
      `insert into catalog.media (tenant_id, container, sha256, content_type, bytes) values ($1, 'documents', $2, 'application/pdf', $3)`,
      [tenantId, sha256, bytes.length],
    );
});
beforeEach(() => {
  [storedHere, storedThere] = [memoryMediaStorage(), memoryMediaStorage()];
  for (const { bytes, sha256 } of sheets)
    storedHere.blobs.set(pathOf(sha256), { bytes, contentType: 'application/pdf', cacheControl: 'private' });
});
afterAll(async () => {
  await closeEnvironment(here);
  await closeEnvironment(there);
  await rm(folder, { recursive: true });
});

const path = (): string => join(folder, 'northwind.gz');
const exporting = (storage: MemoryMediaStorage | undefined = storedHere) =>
  runOn(here, tenantCommand, { parameters: ['export', 'northwind', '--to', path()], storage });
const importing = (...parameters: string[]) =>
  runOn(there, tenantCommand, { parameters: ['import', path(), ...parameters], storage: storedThere });
const mediaThere = async (): Promise<number | null> =>
  (await there.catalog_db.administrator.query('select from catalog.media')).rowCount;
it('refuses a file that fits itself and is not the one that was exported, and one without a storage', async () => {
  const { said } = await exporting();
  expect(await runOn(there, tenantCommand, { parameters: ['import', path(), '--go'] })).toEqual({
    status: 2,
    said: expect.stringContaining('3 blobs, and no storage was named: set BLOB_URL'),
  });
  const [, digest = ''] = /--digest (\w+)/.exec(said) ?? [];
  const forged = await forgedExport(path(), (lines) =>
    lines.map((line) => line.replace('Northwind IT', 'Northwind XX')),
  );
  const parameters = ['import', forged, '--go', '--digest', digest];
  expect(await runOn(there, tenantCommand, { parameters, storage: storedThere })).toEqual({
    status: 2,
    said: expect.stringContaining(`the one that was asked for has ${digest}`),
  });
  expect([await mediaThere(), storedThere.written]).toEqual([0, 0]);
});

it('exports no blobs without a storage, and says how one is named', async () => {
  expect(await runOn(here, tenantCommand, { parameters: ['export', 'northwind', '--to', `${path()}2`] })).toEqual({
    status: 2,
    said: expect.stringContaining('name 3 blobs, and no storage was named: set BLOB_URL'),
  });
});

it('writes no row before its blobs, goes on where it ended in the middle, and writes none twice', async () => {
  await exporting();
  storedThere.failAfter = 2;
  expect(await importing('--go')).toEqual({ status: 1, said: expect.stringContaining('The blob storage is away') });
  expect(await mediaThere()).toBe(0);
  expect(storedThere.blobs.size).toBe(2);
  storedThere.failAfter = undefined;
  expect(await importing('--go')).toEqual({
    status: 0,
    said: expect.stringContaining('1 blobs were written, the others stood there already'),
  });
  expect(storedThere.blobs).toEqual(storedHere.blobs);
  expect((await importing('--go')).said).toContain('0 blobs were written');
  expect(storedThere.written).toBe(3);
});

// The tenant is there by now: a run that is repeated brings what is not.
it('sees that a blob which stood there was removed meanwhile, as of a tenant that nobody has registered', async () => {
  await exporting();
  const [first = '', second = ''] = sheets.map(({ sha256 }) => pathOf(sha256)).sort();
  for (const [at, blob] of storedHere.blobs) storedThere.blobs.set(at, blob);
  const read = storedThere.read.bind(storedThere);
  storedThere.read = async (place) => {
    if (`${place.container}/${place.name}` === second) storedThere.blobs.delete(first);
    return read(place);
  };
  const { status, said } = await importing('--go');
  expect([status, said]).toEqual([1, expect.stringContaining(`${first} was removed meanwhile`)]);
  storedThere.read = read;
  expect(await importing('--go')).toEqual({ status: 0, said: expect.stringContaining('1 blobs were written') });
  expect(storedThere.blobs.size).toBe(3);
});

it('tells blobs that are lost by their names, and takes all others along', async () => {
  const [missing, damaged, whole] = sheets as [(typeof sheets)[0], (typeof sheets)[0], (typeof sheets)[0]];
  storedHere.blobs.delete(pathOf(missing.sha256));
  storedHere.blobs.set(pathOf(damaged.sha256), { bytes: Buffer.from('x'), contentType: '', cacheControl: '' });
  const expected = [`Lost: ${pathOf(missing.sha256)} is not there`, `Lost: ${pathOf(damaged.sha256)} has other bytes`];
  for (const act of [exporting, () => importing(), () => importing('--go')]) {
    const { status, said } = await act();
    expect(status).toBe(1);
    for (const one of expected) expect(said).toContain(one);
    expect(said).toContain('does without 2 blobs');
  }
  expect([...storedThere.blobs.keys()]).toEqual([pathOf(whole.sha256)]);
});
