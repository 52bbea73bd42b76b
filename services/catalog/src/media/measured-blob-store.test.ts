import { silentLog } from '@legendops/kit/testing/silent-log';
import { register } from 'prom-client';
import { expect, it } from 'vitest';
import { measuredBlobStore } from './measured-blob-store.ts';
import { memoryBlobStore } from './testing/memory-blob-store.ts';

it('what is asked of the storage is counted, and a failure told without an address', async () => {
  const blobs = memoryBlobStore();
  const lines: string[] = [];
  const log = { ...silentLog, warn: (fields: object) => void lines.push(JSON.stringify(fields)) };
  const store = measuredBlobStore(blobs, log as typeof silentLog);
  const place = { container: 'documents', name: 'a/b' } as const;
  await store.linkToRead(place, { contentDisposition: 'inline' });
  blobs.failNext('write');
  await expect(store.write(place, Buffer.from('abc'), 'application/pdf')).rejects.toThrow('away');
  await store.write(place, Buffer.from('abc'), 'application/pdf');
  const text = await register.getSingleMetricAsString('legendops_blob_requests_total');
  expect(text).toContain('{container="documents",operation="write",outcome="failure"} 1');
  expect(text).toContain('{container="documents",operation="link-to-read",outcome="success"} 1');
  expect(text).toContain('{container="visio-stencils",operation="remove",outcome="failure"} 0');
  expect(await register.getSingleMetricAsString('legendops_blob_bytes_total')).toContain('operation="write"} 3');
  expect(lines).toEqual(['{"container":"documents","blob":"a/b","operation":"write"}']);
});
