import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { growingFileDigest, markLine } from '../tenant/tenant-file.ts';

export const linesOf = async (path: string): Promise<string[]> =>
  gunzipSync(await readFile(path))
    .toString()
    .split('\n');

/** A file beside it, changed by somebody who makes it fit its own digest again. */
export const forgedExport = async (path: string, change: (lines: string[]) => string[]): Promise<string> => {
  const forged = `${path}-forged`;
  // Without the digest, and what follows the last end of a line.
  const body = change((await linesOf(path)).slice(0, -2))
    .map((line) => `${line}\n`)
    .join('');
  const { add, digest } = growingFileDigest();
  add(body);
  await writeFile(forged, gzipSync(body + markLine({ sha256: digest() })));
  return forged;
};
