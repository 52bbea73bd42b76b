import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
// What is new counts as soon as it is written, what is removed no more.
const git = (...parameters: string[]): string[] =>
  execFileSync('git', ['ls-files', ...parameters], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);
const removed = new Set(git('--deleted'));
const files = git('--cached', '--others', '--exclude-standard').filter((path) => !removed.has(path));
const folders = new Set(
  files.flatMap((path) => path.split('/').map((_, index, parts) => parts.slice(0, index).join('/'))),
);
const documents = files.filter((path) => path.endsWith('.md'));

const topFolders = new Set(files.filter((path) => path.includes('/')).map((path) => path.split('/', 1)[0]));
const fileName = /\.(ts|tsx|mjs|cjs|sql|md|yaml|json|txt|bicep)$/;

/** Made when something runs, or an example's own. */
const notKept = new Set(['endpoints.json', 'small-quotas.ts', 'frontend/dist']);

/** Words in code font that speak of a file or folder of the repository; patterns are left alone. */
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/`([\w.@/-]+)`/g)]
    .map(([, word = '']) => word)
    .filter((word) => fileName.test(word) || (word.includes('/') && topFolders.has(word.split('/', 1)[0])));

/** A path is told whole, by its end, as `http/route.ts`, or as it is imported of kit. */
const isThere = (path: string): boolean => {
  const told = path.replace(/\/$/, '');
  const ends = [`/${told}`, told.replace(/^kit\//, '/services/kit/src/')];
  return [...files, ...folders].some((one) => ends.some((end) => `/${one}`.endsWith(end)));
};

const Package = z.object({ scripts: z.record(z.string(), z.string()).default({}) });
const scripts = new Set(
  files
    .filter((path) => /(^|\/)package\.json$/.test(path))
    .flatMap((path) => Object.keys(Package.parse(JSON.parse(textOf(path))).scripts)),
);
const commandsIn = (text: string): string[] =>
  [...text.matchAll(/\bnpm (?:run (?:--silent )?([a-z0-9:]+)|(start|test)\b)/g)].map(
    ([, run, short]) => run ?? short ?? '',
  );

describe.each(documents)('%s', (document) => {
  const text = textOf(document);

  it('names files and folders that exist', () => {
    expect(pathsIn(text).filter((path) => !notKept.has(path) && !isThere(path))).toEqual([]);
  });

  it('links to what exists', () => {
    const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target);
    const inside = targets.filter((target) => !/^[a-z]+:/.test(target));
    expect(inside.filter((target) => !isThere(normalize(join(dirname(document), target))))).toEqual([]);
  });

  it('names commands that exist', () => {
    expect(commandsIn(text).filter((name) => !scripts.has(name))).toEqual([]);
  });
});

it('looks at every document', () => {
  expect(documents.length).toBeGreaterThan(40);
  expect(documents.flatMap((document) => pathsIn(textOf(document))).length).toBeGreaterThan(100);
});

it('every decision is in their list once, in the order of their numbers', () => {
  const listed = [...textOf('docs/decisions/README.md').matchAll(/^\| \[(\d{4})\]\((\1-[\w-]+\.md)\) \|/gm)];
  const there = documents.filter((path) => /^docs\/decisions\/\d{4}-/.test(path));
  expect(listed.map(([, , name]) => `docs/decisions/${name}`)).toEqual(there.toSorted());
});
