import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startTimer } from './long-timer.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const dayMs = 86_400_000;

test.each([1, 25 * dayMs, 60 * dayMs])('a wait of %i ms ends then, and not before', async (delayMs) => {
  let runs = 0;
  startTimer(delayMs, () => (runs += 1));
  await vi.advanceTimersByTimeAsync(delayMs - 1);
  expect(runs).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(runs).toBe(1);
  await vi.advanceTimersByTimeAsync(60 * dayMs);
  expect(runs).toBe(1);
});

test('a wait that was cancelled never ends, wherever in its chain it is', async () => {
  let runs = 0;
  const timer = startTimer(60 * dayMs, () => (runs += 1));
  await vi.advanceTimersByTimeAsync(30 * dayMs);
  timer.cancel();
  await vi.advanceTimersByTimeAsync(60 * dayMs);
  expect([runs, vi.getTimerCount()]).toEqual([0, 0]);
});

test('an infinite wait needs no timer, one before now is over', async () => {
  let runs = 0;
  startTimer(Number.POSITIVE_INFINITY, () => (runs += 1));
  expect(vi.getTimerCount()).toBe(0);
  startTimer(-5, () => (runs += 1));
  await vi.advanceTimersByTimeAsync(0);
  expect(runs).toBe(1);
});

test('a wait that is no number is refused', () => {
  expect(() => startTimer(Number.NaN, () => undefined)).toThrow('is NaN');
});
