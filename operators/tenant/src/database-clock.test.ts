import { expect, test } from 'vitest';
import { followDatabaseClock } from './database-clock.ts';

const hourMs = 3_600_000;

/** A database whose clock is right, and a machine whose own clock is `aheadMs` ahead. */
const aClock = (aheadMs: number) => {
  const world = { elapsed: 0, aheadMs, asked: 0, answers: true };
  const right = (): number => Date.UTC(2026, 0, 1) + world.elapsed;
  const told: number[] = [];
  const errors: unknown[] = [];
  const clock = followDatabaseClock({
    read: async () => {
      world.asked += 1;
      if (!world.answers) throw new Error('no answer');
      return new Date(right());
    },
    everyMs: 60_000,
    onAnswer: (ahead) => told.push(ahead),
    onError: (error) => errors.push(error),
    local: () => new Date(right() + world.aheadMs),
    elapsedMs: () => world.elapsed,
  });
  return { clock, world, right, told, errors };
};

test.each([2 * hourMs, -2 * hourMs, 0])(
  'a machine %i ms ahead goes by the database, and tells the difference',
  async (ahead) => {
    const { clock, world, right, told } = aClock(ahead);
    expect((await clock.certain()).getTime()).toBe(right());
    world.elapsed += 100_000;
    expect(clock.now().getTime()).toBe(right());
    expect(told).toEqual([ahead]);
  },
);

test('a correction of the machine’s clock moves nothing', async () => {
  const { clock, world, right } = aClock(0);
  await clock.certain();
  world.aheadMs = hourMs;
  expect(clock.now().getTime()).toBe(right());
});

test('before the first answer our own time is the best there is, and nothing is decided by it', async () => {
  const { clock, world, right } = aClock(hourMs);
  world.answers = false;
  expect(clock.now().getTime()).toBe(right() + hourMs);
  await expect(clock.certain()).rejects.toThrow('no answer');
});

test('it is asked again once it was not heard for minutes', async () => {
  const { clock, world } = aClock(0);
  await clock.certain();
  world.elapsed += 4 * 60_000;
  await clock.certain();
  expect(world.asked).toBe(1);
  world.elapsed += 2 * 60_000;
  await clock.certain();
  expect(world.asked).toBe(2);
});

test('a start with a database that does not answer is told, and ends', async () => {
  const { clock, world, errors } = aClock(0);
  world.answers = false;
  await clock.start();
  clock.stop();
  expect(errors).toHaveLength(1);
});
