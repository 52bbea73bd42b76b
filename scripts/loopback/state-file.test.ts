import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stateFile } from './state-file.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'state-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const open = () => stateFile({ directory, name: 'vendor', initial: () => ({ count: 0 }) });

test('what changed before close is there after the next start', () => {
  const first = open();
  first.value.count = 7;
  first.changed();
  first.close();
  expect(open().value).toEqual({ count: 7 });
});

test('nothing is written when nothing changed', async () => {
  open().close();
  await expect(readFile(join(directory, 'vendor.json'))).rejects.toThrow('ENOENT');
});
