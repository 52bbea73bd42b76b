import { createHash } from 'node:crypto';
import { keptName, thumbnailName, type BlobPlace } from '@legendops/catalog/media/blob-store';
import { MediaContainer } from '@legendops/catalog/media/contract';
import type pg from 'pg';
import type { MediaStorage } from './media-storage.ts';

/** A blob that a tenant's rows name. */
export interface NamedBlob {
  place: BlobPlace;
  /** Of what is kept: the rows say what it is. Of a small picture that was made of it they say nothing. */
  kept: { sha256: string; bytes: number } | undefined;
}

export interface BlobDigest {
  bytes: number;
  sha256: string;
}

/** As people are told of it, and as it is called in an export. */
export const pathOf = ({ container, name }: BlobPlace): string => `${container}/${name}`;

/** In catalog_db, in a transaction that is the owner's for this tenant. */
export const namedBlobs = async (catalog: pg.Client, tenantId: string): Promise<NamedBlob[]> => {
  const { rows } = await catalog.query<{
    container: MediaContainer;
    sha256: string;
    bytes: string;
    has_thumbnail: boolean;
  }>(
    'select container, sha256, bytes::text, has_thumbnail from catalog.media where tenant_id = $1 order by container, sha256',
    [tenantId],
  );
  return rows.flatMap(({ container, sha256, bytes, has_thumbnail: hasThumbnail }) => [
    { place: { container, name: keptName(tenantId, sha256) }, kept: { sha256, bytes: Number(bytes) } },
    ...(hasThumbnail ? [{ place: { container, name: thumbnailName(tenantId, sha256) }, kept: undefined }] : []),
  ]);
};

/** What stands there of a tenant: the bytes of each, by path. */
export const standingBlobs = async (storage: MediaStorage, tenantId: string): Promise<Map<string, number>> => {
  const standing = new Map<string, number>();
  for (const container of MediaContainer.options)
    for await (const { name, bytes } of storage.list(container, `${tenantId}/`))
      standing.set(pathOf({ container, name }), bytes);
  return standing;
};

/** Grows with the pieces of a blob. */
export const growingBlobDigest = (): { add: (piece: Uint8Array) => void; digest: () => BlobDigest } => {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    add: (piece) => {
      hash.update(piece);
      bytes += piece.length;
    },
    digest: () => ({ bytes, sha256: hash.copy().digest('hex') }),
  };
};

/** Of what stands there; undefined where nothing does. */
export const storedDigest = async (storage: MediaStorage, place: BlobPlace): Promise<BlobDigest | undefined> => {
  const blob = await storage.read(place);
  if (blob === undefined) return undefined;
  const { add, digest } = growingBlobDigest();
  for await (const piece of blob.pieces) add(piece);
  return digest();
};
