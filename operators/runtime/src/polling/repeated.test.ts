import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { repeated } from './repeated.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Rounds that fail while `works` is false. */
const aRepetition = () => {
  const seen = { rounds: 0, errors: [] as unknown[], works: true };
  const repetition = repeated({
    round: async () => {
      seen.rounds += 1;
      if (!seen.works) throw new Error('no answer');
    },
    everyMs: 60_000,
    retryMs: 2_000,
    onError: (error) => seen.errors.push(error),
  });
  return { seen, repetition };
};

test('a round comes at once and after each pause, until it is stopped', async () => {
  const { seen, repetition } = aRepetition();
  await repetition.start();
  expect(seen.rounds).toBe(1);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(seen.rounds).toBe(3);
  repetition.stop();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(seen.rounds).toBe(3);
});

test('one that fails is told, the start ends, and the next one comes after its own pause', async () => {
  const { seen, repetition } = aRepetition();
  seen.works = false;
  await repetition.start();
  expect(seen.errors).toHaveLength(1);
  seen.works = true;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(seen).toMatchObject({ rounds: 2, errors: [expect.any(Error)] });
  await vi.advanceTimersByTimeAsync(59_000);
  expect(seen.rounds).toBe(2);
  repetition.stop();
});

test('one that is stopped in the middle of a round begins no other', async () => {
  const first = Promise.withResolvers<void>();
  let rounds = 0;
  const repetition = repeated({
    round: () => {
      rounds += 1;
      return first.promise;
    },
    everyMs: 1_000,
    onError: () => undefined,
  });
  const started = repetition.start();
  repetition.stop();
  first.resolve();
  await started;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(rounds).toBe(1);
});
