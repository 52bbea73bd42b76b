import { expect, it } from 'vitest';
import { superOpsLimiter } from './superops-limiter.ts';

const clocked = (perMinute: number) => {
  const clock = { at: 1_000_000, waited: [] as number[] };
  const limiter = superOpsLimiter({
    perMinute: () => perMinute,
    now: () => clock.at,
    wait: async (ms) => {
      clock.waited.push(ms);
      clock.at += ms;
    },
  });
  return { clock, limiter };
};

it('lets so many requests of a user leave in any minute, and then one for each that is a minute old', async () => {
  const { clock, limiter } = clocked(3);
  for (let n = 0; n < 3; n += 1) {
    await limiter('us/northwind');
    clock.at += 18_000;
  }
  await limiter('us/northwind');
  await limiter('us/other');
  expect(clock.waited).toEqual([6_000]);
});

it('refuses what would wait longer than anybody does, and counts it for nothing', async () => {
  const { clock, limiter } = clocked(1);
  await limiter('us/northwind');
  await expect(limiter('us/northwind')).rejects.toMatchObject({ kind: 'throttled' });
  clock.at += 60_001;
  await limiter('us/northwind');
  expect(clock.waited).toEqual([]);
});
