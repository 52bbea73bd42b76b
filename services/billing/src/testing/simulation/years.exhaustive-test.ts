import { afterAll, beforeAll, expect, it } from 'vitest';
import { trySeeds } from './all-seeds.ts';
import { simulatedWorld, type SimulatedWorld } from './simulated-world.ts';

let world: SimulatedWorld;
beforeAll(async () => {
  world = await simulatedWorld();
});
afterAll(() => world.close());

const hours = 3_600_000;

it('over years and renewals every customer is billed what it owes, once', async () => {
  const { failed, counts } = await trySeeds(world, 'years', 20);
  expect(failed).toEqual([]);
  // Nothing is proved by faults that did not happen.
  expect(counts.faults).toBeGreaterThan(counts.seeds);
  expect(counts.corrections).toBeGreaterThan(counts.seeds);
}, 24 * hours);
