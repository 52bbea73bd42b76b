import type { BlobPlace } from '@legendops/catalog/media/blob-store';
import { MediaContainer } from '@legendops/catalog/media/contract';
import { Refused } from '../environment-group.ts';
import type { MediaStorage } from '../media/media-storage.ts';
import { standingBlobs, storedDigest, type BlobDigest } from '../media/named-blobs.ts';
import type { Inspected } from './inspect-export.ts';
import { partsOf, type Part } from './tenant-file.ts';

const isName = /^[0-9a-f]{64}(-thumbnail)?$/;

/** A path of an export as a place, which is this tenant's own and called as rows call it. */
const placeOf = (path: string, tenantId: string): BlobPlace => {
  const [container, id, name = '', ...more] = path.split('/');
  const known = MediaContainer.safeParse(container);
  if (!known.success || id !== tenantId || !isName.test(name) || more.length > 0)
    throw new Refused(`The export has a blob at ${path}, which is no place of this tenant's: export the tenant again`);
  return { container: known.data, name: `${id}/${name}` };
};

interface Wanted extends BlobDigest {
  place: BlobPlace;
}

/** What an import writes, by path, and where it goes: not what has other bytes than its name says. */
export interface Bringing {
  wanted: Map<string, Wanted>;
  storage: MediaStorage;
}

/** Before anything is done: each place, and that the storage lets us in. Undefined where there is nothing to bring. */
export const blobsToBring = async (
  { header: { tenant }, blobs, lost }: Inspected,
  storage: MediaStorage | undefined,
): Promise<Bringing | undefined> => {
  const wanted = new Map<string, Wanted>();
  for (const [path, digest] of blobs)
    if (!lost.has(path)) wanted.set(path, { ...digest, place: placeOf(path, tenant.id) });
  if (wanted.size === 0) return undefined;
  if (!storage) throw new Refused(`The export has ${wanted.size} blobs, and no storage was named: set BLOB_URL`);
  for (const container of MediaContainer.options) for await (const _ of storage.list(container, `${tenant.id}/`)) break;
  return { wanted, storage };
};

async function* piecesOf(parts: AsyncIterator<Part>): AsyncGenerator<Buffer> {
  for (;;) {
    const { value, done } = await parts.next();
    if (done || !('piece' in value)) return;
    yield value.piece;
  }
}

/**
 * Writes each blob that does not stand there as it is, and looks at what came of it. A run that ended in the middle is gone on with
 * by the next; what nobody goes on with is removed by the catalog service a day later, since no tenant is registered for it.
 */
export const bringBlobs = async (
  { wanted, storage }: Bringing,
  { path, sha256 }: { path: string; sha256: string },
): Promise<{ written: number }> => {
  const parts = partsOf(path, sha256);
  let written = 0;
  for (;;) {
    const { value: part, done } = await parts.next();
    if (done) return { written };
    const blob = 'blob' in part ? wanted.get(part.blob.blob) : undefined;
    if (!('blob' in part) || !blob) continue;
    const stands = async (): Promise<boolean> => (await storedDigest(storage, blob.place))?.sha256 === blob.sha256;
    if (await stands()) continue;
    const { contentType, cacheControl } = part.blob;
    await storage.write(blob.place, { contentType, cacheControl, pieces: piecesOf(parts) });
    if (!(await stands()))
      throw new Error(`${part.blob.blob} was written, and what stands there is something else: run the same again`);
    written += 1;
  }
};

/**
 * Once the tenant is registered: what stood there for a day already, of a run before, may have been removed between the look at it
 * and now. The next run brings it.
 */
export const requireStanding = async ({ wanted, storage }: Bringing, tenantId: string): Promise<void> => {
  const standing = await standingBlobs(storage, tenantId);
  const [first, ...more] = [...wanted.keys()].filter((path) => !standing.has(path));
  if (first === undefined) return;
  const others = more.length > 0 ? `, and ${more.length} more` : '';
  throw new Error(
    `All rows are there, but ${first} was removed meanwhile${others}: run the same again, which brings it`,
  );
};
