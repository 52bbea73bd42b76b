import { createHash } from 'node:crypto';
import type { BlobPlace } from '@legendops/catalog/media/blob-store';
import type { MediaStorage, StoredBlob } from '../media/media-storage.ts';

export interface MemoryMediaStorage extends MediaStorage {
  /** By path. */
  blobs: Map<string, { bytes: Buffer; contentType: string; cacheControl: string }>;
  /** How many blobs were written, since the beginning. */
  written: number;
  /** The next write fails, after that many. */
  failAfter: number | undefined;
}

/** Bytes come in pieces of a few, so that whoever puts them together wrongly is seen. */
const pieceBytes = 1_000;

async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

export const memoryMediaStorage = (): MemoryMediaStorage => {
  const pathOf = ({ container, name }: BlobPlace): string => `${container}/${name}`;
  const storage: MemoryMediaStorage = {
    blobs: new Map(),
    written: 0,
    failAfter: undefined,
    read: async (place): Promise<StoredBlob | undefined> => {
      const found = storage.blobs.get(pathOf(place));
      return found && { ...found, pieces: inPieces(found.bytes) };
    },
    write: async (place, { contentType, cacheControl, pieces }) => {
      if (storage.written === storage.failAfter) throw new Error('The blob storage is away');
      const all: Uint8Array[] = [];
      for await (const piece of pieces) all.push(piece);
      storage.blobs.set(pathOf(place), { bytes: Buffer.concat(all), contentType, cacheControl });
      storage.written += 1;
    },
    list: async function* (container, beginning) {
      for (const [path, { bytes }] of storage.blobs)
        if (path.startsWith(`${container}/${beginning}`))
          yield { name: path.slice(container.length + 1), bytes: bytes.length };
    },
  };
  return storage;
};

/** A blob as it is kept, with what catalog.media says of it. */
export const aBlob = (text: string): { bytes: Buffer; sha256: string } => {
  const bytes = Buffer.from(text.repeat(2_000));
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
};
