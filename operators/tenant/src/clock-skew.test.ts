import { expect, test } from 'vitest';
import { skewTold } from './clock-skew.ts';
import { clockSkewSeconds } from './metrics/clock-skew.ts';

test('a clock that is wrong is told once, again in the other direction, and again after it was right', async () => {
  const told: number[] = [];
  const answer = skewTold((aheadMs) => told.push(aheadMs));
  for (const seconds of [0.2, 59, 61, 62, 7_200, -61, -100, 1, 90]) answer(seconds * 1_000);
  expect(told).toEqual([61_000, -61_000, 90_000]);
  expect((await clockSkewSeconds.get()).values).toMatchObject([{ value: 90 }]);
});
