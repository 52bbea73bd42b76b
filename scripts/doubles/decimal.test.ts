import { expect, test } from 'vitest';
import { multiply, roundTo, sum } from './decimal.ts';

test.each([
  [86.456, 3, 3, 259.368],
  [1.005, 1, 2, 1.01],
  [-1.005, 1, 2, -1.01],
  [0.1, 0.2, 2, 0.02],
  [1e-7, 10_000_000, 2, 1],
  [3, 1.335, 2, 4.01],
])('%f × %f to %i places is %f', (a, b, places, expected) => {
  expect(multiply(a, b, places)).toBe(expected);
});

test('sums do not drift', () => {
  expect(
    sum(
      Array.from({ length: 1000 }, () => 0.001),
      3,
    ),
  ).toBe(1);
  expect(sum([], 2)).toBe(0);
  expect(roundTo(2.675, 2)).toBe(2.68);
});
