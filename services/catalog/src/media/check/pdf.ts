import { inflateSync } from 'node:zlib';
import { MediaRefusal } from '../refusal.ts';
import type { LookedAt } from './looked-at.ts';

const broken = (detail: string): MediaRefusal =>
  new MediaRefusal('pdf-broken', `The PDF ${detail}. Save it again and upload it anew.`);

// What does something when the document is opened, or carries another file in it. A script is never without a long name, its own
// or that of the film that brings it; /JS alone is in the compressed bytes of many a document by chance.
const active =
  /\/(JavaScript|Rendition|Launch|EmbeddedFiles?|RichMedia|XFA(?=[\s[%\0])|SubmitForm|ImportData|GoToE)(?![A-Za-z])/;

// A name may write each of its characters as #4a.
const plainNames = (text: string): string =>
  text.replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) => Buffer.from(hex, 'hex').toString('latin1'));

const mostInflated = 32 * 1024 * 1024;

const inflated = (bytes: Buffer, most: number): string | undefined => {
  try {
    return inflateSync(bytes, { maxOutputLength: Math.max(1, most) }).toString('latin1');
  } catch {
    return undefined;
  }
};

const escapable = (one: string): string =>
  `(?:${one}|#${one
    .charCodeAt(0)
    .toString(16)
    .replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)})`;
const typeOfObjects = new RegExp(`/${Array.from('ObjStm', escapable).join('')}(?![A-Za-z])`, 'g');
const streamBegins = /stream\r?\n/g;

/** Each stream of objects: what is said of it, and where its bytes begin. */
const objectStreams = function* (text: string): Generator<{ said: string; start: number }> {
  for (const { index } of text.matchAll(typeOfObjects)) {
    streamBegins.lastIndex = index;
    const begins = streamBegins.exec(text);
    if (begins === null) return;
    const start = begins.index + begins[0].length;
    yield { said: plainNames(text.slice(Math.max(0, text.lastIndexOf('obj', index)), start)), start };
  }
};

// Which object is where: numbers. What is compressed once more begins otherwise.
const beginsWithPlaces = /^\s*(\d+\s+\d+|$)/;

/** Objects that are written compressed, where the same names may stand. */
const compressedObjects = function* (text: string, bytes: Buffer): Generator<string> {
  let left = mostInflated;
  for (const { said, start } of objectStreams(text)) {
    const end = text.indexOf('endstream', start);
    if (end < 0) throw broken('ends in the middle');
    const objects = inflated(bytes.subarray(start, end), left);
    // Written as differences to the line above, no name stands in it as it is read.
    if (objects === undefined || !beginsWithPlaces.test(objects.slice(0, 1000)) || said.includes('/DecodeParms'))
      throw broken('holds objects that cannot be read');
    left -= objects.length;
    yield objects;
  }
};

/** A document to be read: from its first byte to its last, with nothing in it that acts. */
export const lookAtPdf = (bytes: Buffer): LookedAt => {
  if (!/^%PDF-(1\.[0-7]|2\.0)[\r\n ]/.test(bytes.toString('latin1', 0, 9)))
    throw new MediaRefusal('type-untrue', 'The file is not a PDF, whatever its name says.');
  const text = bytes.toString('latin1');
  const end = text.lastIndexOf('%%EOF');
  if (end < 0 || text.lastIndexOf('startxref', end) < 0) throw broken('ends in the middle');
  if (/[^\s\0]/.test(text.slice(end + 5)))
    throw new MediaRefusal('bytes-after-end', 'There is more behind the end of the PDF. Save it again.');
  if (/\/Encrypt[\s<]/.test(text))
    throw new MediaRefusal('pdf-encrypted', 'The PDF is protected. Save it without a password.');
  const parts = [text, ...compressedObjects(text, bytes)];
  for (const part of parts) {
    const [, name] = active.exec(plainNames(part)) ?? [];
    if (name !== undefined)
      throw new MediaRefusal(
        'pdf-active',
        `The PDF acts by itself or carries files (/${name}). Print it to a new PDF.`,
      );
  }
  return { bytes };
};
