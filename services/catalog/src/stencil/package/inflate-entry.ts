import { crc32, inflateRawSync } from 'node:zlib';
import type { StencilLimits } from '../limits.ts';
import { quoted, StencilRefusal } from '../refusal.ts';
import type { ZipEntry } from './zip-directory.ts';

/** Inflated bytes so far, over all entries. */
export interface InflateBudget {
  used: number;
}

const tooMuch = (entry: ZipEntry, limits: StencilLimits, cap: { bytes: number; code: string }): StencilRefusal => {
  const name = quoted(entry.name);
  if (cap.code === 'entry')
    return new StencilRefusal('zip-entry-too-large', `${name} inflates to over ${limits.entryBytes} bytes.`);
  if (cap.code === 'ratio')
    return new StencilRefusal('zip-ratio-too-high', `${name} inflates to over ${limits.ratio} times its size.`);
  return new StencilRefusal('zip-too-large', `The archive inflates to over ${limits.inflatedBytes} bytes.`);
};

const inflated = (raw: Buffer, entry: ZipEntry, limits: StencilLimits, budget: InflateBudget): Buffer => {
  const caps = [
    { code: 'entry', bytes: limits.entryBytes },
    { code: 'ratio', bytes: Math.max(limits.ratioFreeBytes, raw.length * limits.ratio) },
    { code: 'all', bytes: limits.inflatedBytes - budget.used },
  ];
  const cap = caps.reduce((least, one) => (one.bytes < least.bytes ? one : least));
  if (entry.method === 0) {
    if (raw.length > cap.bytes) throw tooMuch(entry, limits, cap);
    return raw;
  }
  if (cap.bytes < 1) throw tooMuch(entry, limits, cap);
  try {
    // zlib counts what comes out and stops there: what the headers claim is not asked.
    return inflateRawSync(raw, { maxOutputLength: cap.bytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooMuch(entry, limits, cap);
    throw new StencilRefusal('zip-malformed', `${quoted(entry.name)} cannot be inflated. Save the file again.`);
  }
};

/** The bytes of one entry, counted against the limits, equal to what the directory claims. */
export const inflateEntry = (
  archive: Buffer,
  entry: ZipEntry,
  limits: StencilLimits,
  budget: InflateBudget,
): Buffer => {
  const bytes = inflated(archive.subarray(entry.start, entry.end), entry, limits, budget);
  budget.used += bytes.length;
  if (bytes.length !== entry.claimedBytes)
    throw new StencilRefusal(
      'zip-size-untrue',
      `${quoted(entry.name)} holds ${bytes.length} bytes where the archive claims ${entry.claimedBytes}.`,
    );
  if (crc32(bytes) !== entry.crc32)
    throw new StencilRefusal('zip-malformed', `${quoted(entry.name)} does not match its checksum. Upload it anew.`);
  return bytes;
};
