import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { markLine, partsOf, rowLine, type Header, type Part } from './tenant-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legendops-tenant-file-'));
});
afterEach(() => rm(folder, { recursive: true }));

const header: Header = {
  format: 'legendops-tenant/1',
  exportedAt: '2026-12-01T12:00:00.000Z',
  tenant: { id: '0190a000-0000-7000-8000-00000000000b', name: 'northwind', displayName: 'x', limits: {}, settings: {} },
  migrations: {},
};
const read = async (...lines: string[]): Promise<Part[]> => {
  const path = join(folder, 'one.gz');
  await writeFile(path, gzipSync([markLine(header), ...lines].join(''), { level: 1 }));
  const parts: Part[] = [];
  for await (const part of partsOf(path)) parts.push(part);
  return parts;
};
const end = markLine({ tables: 0, rows: 0 });

it.each([
  ['a row', rowLine('{}')],
  ['a mark', markLine({ table: 'portal.customers', database: 'portal_db' })],
  ['another end', end],
])('refuses a file that has %s after its end', async (_, more) => {
  await expect(read(end, more)).rejects.toThrow('goes on after its end');
});

it('gives rows of megabytes a few at a time, and small ones many', async () => {
  const large = JSON.stringify({ content: 'x'.repeat(5 << 20) });
  const steps = (await read(rowLine(large), rowLine(large), rowLine(large), rowLine('{}'), end)).flatMap((part) =>
    'rows' in part ? [part.rows.length] : [],
  );
  expect(steps).toEqual([2, 2]);
});
