import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import { MediaContainer } from '@legendops/catalog/media/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBlobStorage, type BlobStorage } from '../../local/blob-storage.ts';
import { namedMediaStorage, type MediaStorage } from './media-storage.ts';
import { storedDigest } from './named-blobs.ts';

const tenantId = '0190a000-0000-7000-8000-00000000000b';
const place = { container: 'documents', name: `${tenantId}/a` } as const;

let folder: string;
let emulator: BlobStorage;
let storage: MediaStorage;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legendops-media-'));
  emulator = await startBlobStorage({ directory: folder });
  const service = BlobServiceClient.fromConnectionString(emulator.connectionString);
  for (const container of MediaContainer.options) await service.getContainerClient(container).create();
  storage = namedMediaStorage({ BLOB_CONNECTION_STRING: emulator.connectionString }) as MediaStorage;
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

async function* pieces(bytes: Buffer, failsAt = Infinity): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 100_000) {
    if (at > failsAt) throw new Error('what is written could not be read');
    yield bytes.subarray(at, at + 100_000);
  }
}
const headers = { contentType: 'application/pdf', cacheControl: 'private' };
const listed = async (from = storage): Promise<{ name: string; bytes: number }[]> => {
  const found: { name: string; bytes: number }[] = [];
  for await (const one of from.list('documents', `${tenantId}/`)) found.push(one);
  return found;
};

it('a blob of many pieces stands there as it was, with what browsers are told of it, and only when it is whole', async () => {
  const bytes = randomBytes(10_000_001);
  expect(await storage.read(place)).toBeUndefined();
  await expect(storage.write(place, { ...headers, pieces: pieces(bytes, 9_000_000) })).rejects.toThrow(
    `write documents/${tenantId}/a: what is written could not be read`,
  );
  expect(await listed()).toEqual([]);
  await storage.write(place, { ...headers, pieces: pieces(bytes) });
  expect(await storage.read(place)).toMatchObject(headers);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(await storedDigest(storage, place)).toEqual({ bytes: bytes.length, sha256 });
  expect(await listed()).toEqual([{ name: place.name, bytes: bytes.length }]);
});

it('a storage that does not let in is told in one line, and is not an absent blob', async () => {
  const closed = namedMediaStorage({
    BLOB_CONNECTION_STRING: emulator.connectionString.replace(
      /AccountKey=[^;]+/,
      `AccountKey=${randomBytes(64).toString('base64')}`,
    ),
  }) as MediaStorage;
  const error: unknown = await closed.read(place).catch((reason: unknown) => reason);
  expect(String(error)).toMatch(/^Error: The blob storage did not let us read documents\/[^\n]+: 403 [^\n]+$/);
  await expect(listed(closed)).rejects.toThrow('list documents: 403');
});

it('no storage is named where the environment says nothing', () => {
  expect(namedMediaStorage({})).toBeUndefined();
});
