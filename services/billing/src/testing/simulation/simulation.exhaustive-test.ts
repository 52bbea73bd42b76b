import { afterAll, beforeAll, expect, it } from 'vitest';
import { billingWorld, type BillingWorld } from '../billing-world.ts';
import { simulatePax8 } from './simulated-tenant.ts';
import { simulate } from './simulate.ts';

let world: BillingWorld;
let end: () => void;
beforeAll(async () => {
  world = await billingWorld();
  end = simulatePax8();
});
afterAll(async () => {
  end();
  await world.close();
});

const seeds = Number(process.env.SIMULATION_SEEDS ?? 300);
const from = Number(process.env.SIMULATION_FROM ?? 1);

it(`bills as owed in ${seeds} worlds`, async () => {
  const bad: number[] = [];
  const totals = { months: 0, runs: 0, killed: 0, faults: 0, approvals: 0, corrections: 0, posted: 0, lostAnswers: 0 };
  const began = Date.now();
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { violations, trace, ...counts } = await simulate(world, { seed, years: process.env.SIMULATION_YEARS !== undefined, withBooks: process.env.SIMULATION_BOOKS !== undefined }).catch((error) => { console.log('seed', seed); throw error; });
    for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += counts[key];
    if (violations.length > 0) {
      bad.push(seed);
      process.stdout.write(`seed ${seed}:\n  ${violations.slice(0, 6).join('\n  ')}\n`);
      if (process.env.SIMULATION_TRACE) process.stdout.write(trace.join('\n') + '\n');
    }
  }
  process.stdout.write(`${JSON.stringify(totals)} ${Date.now() - began} ms\n`);
  expect(bad).toEqual([]);
}, 3_600_000);
