import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBlobStorage } from './blob-storage.ts';
import type { BlobStorage } from './blob-storage.ts';

let directory: string;
let storage: BlobStorage;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'blobs-'));
  storage = await startBlobStorage({ directory });
});
afterEach(async () => {
  await storage.close();
  await rm(directory, { recursive: true });
});

const container = () =>
  BlobServiceClient.fromConnectionString(storage.connectionString).getContainerClient('product-images');

test('a blob is written, read, and still there after a restart', async () => {
  await container().create();
  const bytes = Buffer.from([0, 1, 254, 255]);
  await container()
    .getBlockBlobClient('a/b')
    .upload(bytes, bytes.length, { metadata: { tenant: 't' } });
  await storage.close();
  storage = await startBlobStorage({ directory });
  expect(await container().getBlobClient('a/b').downloadToBuffer()).toEqual(bytes);
  expect((await container().getBlobClient('a/b').getProperties()).metadata).toEqual({ tenant: 't' });
});

test('closing ends it within seconds, also while a client keeps its connection', async () => {
  await container().create();
  const started = performance.now();
  await storage.close();
  expect(performance.now() - started).toBeLessThan(4000);
  await expect(fetch(storage.url)).rejects.toThrow('fetch failed');
});

test('a port that is taken is an error that says so', async () => {
  const port = Number(new URL(storage.url).port);
  await expect(startBlobStorage({ directory: join(directory, 'other'), port })).rejects.toThrow('EADDRINUSE');
});
