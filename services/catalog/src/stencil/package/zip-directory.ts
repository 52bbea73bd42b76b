import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import type { StencilLimits } from '../limits.ts';
import { quoted, StencilRefusal } from '../refusal.ts';

/** One entry of the archive: where its bytes lie, and what the directory claims of them. */
export interface ZipEntry {
  name: string;
  method: number;
  crc32: number;
  claimedBytes: number;
  start: number;
  end: number;
}

const malformed = (error: unknown): StencilRefusal =>
  new StencilRefusal(
    'zip-malformed',
    `The archive cannot be read (${error instanceof Error ? error.message.slice(0, 120) : 'unknown'}). Save the file again and upload it anew.`,
  );

// Names are bytes to yauzl here: its own refusals of names would come as texts, and ours have codes.
const checkedName = (raw: Buffer): string => {
  const name = raw.toString('utf8');
  const unsafe =
    name === '' ||
    name.length > 512 ||
    name.startsWith('/') ||
    name.includes('\\') ||
    /^[a-z]:/i.test(name) ||
    // oxlint-disable-next-line no-control-regex
    /[\u0000-\u001f\ufffd]/.test(name) ||
    name.split('/').some((segment) => segment === '..' || segment === '.');
  if (unsafe)
    throw new StencilRefusal(
      'zip-name-unsafe',
      `The archive names an entry ${quoted(name)}; names are relative, with forward slashes, and stay inside.`,
    );
  return name;
};

const located = async (zip: ZipFile, entry: Entry): Promise<ZipEntry> => {
  const name = checkedName(entry.fileNameRaw);
  if (entry.isEncrypted())
    throw new StencilRefusal('zip-entry-encrypted', `${quoted(name)} is encrypted. Save the file without a password.`);
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    throw new StencilRefusal(
      'zip-method-unknown',
      `${quoted(name)} is compressed by method ${entry.compressionMethod}; Visio stores (0) or deflates (8).`,
    );
  const local = await zip.readLocalFileHeaderPromise(entry);
  // Two names for one entry show a scanner another file than the reader.
  if (!local.fileName.equals(entry.fileNameRaw))
    throw new StencilRefusal('zip-malformed', `${quoted(name)} has another name in its own header.`);
  return {
    name,
    method: entry.compressionMethod,
    crc32: entry.crc32,
    claimedBytes: entry.uncompressedSize,
    start: local.fileDataStart,
    end: local.fileDataStart + entry.compressedSize,
  };
};

const refuseDuplicates = (entries: readonly ZipEntry[]): void => {
  const seen = new Set<string>();
  for (const { name } of entries) {
    // Part names are one when they differ by case alone (ECMA-376 part 2).
    const key = name.toLowerCase();
    if (seen.has(key)) throw new StencilRefusal('zip-name-duplicate', `The archive holds ${quoted(name)} twice.`);
    seen.add(key);
  }
};

const refuseOverlaps = (entries: readonly ZipEntry[]): void => {
  let end = 0;
  for (const entry of entries.toSorted((a, b) => a.start - b.start)) {
    if (entry.start < end)
      throw new StencilRefusal('zip-entries-overlap', `${quoted(entry.name)} shares its bytes with another entry.`);
    end = entry.end;
  }
};

/** The entries of an archive, without its folders, each checked before a byte is inflated. */
export const readZipDirectory = async (bytes: Buffer, limits: StencilLimits): Promise<ZipEntry[]> => {
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, decodeStrings: false });
    if (zip.entryCount > limits.entries)
      throw new StencilRefusal(
        'zip-too-many-entries',
        `The archive holds ${zip.entryCount} entries; at most ${limits.entries} are read.`,
      );
    const entries: ZipEntry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(await located(zip, entry));
    refuseDuplicates(entries);
    refuseOverlaps(entries);
    return entries.filter(({ name }) => !name.endsWith('/'));
  } catch (error) {
    throw error instanceof StencilRefusal ? error : malformed(error);
  }
};
