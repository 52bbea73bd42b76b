import { expect, it } from 'vitest';
import { patience } from './patience.ts';

it('lasts as long as it was given, whoever spends it, and ends at once where it would not last', async () => {
  const clock = { at: 1_000, slept: [] as number[] };
  const patient = patience({
    forMs: 10_000,
    now: () => clock.at,
    sleep: async (ms) => {
      clock.slept.push(ms);
      clock.at += ms;
    },
  });
  expect(await patient.wait(6_000)).toBe(true);
  clock.at += 1_000;
  expect(await patient.wait(3_001)).toBe(false);
  expect(await patient.wait(3_000)).toBe(true);
  expect(await patient.wait(1)).toBe(false);
  expect(clock.slept).toEqual([6_000, 3_000]);
});
