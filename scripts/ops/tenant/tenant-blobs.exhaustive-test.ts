import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { databases } from '@legendops/kit/config/databases';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  closeEnvironment,
  databaseEnvironment,
  runOn,
  type DatabaseEnvironment,
} from '../testing/database-environment.ts';
import { aBlob, memoryMediaStorage, type MemoryMediaStorage } from '../testing/memory-media-storage.ts';
import { growingFileDigest } from './tenant-file.ts';
import { tenantCommand } from './tenant.ts';

const tenantId = '0190a000-0000-7000-8000-00000000000b';
const otherId = '0190a000-0000-7000-8000-00000000000c';
const sheets = ['one', 'two', 'three'].map(aBlob);
const pathOf = (sha256: string, container = 'documents'): string => `${container}/${tenantId}/${sha256}`;

let folder: string;
let here: DatabaseEnvironment;
let there: DatabaseEnvironment;
let storedHere: MemoryMediaStorage;
let storedThere: MemoryMediaStorage;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legendops-blobs-'));
  here = await databaseEnvironment();
  there = await databaseEnvironment();
  [storedHere, storedThere] = [memoryMediaStorage(), memoryMediaStorage()];
  for (const name of databases)
    await here[name].administrator.query(
      `insert into app.tenants (id, name, display_name, state, owner_uid) values ($1, 'northwind', 'Northwind IT', 'suspended', app.uuid_v7())`,
      [tenantId],
    );
  for (const { bytes, sha256 } of sheets) {
    await here.catalog_db.administrator.query(
      `insert into catalog.media (tenant_id, container, sha256, content_type, bytes) values ($1, 'documents', $2, 'application/pdf', $3)`,
      [tenantId, sha256, bytes.length],
    );
    storedHere.blobs.set(pathOf(sha256), { bytes, contentType: 'application/pdf', cacheControl: 'private' });
  }
});
afterEach(async () => {
  await closeEnvironment(here);
  await closeEnvironment(there);
  await rm(folder, { recursive: true });
});

const path = (): string => join(folder, 'northwind.gz');
const exporting = (storage: MemoryMediaStorage | undefined = storedHere) =>
  runOn(here, tenantCommand, { parameters: ['export', 'northwind', '--to', path()], storage });
const importing = (...parameters: string[]) =>
  runOn(there, tenantCommand, { parameters: ['import', path(), ...parameters], storage: storedThere });
const tenantsThere = async (): Promise<number | null> =>
  (await there.catalog_db.administrator.query('select from catalog.media')).rowCount;
/** By somebody who makes it fit its own digest again. */
const forged = async (change: (text: string) => string): Promise<void> => {
  const text = gunzipSync(await readFile(path())).toString();
  const body = change(text.slice(0, text.lastIndexOf('{"sha256"')));
  const { add, digest } = growingFileDigest();
  add(body);
  await writeFile(path(), gzipSync(`${body}${JSON.stringify({ sha256: digest() })}\n`));
};

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
  expect(await tenantsThere()).toBe(3);
});

it('writes no row before its blobs, goes on where it ended in the middle, and writes none twice', async () => {
  await exporting();
  storedThere.failAfter = 2;
  expect(await importing('--go')).toEqual({ status: 1, said: expect.stringContaining('The blob storage is away') });
  expect(await tenantsThere()).toBe(0);
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

it('mends what stands there and is something else, and tries without keeping any', async () => {
  await exporting();
  expect(await importing()).toEqual({ status: 0, said: expect.stringContaining('3 blobs') });
  expect(storedThere.written).toBe(0);
  const [one] = sheets;
  storedThere.blobs.set(pathOf(one?.sha256 ?? ''), { bytes: Buffer.from('x'), contentType: '', cacheControl: '' });
  expect((await importing('--go')).status).toBe(0);
  expect(storedThere.blobs).toEqual(storedHere.blobs);
});

it.each([
  ['exports', () => runOn(here, tenantCommand, { parameters: ['export', 'northwind', '--to', path()] })],
  [
    'imports',
    async () => {
      await exporting();
      return runOn(there, tenantCommand, { parameters: ['import', path(), '--go'] });
    },
  ],
])('%s no blobs without a storage, and says how one is named', async (_, act) => {
  expect(await act()).toEqual({
    status: 2,
    said: expect.stringContaining('3 blobs, and no storage was named: set BLOB_URL'),
  });
  expect(await tenantsThere()).toBe(0);
});

it.each<[string, (text: string) => string]>([
  ['of another tenant', (text) => text.replaceAll(`documents/${tenantId}`, `documents/${otherId}`)],
  ['of another container', (text) => text.replaceAll('documents/', 'backups/')],
  ['that climbs', (text) => text.replaceAll(`${tenantId}/`, `${tenantId}/../`)],
])('refuses an export with a place %s, and keeps nothing', async (_, change) => {
  await exporting();
  await forged(change);
  expect(await importing('--go')).toEqual({
    status: 2,
    said: expect.stringContaining("which is no place of this tenant's"),
  });
  expect([await tenantsThere(), storedThere.written]).toEqual([0, 0]);
});

it('refuses a file that fits itself and is not the one that was exported', async () => {
  const { said } = await exporting();
  const [, digest = ''] = /--digest (\w+)/.exec(said) ?? [];
  await forged((text) => text.replace('Northwind IT', 'Northwind XX'));
  expect(await importing('--go', '--digest', digest)).toEqual({
    status: 2,
    said: expect.stringContaining(`the one that was asked for has ${digest}`),
  });
  expect([await tenantsThere(), storedThere.written]).toEqual([0, 0]);
});
