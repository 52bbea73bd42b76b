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
  'whatever answers QuickBooks loses and wherever a poster dies, what was posted is in the books, once',
  async () => {
    const { failed, counts } = await trySeeds(world, 'books');
    expect(failed).toEqual([]);
    // Nothing is proved by faults that did not happen.
    expect(counts.faults).toBeGreaterThan(counts.seeds);
    expect(counts.lostAnswers).toBeGreaterThan(counts.seeds / 2);
    expect(counts.corrections).toBeGreaterThan(counts.seeds);
    expect(counts.memos).toBeGreaterThan(counts.seeds / 4);
    expect(counts.takenBack).toBeGreaterThan(counts.seeds / 4);
  },
  7 * days,
);
