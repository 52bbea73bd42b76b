import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inspectExport } from './inspect-export.ts';
import { growingFileDigest, markLine, partsOf, pieceLine, rowLine, type Header, type Part } from './tenant-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legendops-tenant-file-'));
});
afterEach(() => rm(folder, { recursive: true }));

const header: Header = {
  format: 'legendops-tenant/2',
  exportedAt: '2026-12-01T12:00:00.000Z',
  tenant: { id: '0190a000-0000-7000-8000-00000000000b', name: 'northwind', displayName: 'x', limits: {}, settings: {} },
  migrations: {},
};
const written = async (text: string): Promise<string> => {
  const path = join(folder, 'one.gz');
  await writeFile(path, gzipSync(text, { level: 1 }));
  return path;
};
/** As an export ends it. */
const whole = (...lines: string[]): string => {
  const text = [markLine(header), ...lines].join('');
  const { add, digest } = growingFileDigest();
  add(text);
  return text + markLine({ sha256: digest() });
};
const read = async (text: string): Promise<Part[]> => {
  const parts: Part[] = [];
  for await (const part of partsOf(await written(text))) parts.push(part);
  return parts;
};
const blobLines = [
  markLine({ blob: 'documents/t/a', contentType: 'application/pdf', cacheControl: '' }),
  pieceLine(Buffer.from([0, 255, 10])),
  pieceLine(Buffer.from([13])),
  markLine({ blobEnd: 'documents/t/a', bytes: 4, sha256: 'a' }),
];
const contents = markLine({ tables: 0, rows: 0, blobs: 1, lost: 1 });
const lost = markLine({ lost: 'documents/t/b', why: 'is not there' });
const all = whole(...blobLines, lost, contents);

it('gives blobs back byte by byte, and says what it has and what it lacks', async () => {
  const pieces = (await read(all)).flatMap((part) => ('piece' in part ? [...part.piece] : []));
  expect(pieces).toEqual([0, 255, 10, 13]);
  const inspected = await inspectExport(await written(all));
  expect([...inspected.blobs]).toEqual([['documents/t/a', { bytes: 4, sha256: 'a' }]]);
  expect([...inspected.lost]).toEqual([['documents/t/b', 'is not there']]);
  expect(inspected.header.tenant.name).toBe('northwind');
});

const swapped = (text: string, one: string, other: string): string =>
  text.replace(one, '\0').replace(other, one).replace('\0', other);
it.each<[string, string, string]>([
  ['another name in its header', all.replace('northwind', 'southwind'), 'was changed: its digest is'],
  ['another time in its header', all.replace('2026-12-01', '2026-12-02'), 'was changed: its digest is'],
  ['a lost blob that is not said', all.replace(lost, ''), 'was changed: its digest is'],
  [
    'another piece',
    all.replace(blobLines[1] ?? '', pieceLine(Buffer.from([1, 255, 10]))),
    'was changed: its digest is',
  ],
  ['two pieces in each other’s place', swapped(all, blobLines[1] ?? '', blobLines[2] ?? ''), 'was changed: its digest'],
  ['another digest', all.replace(/"sha256":"[0-9a-f]{64}"/, '"sha256":"00"'), 'and it says 00'],
  ['no digest', all.slice(0, all.lastIndexOf('{"sha256"')), 'ends before its end'],
  ['half its digest', all.slice(0, -20), 'ends before its end'],
  ['counts that are not its own', whole(...blobLines, contents), 'it has 1 blobs and lacks 0, and says otherwise'],
  ['no header', all.slice(markLine(header).length), 'a line of it cannot be read'],
  ['the header twice', all.replace('\n', `\n${markLine(header)}`), 'a line of it cannot be read'],
])('refuses a file with %s', async (_, text, why) => {
  await expect(inspectExport(await written(text))).rejects.toThrow(why);
});

it('refuses one that fits itself, and is not the one that was exported', async () => {
  const path = await written(whole(...blobLines, lost, contents));
  const { sha256 } = await inspectExport(path);
  expect((await inspectExport(path, sha256)).sha256).toBe(sha256);
  await expect(inspectExport(path, 'f'.repeat(64))).rejects.toThrow(`has the digest ${sha256}, and the one that was`);
});

it.each([
  ['a row', rowLine('{}')],
  ['a mark', markLine({ table: 'portal.customers', database: 'portal_db' })],
  ['another end', markLine({ sha256: 'a' })],
])('refuses a file that has %s after its end', async (_, more) => {
  await expect(read(all + more)).rejects.toThrow('goes on after its end');
});

it('gives rows of megabytes a few at a time, and small ones many', async () => {
  const large = JSON.stringify({ content: 'x'.repeat(5 << 20) });
  const steps = (await read(whole(rowLine(large), rowLine(large), rowLine(large), rowLine('{}')))).flatMap((part) =>
    'rows' in part ? [part.rows.length] : [],
  );
  expect(steps).toEqual([2, 2]);
});
