import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { messageOf } from '@legendops/kit/errors/message-of';
import { readLines } from '@legendops/operator-runtime/client/read-lines';
import { z } from 'zod';
import { Refused } from '../environment-group.ts';

/**
 * A tenant in one file: lines of JSON, gzipped. The first is the header; a line `{"table": …}` begins the rows of a table, which
 * follow as they are, and `{"end": …}` ends them with their count and digest; the last line ends the file, so that one that was cut off is
 * seen.
 */
export const Header = z.strictObject({
  format: z.literal('legendops-tenant/1'),
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
const FileEnd = z.strictObject({ tables: z.int().min(0), rows: z.int().min(0) });

const Mark = z.union([TableStart, TableEnd, FileEnd]);

/** What a file says, in its order. Rows come some at a time, as texts that nobody has parsed: no number loses a digit. */
export type Part =
  | { header: Header }
  | { start: z.infer<typeof TableStart> }
  | { rows: string[] }
  | { tableEnd: z.infer<typeof TableEnd> }
  | { fileEnd: z.infer<typeof FileEnd> };

// Rows and marks are told apart by what a line begins with: a row is marked by a space, which JSON skips.
export const rowLine = (row: string): string => ` ${row}\n`;
export const markLine = (mark: object): string => `${JSON.stringify(mark)}\n`;

// Each step is one statement of an import: many small rows, or a few of megabytes.
const rowsAtOnce = 1_000;
const charactersAtOnce = 8 * 1024 * 1024;

/** In characters; what an import would not take, an export does not write. */
export const longestRow = 32 * 1024 * 1024;

// Of what comes unzipped at a time: a long line is put together of few pieces.
const chunkSize = 1024 * 1024;

const parsed = <Schema extends z.ZodType>(schema: Schema, line: string, path: string): z.infer<Schema> => {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    throw new Refused(`${path} is not a tenant's export, or it was changed: a line of it cannot be read`);
  }
};

const markOf = (line: string, path: string): Part => {
  const mark = parsed(Mark, line, path);
  if ('table' in mark) return { start: mark };
  return 'end' in mark ? { tableEnd: mark } : { fileEnd: mark };
};

/** Lines of rows, some at a time, and those of marks one by one. */
async function* grouped(lines: AsyncIterable<string>): AsyncGenerator<{ rows: string[] } | { mark: string }> {
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
    if (!isRow) yield { mark: line };
  }
  if (rows.length > 0) yield { rows };
}

/** Reads a file; one that was cut off is refused when its end is reached. */
export async function* partsOf(path: string): AsyncGenerator<Part> {
  const unzipped = pipeline(createReadStream(path), createGunzip({ chunkSize }), () => undefined);
  let isFirst = true;
  let isWhole = false;
  try {
    for await (const part of grouped(readLines(unzipped, () => undefined, longestRow))) {
      if (isWhole) throw new Refused(`${path} was changed: it goes on after its end`);
      if ('rows' in part) {
        yield part;
        continue;
      }
      const said: Part = isFirst ? { header: parsed(Header, part.mark, path) } : markOf(part.mark, path);
      isFirst = false;
      isWhole = 'fileEnd' in said;
      yield said;
    }
  } catch (error) {
    // Of the file itself: what whoever works with it throws does not come by here.
    throw error instanceof Refused ? error : new Refused(`${path} could not be read: ${messageOf(error)}`);
  } finally {
    unzipped.destroy();
  }
  if (!isWhole) throw new Refused(`${path} ends before its end: export the tenant again`);
}
