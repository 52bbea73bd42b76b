import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import { keptName, pendingName, type BlobStore } from './blob-store.ts';
import type { MediaChecker } from './check/media-checker.ts';
import type { Media, MediaContainer, MediaLink, MediaUsage, NewUpload, Upload } from './contract.ts';
import { finishUpload } from './finish-upload.ts';
import { mediaLink, type LinkAs, type LinkedMedia } from './media-links.ts';
import type { MediaRow } from './media-row.ts';
import { limitBytesOf, refuseOverQuota, type MediaLimits } from './quota.ts';
import { holdMedia, insertUpload, usageIn, type MediaStore } from './store.ts';

export interface MediaService {
  /** Reserves the bytes, and says where to put them. */
  begin(scope: Scope, limits: MediaLimits, wanted: NewUpload): Promise<Upload>;
  /**
   * Looks at what has arrived and keeps it, or refuses it by code and keeps nothing. Asked again it answers the same. What nothing
   * names a day later is removed: a row of another table that names it is made through `heldMedia`.
   */
  finish(scope: Scope, uploadId: string): Promise<Media>;
  get(scope: Scope, id: string): Promise<Media>;
  link(scope: Scope, id: string, as?: LinkAs): Promise<MediaLink>;
  /** The same, of media that were read already. */
  linkTo(tenantId: string, media: LinkedMedia, as?: LinkAs): Promise<MediaLink>;
  /** The bytes that were looked at, for other code of this service. */
  read(scope: Scope, file: { id: string; container: MediaContainer }): Promise<{ media: Media; bytes: Buffer }>;
  usage(scope: Scope, limits: MediaLimits): Promise<MediaUsage>;
}

// A link to put them lives for minutes; a large file on a slow line takes longer, once it has begun.
const uploadMs = 60 * 60_000;

export const presentMedia = (row: MediaRow): Media => ({
  id: row.id,
  container: row.container,
  contentType: row.content_type,
  bytes: Number(row.bytes),
  sha256: row.sha256,
  widthPx: row.width_px,
  heightPx: row.height_px,
  hasThumbnail: row.has_thumbnail,
  createdAt: row.created_at,
});

export const mediaService = ({
  store,
  database,
  blobs,
  checker,
  now = () => new Date(),
}: {
  store: MediaStore;
  database: TenantDatabase;
  blobs: BlobStore;
  checker: MediaChecker;
  now?: () => Date;
}): MediaService => {
  const rowOf = async (scope: Scope, id: string): Promise<MediaRow> => {
    const row = await store.byId(scope, id);
    if (row === undefined) throw problem('media.not-found');
    return row;
  };
  return {
    begin: async (scope, limits, wanted) => {
      const upload = await database.write(scope, async (transaction) => {
        await holdMedia(transaction, scope);
        refuseOverQuota(wanted.bytes, { ...(await usageIn(transaction)), limitBytes: limitBytesOf(limits) });
        const expiresAt = new Date(now().getTime() + uploadMs);
        return insertUpload(transaction, scope, { ...wanted, expiresAt });
      });
      const place = { container: wanted.container, name: pendingName(scope.tenantId, upload.id) };
      const { url, expiresAt } = await blobs.linkToCreate(place);
      return {
        id: upload.id,
        url,
        headers: { 'x-ms-blob-type': 'BlockBlob', 'content-type': wanted.contentType },
        expiresAt: expiresAt.toISOString(),
      };
    },
    finish: async (scope, uploadId) =>
      presentMedia(await finishUpload({ store, database, blobs, checker }, scope, uploadId)),
    get: async (scope, id) => presentMedia(await rowOf(scope, id)),
    link: async (scope, id, as) =>
      mediaLink(blobs, { tenantId: scope.tenantId, media: await rowOf(scope, id), ...(as && { as }) }),
    linkTo: (tenantId, media, as) => mediaLink(blobs, { tenantId, media, ...(as && { as }) }),
    read: async (scope, { id, container }) => {
      const row = await rowOf(scope, id);
      if (row.container !== container) throw problem('media.not-found');
      const place = { container, name: keptName(scope.tenantId, row.sha256) };
      const bytes = await blobs.read(place, Number(row.bytes));
      if (bytes === undefined) throw new Error(`The blob of media ${id} is not in ${container}`);
      return { media: presentMedia(row), bytes };
    },
    usage: async (scope, limits) => {
      const { kept, arriving } = await store.usage(scope);
      return { keptBytes: Number(kept), arrivingBytes: Number(arriving), limitBytes: limitBytesOf(limits) };
    },
  };
};
