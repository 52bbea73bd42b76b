import { crc32 } from 'node:zlib';
import { MediaRefusal } from '../refusal.ts';
import type { PixelSize } from './looked-at.ts';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export const isPng = (bytes: Buffer): boolean => bytes.subarray(0, 8).equals(signature);

// What a picture is drawn by. Everything else says who made it, where and when, or is for other programs.
const drawn = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'pHYs', 'cICP']);

const broken = (detail: string): MediaRefusal =>
  new MediaRefusal('image-broken', `The PNG ${detail}. Save the picture again and upload it anew.`);

/** The picture chunk by chunk, without what it is not drawn by. */
export const readPng = (bytes: Buffer): { bytes: Buffer; size: PixelSize } => {
  const kept: Buffer[] = [signature];
  let size: PixelSize | undefined;
  let at = signature.length;
  for (let type = ''; type !== 'IEND';) {
    if (at + 12 > bytes.length) throw broken('ends in the middle');
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) throw broken('ends in the middle');
    type = bytes.toString('latin1', at + 4, at + 8);
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) throw broken('was changed on its way');
    if (type === 'acTL') throw new MediaRefusal('image-animated', 'The picture moves. Save one frame of it.');
    if ((size === undefined) !== (type === 'IHDR') || (type === 'IHDR' && end - at !== 25))
      throw broken('does not begin with its size');
    size ??= { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    if (drawn.has(type)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  if (at !== bytes.length)
    throw new MediaRefusal(
      'bytes-after-end',
      `There are ${bytes.length - at} bytes behind the end of the PNG. Save the picture again, without them.`,
    );
  if (size === undefined) throw broken('has no size');
  return { bytes: Buffer.concat(kept), size };
};
