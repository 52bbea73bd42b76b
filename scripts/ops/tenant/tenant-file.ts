import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { messageOf } from '@legendops/kit/errors/message-of';
import { readLines } from '@legendops/operator-runtime/client/read-lines';
import { z } from 'zod';
import { Refused } from '../environment-group.ts';

/**
 * A tenant in one file: lines of JSON, gzipped. The first is the header; a line `{"table": …}` begins the rows of a table, which
 * follow as they are, and `{"end": …}` ends them with their count and digest. `{"blob": …}` begins a blob, whose pieces follow, and
 * `{"blobEnd": …}` ends it alike; one that could not be taken is `{"lost": …}`. Then comes what all of it was, and the last line is the
 * digest of every line before it: what was changed, moved or cut off is seen before anything is done with it.
 */
export const Header = z.strictObject({
  format: z.literal('legendops-tenant/2'),
  exportedAt: z.iso.datetime(),
  tenant: z.strictObject({
    id: z.uuid(),
    name: z.string(),
    displayName: z.string(),
    limits: z.record(z.string(), z.unknown()),
    settings: z.record(z.string(), z.unknown()),
  }),
  /** The migrations of each database, since rows fit into the tables that they were taken from. */
  migrations: z.record(z.string(), z.array(z.string())),
});
export type Header = z.infer<typeof Header>;

export const TableStart = z.strictObject({ table: z.string(), database: z.string() });
const TableEnd = z.strictObject({ end: z.string(), rows: z.int().min(0), sha256: z.string() });
/** By its path: the container, and its name in there. */
const BlobStart = z.strictObject({ blob: z.string(), contentType: z.string(), cacheControl: z.string() });
const BlobEnd = z.strictObject({ blobEnd: z.string(), bytes: z.int().min(0), sha256: z.string() });
const LostBlob = z.strictObject({ lost: z.string(), why: z.string() });
export const Contents = z.strictObject({
  tables: z.int().min(0),
  rows: z.int().min(0),
  blobs: z.int().min(0),
  lost: z.int().min(0),
});
export type Contents = z.infer<typeof Contents>;
const FileEnd = z.strictObject({ sha256: z.string() });

const marks = {
  header: Header,
  start: TableStart,
  tableEnd: TableEnd,
  blob: BlobStart,
  blobEnd: BlobEnd,
  lost: LostBlob,
  contents: Contents,
  fileEnd: FileEnd,
};

/** What a file says, in its order. Rows come some at a time, as texts that nobody has parsed: no number loses a digit. */
export type Part =
  | { header: Header }
  | { start: z.infer<typeof TableStart> }
  | { rows: string[] }
  | { tableEnd: z.infer<typeof TableEnd> }
  | { blob: z.infer<typeof BlobStart> }
  | { piece: Buffer }
  | { blobEnd: z.infer<typeof BlobEnd> }
  | { lost: z.infer<typeof LostBlob> }
  | { contents: Contents }
  | { fileEnd: z.infer<typeof FileEnd> };

// Rows, pieces and marks are told apart by what a line begins with: a row is marked by a space, which JSON skips, and a piece by a
// sign that no base64 begins with.
export const rowLine = (row: string): string => ` ${row}\n`;
export const pieceLine = (piece: Uint8Array): string => `=${Buffer.from(piece).toString('base64')}\n`;
export const markLine = (mark: object): string => `${JSON.stringify(mark)}\n`;

// Each step is one statement of an import: many small rows, or a few of megabytes.
const rowsAtOnce = 1_000;
const charactersAtOnce = 8 * 1024 * 1024;

/** In characters; what an import would not take, an export does not write. */
export const longestRow = 32 * 1024 * 1024;

// Of what comes unzipped at a time: a long line is put together of few pieces.
const chunkSize = 1024 * 1024;

const readMark = (line: string): Part | undefined => {
  try {
    const mark: unknown = JSON.parse(line);
    for (const [kind, schema] of Object.entries(marks)) {
      const { data } = schema.safeParse(mark);
      if (data) return { [kind]: data } as Part;
    }
  } catch {
    // What is no JSON is no mark.
  }
  return undefined;
};

const markOf = (line: string, { isFirst, path }: { isFirst: boolean; path: string }): Part => {
  const mark = readMark(line);
  if (mark === undefined || 'header' in mark !== isFirst)
    throw new Refused(
      `${path} is not a tenant's export of this release, or it was changed: a line of it cannot be read. Export the tenant again`,
    );
  return mark;
};

/** Lines of rows, some at a time, and all others one by one. */
async function* grouped(lines: AsyncIterable<string>): AsyncGenerator<{ rows: string[] } | { line: string }> {
  let rows: string[] = [];
  let characters = 0;
  for await (const line of lines) {
    const isRow = line.startsWith(' ');
    if (isRow) rows.push(line.slice(1));
    if (isRow) characters += line.length;
    if (rows.length === rowsAtOnce || characters > charactersAtOnce || (!isRow && rows.length > 0)) {
      yield { rows };
      rows = [];
      characters = 0;
    }
    if (!isRow) yield { line };
  }
  if (rows.length > 0) yield { rows };
}

export const wasChanged = (path: string, how: string): Refused =>
  new Refused(`${path} was changed: ${how}. Export the tenant again`);

/** Of the lines as they are written or read. */
export const growingFileDigest = (): { add: (text: string) => void; digest: () => string } => {
  const hash = createHash('sha256');
  return { add: (text) => void hash.update(text), digest: () => hash.copy().digest('hex') };
};

/**
 * Reads a file; one that was cut off, or is not what its last line says, is refused when its end is reached, and so is one that is
 * another than it was when its digest was read.
 */
export async function* partsOf(path: string, sha256?: string): AsyncGenerator<Part, undefined> {
  const unzipped = pipeline(createReadStream(path), createGunzip({ chunkSize }), () => undefined);
  const { add, digest } = growingFileDigest();
  let isFirst = true;
  let isWhole = false;
  try {
    for await (const part of grouped(readLines(unzipped, () => undefined, longestRow))) {
      if (isWhole) throw wasChanged(path, 'it goes on after its end');
      if ('rows' in part) {
        for (const row of part.rows) add(rowLine(row));
        yield part;
        continue;
      }
      const { line } = part;
      if (line.startsWith('=')) {
        add(`${line}\n`);
        yield { piece: Buffer.from(line.slice(1), 'base64') };
        continue;
      }
      const said = markOf(line, { isFirst, path });
      isFirst = false;
      isWhole = 'fileEnd' in said;
      if ('fileEnd' in said && said.fileEnd.sha256 !== digest())
        throw wasChanged(path, `its digest is ${digest()}, and it says ${said.fileEnd.sha256}`);
      if ('fileEnd' in said && said.fileEnd.sha256 !== (sha256 ?? digest()))
        throw wasChanged(path, 'it is another than it was a moment ago');
      add(`${line}\n`);
      yield said;
    }
  } catch (error) {
    // Of the file itself: what whoever works with it throws does not come by here.
    throw error instanceof Refused ? error : new Refused(`${path} could not be read: ${messageOf(error)}`);
  } finally {
    unzipped.destroy();
  }
  if (!isWhole) throw new Refused(`${path} ends before its end: export the tenant again`);
  return undefined;
}
