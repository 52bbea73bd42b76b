import { readFileSync } from 'node:fs';
import type * as Photon from '@cf-wasm/photon/others';
import { MediaRefusal } from '../refusal.ts';
import { isJpeg, readJpeg } from './jpeg.ts';
import { isPng, readPng } from './png.ts';
import type { LookedAt, PixelSize } from './looked-at.ts';
import { isWebp, readWebp } from './webp.ts';

// Four bytes a pixel, three times over while it is made small: 200 MB in a pod of 512.
const mostPixels = 16_000_000;
const mostSide = 16_384;
const thumbnailSide = 320;
const jpegQuality = 80;

const refuseLarge = ({ width, height }: PixelSize): void => {
  if (width === 0 || height === 0) throw new MediaRefusal('image-broken', 'The picture has no pixels.');
  if (width * height > mostPixels || Math.max(width, height) > mostSide)
    throw new MediaRefusal(
      'image-too-large',
      `The picture has ${width} × ${height} pixels; at most ${mostPixels / 1_000_000} million are taken. Make it smaller.`,
    );
};

const fitted = ({ width, height }: PixelSize): PixelSize => {
  const scale = Math.min(1, thumbnailSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
};

let loading: Promise<typeof Photon> | undefined;

// Where a picture has come, and once: it takes a while, and says no the second time.
const codec = (): NonNullable<typeof loading> => {
  loading ??= import('@cf-wasm/photon/others').then(async (photon) => {
    const wasm = readFileSync(new URL(import.meta.resolve('@cf-wasm/photon/photon.wasm')));
    await photon.initPhoton({ module_or_path: wasm });
    return photon;
  });
  return loading;
};

// Decodes all of the picture: what only looks like one ends here, as a trap of the codec.
const smallOf = async (bytes: Buffer, { size, asJpeg }: { size: PixelSize; asJpeg: boolean }): Promise<Uint8Array> => {
  const { PhotonImage, resize, SamplingFilter } = await codec();
  const { width, height } = fitted(size);
  try {
    const picture = PhotonImage.new_from_byteslice(bytes);
    if (picture.get_width() !== size.width || picture.get_height() !== size.height)
      throw new MediaRefusal('image-broken', 'The picture says two sizes of itself. Save it again.');
    const small = resize(picture, width, height, SamplingFilter.Triangle);
    return asJpeg ? small.get_bytes_jpeg(jpegQuality) : small.get_bytes_webp();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError)
      throw new MediaRefusal('image-broken', 'The picture cannot be drawn. Save it again and upload it anew.');
    throw error;
  }
};

const readers = {
  'image/png': { is: isPng, read: readPng },
  'image/jpeg': { is: isJpeg, read: readJpeg },
  'image/webp': { is: isWebp, read: readWebp },
} as const;

export type PixelType = keyof typeof readers;

/** A picture of pixels: what it is drawn by, its size, and a small one. */
export const lookAtPicture = async (bytes: Buffer, contentType: PixelType): Promise<LookedAt> => {
  const { is, read } = readers[contentType];
  if (!is(bytes)) throw new MediaRefusal('type-untrue', `The file is not ${contentType}, whatever its name says.`);
  const found = read(bytes);
  refuseLarge(found.size);
  const isJpegFile = contentType === 'image/jpeg';
  const small = await smallOf(found.bytes, { size: found.size, asJpeg: isJpegFile });
  // The codec does not turn what the camera turned: such a picture is shown as it is, which browsers turn.
  const isTurned = 'isTurned' in found && found.isTurned;
  return {
    bytes: found.bytes,
    widthPx: found.size.width,
    heightPx: found.size.height,
    thumbnail: isTurned ? undefined : { bytes: small, contentType: isJpegFile ? 'image/jpeg' : 'image/webp' },
  };
};
