import { measured } from '@legendops/kit/jobs/measured';
import type { Log } from '@legendops/kit/log/logger';
import { Counter, Histogram } from 'prom-client';
import type { BlobPlace, BlobStore } from './blob-store.ts';
import { MediaContainer } from './contract.ts';

const operations = ['link-to-create', 'link-to-read', 'size', 'read', 'write', 'remove'] as const;
type Operation = (typeof operations)[number];

const requests = new Counter({
  name: 'legendops_blob_requests_total',
  help: 'What was asked of the blob storage, by container, operation and outcome',
  labelNames: ['container', 'operation', 'outcome'] as const,
});
// A failure is seen as a rise: there has to be something that it rises from.
for (const container of MediaContainer.options)
  for (const operation of operations)
    for (const outcome of ['success', 'failure']) requests.inc({ container, operation, outcome }, 0);

const seconds = new Histogram({
  name: 'legendops_blob_request_duration_seconds',
  help: 'Time that the blob storage took, by operation',
  labelNames: ['operation'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
});

const bytesMoved = new Counter({
  name: 'legendops_blob_bytes_total',
  help: 'Bytes that the service read from the blob storage and wrote there, by container',
  labelNames: ['container', 'operation'] as const,
});

for (const operation of operations) seconds.zero({ operation });
for (const container of MediaContainer.options)
  for (const operation of ['read', 'write']) bytesMoved.inc({ container, operation }, 0);

/** The store, counted and timed. A link is a capability: what is logged of a failure is the place, never an address. */
export const measuredBlobStore = (store: BlobStore, log: Log): BlobStore => {
  const asked = <T>(operation: Operation, { container, name }: BlobPlace, work: () => Promise<T>): Promise<T> =>
    measured(
      {
        observe: (outcome: 'success' | 'failure', taken) => {
          requests.inc({ container, operation, outcome });
          seconds.observe({ operation }, taken);
        },
        outcomeOf: (error) => {
          const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
          log.warn({ container, blob: name, operation, statusCode, code }, 'the blob storage did not do it');
          return 'failure' as const;
        },
      },
      work,
    );
  const moved = (container: MediaContainer, operation: Operation, bytes: number): void =>
    bytesMoved.inc({ container, operation }, bytes);
  return {
    linkToCreate: (place) => asked('link-to-create', place, () => store.linkToCreate(place)),
    linkToRead: (place, as) => asked('link-to-read', place, () => store.linkToRead(place, as)),
    sizeOf: (place) => asked('size', place, () => store.sizeOf(place)),
    read: async (place, mostBytes) => {
      const bytes = await asked('read', place, () => store.read(place, mostBytes));
      moved(place.container, 'read', bytes?.length ?? 0);
      return bytes;
    },
    write: async (place, bytes, contentType) => {
      await asked('write', place, () => store.write(place, bytes, contentType));
      moved(place.container, 'write', bytes.length);
    },
    remove: (place) => asked('remove', place, () => store.remove(place)),
    // Page by page: what fails of it is told by the sweep.
    tenantsIn: (container) => store.tenantsIn(container),
    namesOf: (container, tenantId, writtenBefore) => store.namesOf(container, tenantId, writtenBefore),
  };
};
