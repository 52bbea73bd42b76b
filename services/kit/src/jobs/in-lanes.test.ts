import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inLanes } from './in-lanes.ts';

it('does every item once, so many at once', async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  await inLanes([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await setImmediate();
    running -= 1;
    done.push(item);
  });
  expect(done.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

it('begins nothing after a failure, and lets what runs come to its end', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const second = Promise.withResolvers<void>();
  const work = inLanes([1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    if (item === 1) throw new Error('one');
    await second.promise;
    ended.push(item);
  });
  await setImmediate();
  second.resolve();
  await expect(work).rejects.toThrow('one');
  expect([begun, ended]).toEqual([[1, 2], [2]]);
});
