import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildPortal } from './portal-build.ts';

/** A checkout whose Vite only counts how often it was asked. */
let root: string;
const put = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
};
const builds = async (): Promise<number> => {
  await buildPortal(root);
  return (await readFile(join(root, 'builds'), 'utf8')).length;
};
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'legendops-portal-'));
  await put(
    'node_modules/vite/bin/vite.js',
    "fs = require('node:fs'); fs.appendFileSync('builds', 'x'); fs.writeFileSync(process.argv[5] + '/index.html', 'portal');",
  );
});
afterAll(() => rm(root, { recursive: true }));

it('builds the portal once, and again when anything has changed that is in it', async () => {
  await put('frontend/src/main.tsx', 'one');
  await put('frontend/public/icons/favicon.svg', 'one');
  expect([await builds(), await builds()]).toEqual([1, 1]);
  await put('frontend/src/main.tsx', 'two');
  expect(await builds()).toBe(2);
  await put('frontend/public/icons/favicon.svg', 'two');
  expect(await builds()).toBe(3);
});

it('leaves one whole portal where two build it at once, and nothing beside it', async () => {
  await put('frontend/src/main.tsx', 'three');
  const [folder] = await Promise.all([buildPortal(root), buildPortal(root)]);
  expect(await readFile(join(folder ?? '', 'index.html'), 'utf8')).toBe('portal');
  expect((await readdir(join(root, 'frontend'))).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
});

it('leaves nothing beside it where the build fails or is called off', async () => {
  await put('frontend/src/main.tsx', 'four');
  await expect(buildPortal(root, AbortSignal.abort())).rejects.toThrow();
  await put('node_modules/vite/bin/vite.js', 'process.exit(1)');
  await expect(buildPortal(root)).rejects.toThrow('could not be built');
  expect((await readdir(join(root, 'frontend'))).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
});
