import type { BlobStore } from './blob-store.ts';
import { keptName, thumbnailName } from './blob-store.ts';
import type { MediaLink } from './contract.ts';
import type { MediaRow } from './media-row.ts';

/** What a link has to know of media. */
export type LinkedMedia = Pick<MediaRow, 'container' | 'sha256' | 'has_thumbnail'>;

/** What is asked of a link beside the file: how it is called when it is saved, or the small picture in its place. */
export interface LinkAs {
  fileName?: string;
  of?: 'thumbnail';
}

const attribute = (text: string): string =>
  encodeURIComponent(text).replaceAll(/['()*]/g, (one) => `%${one.codePointAt(0)?.toString(16).toUpperCase() ?? ''}`);

/** RFC 6266: a plain name for old programs, the whole one for all others; neither can end the header or leave the folder. */
export const savedAs = (fileName: string | undefined): string => {
  if (fileName === undefined) return 'attachment';
  const safe = fileName.replaceAll(/[/\\:]/g, '-');
  const plain = safe.replaceAll(/[^\x20-\x7e]|["%;]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${attribute(safe)}`;
};

/** Pictures are shown, everything else is saved. */
export const mediaLink = async (
  blobs: BlobStore,
  { tenantId, media, as = {} }: { tenantId: string; media: LinkedMedia; as?: LinkAs },
): Promise<MediaLink> => {
  const { container, sha256, has_thumbnail: hasThumbnail } = media;
  const name = as.of === 'thumbnail' && hasThumbnail ? thumbnailName(tenantId, sha256) : keptName(tenantId, sha256);
  const contentDisposition = container === 'product-images' ? 'inline' : savedAs(as.fileName);
  const { url, expiresAt } = await blobs.linkToRead({ container, name }, { contentDisposition });
  return { url, expiresAt: expiresAt.toISOString() };
};
