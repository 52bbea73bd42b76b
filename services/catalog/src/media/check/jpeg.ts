import { MediaRefusal } from '../refusal.ts';
import type { PixelSize } from './looked-at.ts';

export const isJpeg = (bytes: Buffer): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

const broken = (detail: string): MediaRefusal =>
  new MediaRefusal('image-broken', `The JPEG ${detail}. Save the picture again and upload it anew.`);

const isSize = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;

// What a picture is drawn by: its tables, JFIF, the colours' profile, Adobe's colour space. The rest says where and when it was taken.
const isDrawn = (marker: number, content: Buffer): boolean => {
  if (marker === 0xe2) return content.toString('latin1', 0, 12) === 'ICC_PROFILE\0';
  if (marker === 0xe0) return content.toString('latin1', 0, 5) === 'JFIF\0';
  return marker === 0xee || (marker < 0xe0 && marker >= 0xc0);
};

// Its version, units and densities; a small picture may follow, of which it says the width and the height.
const jfifLength = 14;

/** JFIF without its small picture, which may show what was cut off the large one; every other part as it is. */
const withoutSmallPicture = (marker: number, segment: Buffer): Buffer => {
  if (marker !== 0xe0) return segment;
  const head = Buffer.alloc(4 + jfifLength);
  segment.copy(head, 0, 0, 2 + jfifLength);
  head.writeUInt16BE(2 + jfifLength, 2);
  return head;
};

/** Which way up a camera was held, from 1 to 8; 1 where nothing is said that can be read. */
const turnOf = (content: Buffer): number => {
  if (content.length < 14 || content.toString('latin1', 0, 6) !== 'Exif\0\0') return 1;
  const tiff = content.subarray(6);
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number): number =>
    at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  const entries = Math.min(u16(directory), 200);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (u16(at) === 0x0112) return u16(at + 8) >= 1 && u16(at + 8) <= 8 ? u16(at + 8) : 1;
  }
  return 1;
};

/** Exif that says the turn and nothing else. */
const turnSegment = (turn: number): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xe1, 0, 34]),
    Buffer.from('Exif\0\0MM\0*\0\0\0\x08', 'latin1'),
    Buffer.from([0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0]),
  ]);

/** Where the compressed data that begins here ends: at the next marker that is none of its own. */
const endOfScan = (bytes: Buffer, from: number): number => {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !isRestart(next)) return at;
  }
  throw broken('ends in the middle');
};

/**
 * The picture segment by segment, without what it is not drawn by. What is behind its end is left out: cameras put a second
 * picture there.
 */
export const readJpeg = (bytes: Buffer): { bytes: Buffer; size: PixelSize; isTurned: boolean } => {
  const kept: Buffer[] = [];
  let size: PixelSize | undefined;
  let turn = 1;
  let at = 2;
  for (;;) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
    if (at + 2 > bytes.length) throw broken('ends in the middle');
    if (bytes[at] !== 0xff) throw broken('has bytes between its parts');
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) break;
    if (at + 4 > bytes.length) throw broken('ends in the middle');
    const length = bytes.readUInt16BE(at + 2);
    let end = at + 2 + length;
    if (length < 2 || end > bytes.length) throw broken('ends in the middle');
    const content = bytes.subarray(at + 4, end);
    if (isSize(marker)) {
      if (size !== undefined || content.length < 6) throw broken('has not one size');
      size = { width: content.readUInt16BE(3), height: content.readUInt16BE(1) };
    }
    if (marker === 0xe1 && turn === 1) turn = turnOf(content);
    if (marker === 0xda) end = endOfScan(bytes, end);
    if (isDrawn(marker, content)) kept.push(withoutSmallPicture(marker, bytes.subarray(at, end)));
    at = end;
  }
  if (size === undefined) throw broken('has no size');
  const [start, end] = [Buffer.from([0xff, 0xd8]), Buffer.from([0xff, 0xd9])];
  const turned = turn === 1 ? [] : [turnSegment(turn)];
  return { bytes: Buffer.concat([start, ...turned, ...kept, end]), size, isTurned: turn !== 1 };
};
