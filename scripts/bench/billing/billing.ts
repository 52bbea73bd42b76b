import { availableParallelism, loadavg } from 'node:os';
import { billingWorld } from './billing-world.ts';
import { benchIngest } from './ingest.ts';
import { benchInvoiceRun } from './invoice-run.ts';
import { benchMemory } from './memory.ts';
import { benchRating } from './rating.ts';

/** Others on the machine make every figure smaller; ratios less so. */
const tellLoad = (): void => {
  const [load = 0] = loadavg();
  process.stdout.write(`billing: the machine has ${availableParallelism()} cores, its load is ${load.toFixed(1)}\n`);
};

/** What billing does itself; what vendors take is no part of it. */
export const benchBilling = async (): Promise<boolean> => {
  tellLoad();
  const world = await billingWorld();
  try {
    const met = [
      await benchRating(world),
      await benchInvoiceRun(world),
      await benchIngest(world),
      await benchMemory(world),
    ];
    tellLoad();
    return met.every(Boolean);
  } finally {
    await world.stop();
  }
};
