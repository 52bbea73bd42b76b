import { billingWorld, type BillingWorld } from '../billing-world.ts';
import { simulatePax8 } from './simulated-tenant.ts';
import { simulate, type Asked, type Simulated } from './simulate.ts';

/** One database for all seeds, each a tenant of its own in it. */
export interface SimulatedWorld extends Pick<BillingWorld, 'rows'> {
  simulate(asked: Asked): Promise<Simulated>;
  close(): Promise<void>;
}

export const simulatedWorld = async (): Promise<SimulatedWorld> => {
  const world: BillingWorld = await billingWorld();
  const endPax8 = simulatePax8();
  return {
    simulate: (asked) => simulate(world, asked),
    rows: (text, values) => world.rows(text, values),
    close: async () => {
      endPax8();
      await world.close();
    },
  };
};
