import type { StencilLimits } from '../limits.ts';
import { readBitmap } from './bitmap.ts';
import { writePng } from './write-png.ts';

/** A picture that browsers show, by the type that its own bytes say. */
export interface Picture {
  type: 'image/png' | 'image/jpeg' | 'image/gif';
  bytes: Buffer;
}

const starts = (bytes: Buffer, magic: readonly number[]): boolean =>
  bytes.length > magic.length && magic.every((byte, index) => bytes[index] === byte);

const pngPixels = (bytes: Buffer): number =>
  bytes.length < 24 ? Infinity : bytes.readUInt32BE(16) * bytes.readUInt32BE(20);

/** Undefined for what is not shown: metafiles, unknown formats, more pixels than a preview may ask a browser for. */
export const readPicture = (bytes: Buffer, limits: StencilLimits): Picture | undefined => {
  if (starts(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    return pngPixels(bytes) <= limits.imagePixels ? { type: 'image/png', bytes } : undefined;
  if (starts(bytes, [0xff, 0xd8, 0xff])) return { type: 'image/jpeg', bytes };
  if (starts(bytes, [0x47, 0x49, 0x46, 0x38])) return { type: 'image/gif', bytes };
  const isFile = starts(bytes, [0x42, 0x4d]);
  const bitmap = readBitmap(isFile ? bytes.subarray(14) : bytes, limits.imagePixels);
  return bitmap && { type: 'image/png', bytes: writePng(bitmap) };
};

/** The icon of a master: an ICO file, whose first picture is a bitmap of twice its height or a PNG. */
export const readIcon = (base64: string, limits: StencilLimits): Picture | undefined => {
  const file = Buffer.from(base64.slice(0, 400_000), 'base64');
  if (!starts(file, [0, 0, 1, 0]) || file.length < 22) return undefined;
  const [size, offset] = [file.readUInt32LE(14), file.readUInt32LE(18)];
  const inner = file.subarray(offset, offset + size);
  if (starts(inner, [0x89, 0x50, 0x4e, 0x47])) return readPicture(inner, limits);
  const bitmap = readBitmap(inner, 256 * 256, 'icon');
  return bitmap && { type: 'image/png', bytes: writePng(bitmap) };
};
