import { inflateSync } from 'node:zlib';
import { MediaRefusal } from '../refusal.ts';
import type { LookedAt } from './looked-at.ts';

const broken = (detail: string): MediaRefusal =>
  new MediaRefusal('pdf-broken', `The PDF ${detail}. Save it again and upload it anew.`);

// What does something when the document is opened, or carries another file in it. A script is never without its long name; /JS
// alone is in the compressed bytes of many a document by chance.
const active = /\/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA(?=[\s[])|SubmitForm|ImportData|GoToE)(?![A-Za-z])/;

// A name may write each of its characters as #4a.
const plainNames = (text: string): string =>
  text.replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) => Buffer.from(hex, 'hex').toString('latin1'));

const mostInflated = 32 * 1024 * 1024;
const objectStream = /\/ObjStm[^]{0,500}?stream\r?\n/g;

/** Objects that are written compressed, where the same names may stand. */
const compressedObjects = function* (text: string, bytes: Buffer): Generator<string> {
  let left = mostInflated;
  for (const match of text.matchAll(objectStream)) {
    const start = match.index + match[0].length;
    const end = text.indexOf('endstream', start);
    if (end < 0) throw broken('ends in the middle');
    try {
      const inflated = inflateSync(bytes.subarray(start, end), { maxOutputLength: Math.max(1, left) });
      left -= inflated.length;
      yield inflated.toString('latin1');
    } catch {
      throw broken('holds objects that cannot be read');
    }
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
