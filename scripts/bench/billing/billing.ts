import { billingWorld } from './billing-world.ts';
import { benchIngest } from './ingest.ts';
import { benchInvoiceRun } from './invoice-run.ts';
import { benchRating } from './rating.ts';

/** What billing does itself; what vendors take is no part of it. */
export const benchBilling = async (): Promise<boolean> => {
  const world = await billingWorld();
  try {
    const isRated = await benchRating(world);
    await benchInvoiceRun(world);
    return (await benchIngest(world)) && isRated;
  } finally {
    await world.stop();
  }
};
