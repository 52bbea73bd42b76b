import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aBlob, memoryMediaStorage } from '../testing/memory-media-storage.ts';
import { blobsToBring, bringBlobs } from './import-blobs.ts';
import { inspectExport } from './inspect-export.ts';
import { growingFileDigest, markLine, pieceLine, type Header } from './tenant-file.ts';

const tenantId = '0190a000-0000-7000-8000-00000000000b';
const header: Header = {
  format: 'legendops-tenant/2',
  exportedAt: '2026-12-01T12:00:00.000Z',
  tenant: { id: tenantId, name: 'northwind', displayName: 'x', limits: {}, settings: {} },
  migrations: {},
};
const one = aBlob('one');
const other = aBlob('other');
const pathOf = ({ sha256 }: typeof one): string => `documents/${tenantId}/${sha256}`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legendops-import-blobs-'));
});
afterEach(() => rm(folder, { recursive: true }));

const fileOf = async (blobs: readonly { path: string; bytes: Buffer; sha256: string }[]) => {
  const lines = [markLine(header)];
  for (const { path: blob, bytes, sha256 } of blobs)
    lines.push(
      markLine({ blob, contentType: 'application/pdf', cacheControl: 'private' }),
      pieceLine(bytes.subarray(0, 9)),
      pieceLine(bytes.subarray(9)),
      markLine({ blobEnd: blob, bytes: bytes.length, sha256 }),
    );
  lines.push(markLine({ tables: 0, rows: 0, blobs: blobs.length, lost: 0 }));
  const { add, digest } = growingFileDigest();
  add(lines.join(''));
  const path = join(folder, 'one.gz');
  await writeFile(path, gzipSync(lines.join('') + markLine({ sha256: digest() })));
  return path;
};
const both = () => fileOf([one, other].map((blob) => ({ ...blob, path: pathOf(blob) })));
const bring = async (path: string, storage = memoryMediaStorage()) => {
  const inspected = await inspectExport(path);
  const bringing = await blobsToBring(inspected, storage);
  return { storage, done: bringing && (await bringBlobs(bringing, { path, sha256: inspected.sha256 })) };
};

it('writes what is not there, mends what is something else, and leaves what stands there as it is', async () => {
  const path = await both();
  const { storage, done } = await bring(path);
  expect(done).toEqual({ written: 2 });
  expect([...storage.blobs.keys()]).toEqual([pathOf(one), pathOf(other)]);
  expect(storage.blobs.get(pathOf(other))).toEqual({
    bytes: other.bytes,
    contentType: 'application/pdf',
    cacheControl: 'private',
  });
  storage.blobs.set(pathOf(one), { bytes: Buffer.from('x'), contentType: '', cacheControl: '' });
  expect((await bring(path, storage)).done).toEqual({ written: 1 });
  expect(storage.blobs.get(pathOf(one))?.bytes).toEqual(one.bytes);
  expect((await bring(path, storage)).done).toEqual({ written: 0 });
});

it('sees that what it wrote is not what stands there', async () => {
  const storage = memoryMediaStorage();
  const write = storage.write.bind(storage);
  storage.write = (place, blob) => write(place, { ...blob, pieces: (async function* () {})() });
  await expect(bring(await both(), storage)).rejects.toThrow('what stands there is something else');
});

it('refuses a file that was put in the place of the one that was looked at', async () => {
  const inspected = await inspectExport(await both());
  const bringing = await blobsToBring(inspected, memoryMediaStorage());
  const path = await fileOf([]);
  await expect(bringing && bringBlobs(bringing, { path, sha256: inspected.sha256 })).rejects.toThrow(
    'it is another than it was a moment ago',
  );
});

it.each([
  ['of another tenant', `documents/0190a000-0000-7000-8000-00000000000c/${one.sha256}`],
  ['of another container', `backups/${tenantId}/${one.sha256}`],
  ['that climbs', `documents/${tenantId}/../${one.sha256}`],
  ['that no row can name', `documents/${tenantId}/pending-1`],
])('refuses a place %s before anything is written', async (_, path) => {
  const storage = memoryMediaStorage();
  await expect(bring(await fileOf([{ ...one, path }]), storage)).rejects.toThrow("which is no place of this tenant's");
  expect(storage.written).toBe(0);
});
