import type pg from 'pg';
import { Refused } from '../environment-group.ts';
import type { MediaStorage } from '../media/media-storage.ts';
import { growingBlobDigest, namedBlobs, pathOf, type NamedBlob } from '../media/named-blobs.ts';
import { markLine, pieceLine } from './tenant-file.ts';

type Write = (text: string) => Promise<void>;

/** Writes one blob, piece by piece; why it is lost, where it is. */
const writeBlob = async (
  { place, kept }: NamedBlob,
  storage: MediaStorage,
  write: Write,
): Promise<{ isWritten: boolean; why?: string }> => {
  const found = await storage.read(place);
  if (found === undefined) return { isWritten: false, why: 'is not there' };
  const { contentType, cacheControl, pieces } = found;
  await write(markLine({ blob: pathOf(place), contentType, cacheControl }));
  const { add, digest } = growingBlobDigest();
  for await (const piece of pieces) {
    add(piece);
    await write(pieceLine(piece));
  }
  await write(markLine({ blobEnd: pathOf(place), ...digest() }));
  const isAsKept = kept === undefined || kept.sha256 === digest().sha256;
  return isAsKept ? { isWritten: true } : { isWritten: true, why: 'has other bytes than its name says' };
};

/** All blobs that the tenant's rows name. One that is lost does not hold up the others: nobody could ever move again. */
export const writeBlobs = async (
  catalog: pg.Client,
  {
    tenant: { id, name },
    storage,
    write,
  }: { tenant: { id: string; name: string }; storage: MediaStorage | undefined; write: Write },
): Promise<{ blobs: number; lostBlobs: string[] }> => {
  const named = await namedBlobs(catalog, id);
  if (named.length === 0) return { blobs: 0, lostBlobs: [] };
  if (!storage)
    throw new Refused(`The rows of ${name} name ${named.length} blobs, and no storage was named: set BLOB_URL`);
  const lostBlobs: string[] = [];
  let blobs = 0;
  for (const one of named) {
    const { isWritten, why } = await writeBlob(one, storage, write);
    if (isWritten) blobs += 1;
    if (why === undefined) continue;
    await write(markLine({ lost: pathOf(one.place), why }));
    lostBlobs.push(`${pathOf(one.place)} ${why}`);
  }
  return { blobs, lostBlobs };
};
