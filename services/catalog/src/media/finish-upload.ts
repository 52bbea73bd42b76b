import { createHash } from 'node:crypto';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { Problem, problem } from '@legendops/kit/errors/problem';
import { Counter } from 'prom-client';
import { keptName, pendingName, thumbnailName, type BlobPlace, type BlobStore } from './blob-store.ts';
import type { LookedAt } from './check/looked-at.ts';
import type { MediaChecker } from './check/media-checker.ts';
import type { MediaRow } from './media-row.ts';
import { MediaContainer } from './contract.ts';
import { MediaRefusal, mediaRefusalCodes, refused } from './refusal.ts';
import { announceContent, deleteUpload, holdMedia, keepMedia, type MediaStore, type UploadRow } from './store.ts';

const refusals = new Counter({
  name: 'legendops_media_refusals_total',
  help: 'Files that were looked at and not kept, by container and why',
  labelNames: ['container', 'code'] as const,
});
// The first one is seen as a rise: there has to be something that it rises from.
for (const container of MediaContainer.options)
  for (const code of mediaRefusalCodes) refusals.inc({ container, code }, 0);

interface Parts {
  store: MediaStore;
  database: TenantDatabase;
  blobs: BlobStore;
  checker: MediaChecker;
}

const arrived = async ({ blobs }: Parts, upload: UploadRow, pending: BlobPlace): Promise<Buffer> => {
  const stated = Number(upload.bytes);
  const size = await blobs.sizeOf(pending);
  if (size === undefined)
    throw problem('media.not-arrived', { detail: 'Put the bytes where the upload says, then finish it.' });
  // Not read before that: what was put there may be anything.
  if (size !== stated)
    throw refused(new MediaRefusal('size-untrue', `The upload was to have ${stated} bytes, and ${size} have arrived.`));
  const bytes = await blobs.read(pending, stated);
  if (bytes?.length !== stated) throw problem('media.not-arrived');
  return bytes;
};

/** What is about to be kept is written down first, so that a blob is never left that nothing names. */
const keep = async (
  { database, blobs }: Parts,
  scope: Scope,
  { upload, file }: { upload: UploadRow; file: LookedAt },
): Promise<MediaRow> => {
  const { container, content_type: contentType } = upload;
  const { tenantId } = scope;
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const announced = await database.write(scope, async (transaction) => {
    await holdMedia(transaction, scope);
    return announceContent(transaction, upload, sha256);
  });
  if (announced === undefined) throw problem('media.upload-not-found');
  if (!announced.isKept) {
    if (file.thumbnail !== undefined)
      await blobs.write(
        { container, name: thumbnailName(tenantId, sha256) },
        file.thumbnail.bytes,
        file.thumbnail.contentType,
      );
    await blobs.write({ container, name: keptName(tenantId, sha256) }, file.bytes, contentType);
  }
  const media = {
    container,
    sha256,
    content_type: contentType,
    bytes: file.bytes.length,
    width_px: file.widthPx ?? null,
    height_px: file.heightPx ?? null,
    has_thumbnail: file.thumbnail !== undefined,
  };
  return database.write(scope, async (transaction) => {
    await holdMedia(transaction, scope);
    const row = await keepMedia(transaction, scope, { uploadId: upload.id, media });
    // Its time ran out meanwhile: what was written of it goes with it.
    if (row === undefined) throw problem('media.upload-not-found');
    return row;
  });
};

/** The media of an upload that is finished already, whoever finished it. */
const finished = async ({ store }: Parts, scope: Scope, uploadId: string): Promise<MediaRow | undefined> => {
  const upload = await store.upload(scope, uploadId);
  return upload?.media_id == null ? undefined : store.byId(scope, upload.media_id);
};

/** Looks at what has arrived; keeps it once, or removes it and says why. */
export const finishUpload = async (parts: Parts, scope: Scope, uploadId: string): Promise<MediaRow> => {
  const { store, database, blobs, checker } = parts;
  const upload = await store.upload(scope, uploadId);
  if (upload === undefined) throw problem('media.upload-not-found');
  const before = await finished(parts, scope, uploadId);
  if (before !== undefined) return before;
  const { container, content_type: contentType } = upload;
  const pending = { container, name: pendingName(scope.tenantId, uploadId) };
  try {
    const file = await checker.look({
      tenantId: scope.tenantId,
      container,
      contentType,
      fetch: () => arrived(parts, upload, pending),
    });
    const row = await keep(parts, scope, { upload, file });
    await blobs.remove(pending);
    return row;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // Two may finish it at once: the one that comes second finds the file gone, and what it was to become.
    const meanwhile = await finished(parts, scope, uploadId);
    if (meanwhile !== undefined) return meanwhile;
    if (error.code === 'media.refused') {
      refusals.inc({ container, code: error.places[0]?.code ?? '' });
      await blobs.remove(pending);
      await database.write(scope, (transaction) => deleteUpload(transaction, uploadId));
    }
    throw error;
  }
};
