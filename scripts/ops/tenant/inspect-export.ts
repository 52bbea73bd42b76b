import { Refused } from '../environment-group.ts';
import type { BlobDigest } from '../media/named-blobs.ts';
import { partsOf, wasChanged, type Contents, type Header, type Part } from './tenant-file.ts';

/** What an export is, once all of it was read. */
export interface Inspected {
  header: Header;
  contents: Contents;
  /** By path. */
  blobs: Map<string, BlobDigest>;
  /** What the tenant's rows name and the export does not have, with why. */
  lost: Map<string, string>;
  sha256: string;
}

const noted = (part: Part, seen: Partial<Inspected> & Pick<Inspected, 'blobs' | 'lost'>): void => {
  if ('header' in part) seen.header = part.header;
  if ('contents' in part) seen.contents = part.contents;
  if ('fileEnd' in part) seen.sha256 = part.fileEnd.sha256;
  if ('lost' in part) seen.lost.set(part.lost.lost, part.lost.why);
  if ('blobEnd' in part) {
    const { blobEnd, bytes, sha256 } = part.blobEnd;
    seen.blobs.set(blobEnd, { bytes, sha256 });
  }
};

/**
 * Reads all of a file before anything is done with what it says. `digest` is what the export said of itself, where whoever imports
 * has it by another way: a file can be made to fit its own.
 */
export const inspectExport = async (path: string, digest?: string): Promise<Inspected> => {
  const seen: Partial<Inspected> & Pick<Inspected, 'blobs' | 'lost'> = { blobs: new Map(), lost: new Map() };
  for await (const part of partsOf(path)) noted(part, seen);
  const { header, contents, blobs, lost, sha256 } = seen;
  if (!header || !sha256) throw new Refused(`${path} is empty`);
  if (!contents || contents.blobs !== blobs.size || contents.lost !== lost.size)
    throw wasChanged(path, `it has ${blobs.size} blobs and lacks ${lost.size}, and says otherwise`);
  if (digest !== undefined && digest !== sha256)
    throw new Refused(`${path} has the digest ${sha256}, and the one that was asked for has ${digest}`);
  return { header, contents, blobs, lost, sha256 };
};
