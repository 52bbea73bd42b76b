import { afterAll, beforeAll, expect, it } from 'vitest';
import { trySeeds } from './all-seeds.ts';
import { simulatedWorld, type SimulatedWorld } from './simulated-world.ts';

let world: SimulatedWorld;
beforeAll(async () => {
  world = await simulatedWorld();
});
afterAll(() => world.close());

const days = 24 * 3_600_000;

it(
  'over months in which jobs die, stand still and never come, every customer is billed what it owes, once',
  async () => {
    const { failed, counts } = await trySeeds(world, 'months');
    expect(failed).toEqual([]);
    // Nothing is proved by faults that did not happen.
    expect(counts.faults).toBeGreaterThan(counts.seeds);
    expect(counts.corrections).toBeGreaterThan(counts.seeds);
    expect(counts.edits).toBeGreaterThan(counts.seeds);
    expect(counts.holds).toBeGreaterThan(counts.seeds / 2);
    expect(counts.rejections).toBeGreaterThan(counts.seeds / 4);
    expect(counts.takenBack).toBeGreaterThan(counts.seeds / 4);
  },
  7 * days,
);
