import { expect, it } from 'vitest';
import { newVersion } from './new-version.ts';

const index = (script: string): string => `<html><script type="module" crossorigin src="${script}"></script></html>`;

const aBrowser = (running: string, served: () => Promise<string>) => {
  const kept = new Map<string, string>();
  let reloads = 0;
  const check = newVersion({
    running: () => running,
    readIndex: served,
    reload: () => (reloads += 1),
    storage: { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) },
  });
  return { check, reloads: () => reloads };
};

it('reloads when another version is put up, and never twice for the same', async () => {
  const { check, reloads } = aBrowser('/assets/index-a.js', async () => index('/assets/index-b.js'));
  expect(await check()).toBe(true);
  expect(await check()).toBe(false);
  expect(reloads()).toBe(1);
});

it('reloads for every further version', async () => {
  let served = '/assets/index-b.js';
  const { check, reloads } = aBrowser('/assets/index-a.js', async () => index(served));
  await check();
  served = '/assets/index-c.js';
  expect(await check()).toBe(true);
  expect(reloads()).toBe(2);
});

it.each([
  ['the version is the same', async () => index('/assets/index-a.js')],
  ['what comes is no page of ours', async () => 'Bad gateway'],
  ['nothing comes', () => Promise.reject(new Error('offline'))],
])('stays when %s', async (_, served) => {
  const { check, reloads } = aBrowser('/assets/index-a.js', served);
  expect(await check()).toBe(false);
  expect(reloads()).toBe(0);
});
