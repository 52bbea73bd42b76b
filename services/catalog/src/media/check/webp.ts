import { MediaRefusal } from '../refusal.ts';
import type { PixelSize } from './looked-at.ts';

export const isWebp = (bytes: Buffer): boolean =>
  bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';

const broken = (detail: string): MediaRefusal =>
  new MediaRefusal('image-broken', `The WebP ${detail}. Save the picture again and upload it anew.`);

// Of the extended header: which chunks follow. Exif and XMP do not any more.
const exifAndXmp = 0x0c;
const animation = 0x02;
const drawn = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ICCP']);

const sizeIn = (type: string, content: Buffer): PixelSize | undefined => {
  if (content.length < 10) return undefined;
  if (type === 'VP8X') return { width: content.readUIntLE(4, 3) + 1, height: content.readUIntLE(7, 3) + 1 };
  if (type === 'VP8 ') return { width: content.readUInt16LE(6) & 0x3fff, height: content.readUInt16LE(8) & 0x3fff };
  if (type !== 'VP8L') return undefined;
  const bits = content.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
};

const larger = (one: PixelSize | undefined, other: PixelSize): PixelSize =>
  one === undefined || other.width * other.height > one.width * one.height ? other : one;

/** The picture chunk by chunk, without what it is not drawn by. */
export const readWebp = (bytes: Buffer): { bytes: Buffer; size: PixelSize } => {
  const stated = bytes.length < 12 ? 0 : bytes.readUInt32LE(4) + 8;
  if (stated > bytes.length) throw broken('ends in the middle');
  if (stated < bytes.length)
    throw new MediaRefusal(
      'bytes-after-end',
      `There are ${bytes.length - stated} bytes behind the end of the WebP. Save the picture again, without them.`,
    );
  const kept: Buffer[] = [];
  let size: PixelSize | undefined;
  for (let at = 12; at < bytes.length;) {
    if (at + 8 > bytes.length) throw broken('ends in the middle');
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (end > bytes.length) throw broken('ends in the middle');
    const chunk = Buffer.from(bytes.subarray(at, end));
    const found = sizeIn(type, chunk.subarray(8, 8 + length));
    if (found !== undefined) size = larger(size, found);
    if (type === 'VP8X') {
      if (((chunk[8] ?? 0) & animation) !== 0)
        throw new MediaRefusal('image-animated', 'The picture moves. Save one frame of it.');
      chunk[8] = (chunk[8] ?? 0) & ~exifAndXmp;
    }
    if (drawn.has(type)) kept.push(chunk);
    at = end;
  }
  if (size === undefined) throw broken('has no size');
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...kept]);
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return { bytes: Buffer.concat([head, body]), size };
};
