import type { Answer, PictureType } from './route.ts';

// Looked at by itself it runs and loads nothing: pictures within it are part of it, and so is its style.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'";

/**
 * A picture that never changes: a browser that has it need not ask again, and shows it to its own person
 * alone. `tag` is told from that of every other picture, such as by the digest of its bytes.
 */
export const okPicture = (type: PictureType, { bytes, tag }: { bytes: Uint8Array; tag: string }): Answer => ({
  status: 200,
  picture: { type, bytes },
  headers: {
    etag: `"${tag}"`,
    'cache-control': 'private, max-age=31536000, immutable',
    'content-security-policy': policy,
  },
});
