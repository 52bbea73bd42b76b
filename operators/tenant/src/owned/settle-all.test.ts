import { ContestedObject } from '@legendops/operator-runtime/controller/unsettled-object';
import { expect, test } from 'vitest';
import { settleAll } from './settle-all.ts';

const fought = (what: string) => new ContestedObject(`${what} is fought over`, 1_000);

/** Steps of these names, which end as they are told. */
const steps = (names: readonly string[], endOf: (name: string) => Promise<void> = async () => undefined) => {
  const begun: string[] = [];
  const ended: string[] = [];
  return {
    begun,
    ended,
    all: names.map((name) => async () => {
      begun.push(name);
      await endOf(name);
      ended.push(name);
    }),
  };
};

test('the first goes alone, all others at once', async () => {
  const first = Promise.withResolvers<void>();
  const others = Promise.withResolvers<void>();
  const { begun, all } = steps(['a', 'b', 'c'], (name) => (name === 'a' ? first.promise : others.promise));
  const end = settleAll(all);
  await Promise.resolve();
  expect(begun).toEqual(['a']);
  first.resolve();
  await expect.poll(() => begun).toEqual(['a', 'b', 'c']);
  others.resolve();
  await end;
});

test('an API server that does not answer is not asked for the rest', async () => {
  const { begun, all } = steps(['a', 'b', 'c'], () => Promise.reject(new Error('no answer')));
  await expect(settleAll(all)).rejects.toThrow('no answer');
  expect(begun).toEqual(['a']);
});

test('one that is fought over stops none, and is told when all have ended; the first of several', async () => {
  const { ended, all } = steps(['a', 'b', 'c', 'd'], async (name) => {
    if (name === 'a' || name === 'c') throw fought(name);
  });
  await expect(settleAll(all)).rejects.toThrow('a is fought over');
  expect(ended).toEqual(['b', 'd']);
});

test('what may pass by itself is told before what needs somebody, and nothing goes on behind it', async () => {
  const slow = Promise.withResolvers<void>();
  const { begun, ended, all } = steps(['a', 'b', 'c', 'd'], async (name) => {
    if (name === 'b') throw fought(name);
    if (name === 'c') throw new Error('no answer');
    if (name === 'd') await slow.promise;
  });
  let told: unknown;
  const end = settleAll(all).catch((error: unknown) => (told = error));
  await expect.poll(() => begun).toContain('d');
  expect(told).toBeUndefined();
  slow.resolve();
  await end;
  expect(told).toEqual(new Error('no answer'));
  expect(ended).toEqual(['a', 'd']);
});

test('nothing to do is done', async () => {
  await settleAll([]);
});
