import { createRequire } from 'node:module';
import type { AxiosStatic, InternalAxiosRequestConfig } from 'axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutants, posterMutants } from './mutants.ts';
import type { Asked } from './simulate.ts';
import { simulatedWorld, type SimulatedWorld } from './simulated-world.ts';

let world: SimulatedWorld;
beforeAll(async () => {
  world = await simulatedWorld();
});
afterAll(() => world.close());

// Far fewer than the gate tries.
const mostSeeds = 60;

/** The first seed that finds something. */
const foundBy = async (name: string, more: Omit<Asked, 'seed'>): Promise<number | undefined> => {
  for (let seed = 1; seed <= mostSeeds; seed += 1) {
    const [violation] = (await world.simulate({ seed, ...more })).violations;
    if (violation === undefined) continue;
    process.stdout.write(`${name}: found by seed ${seed}: ${violation}\n`);
    return seed;
  }
  return undefined;
};

describe('the simulation finds a program with', () => {
  it.each(Object.entries(mutants))(
    '%s',
    async (name, mutant) => {
      expect(await foundBy(name, { mutant })).toBeDefined();
    },
    300_000,
  );

  it.each([
    'customers',
    'pax8_subscriptions',
    'pax8_usage_lines',
    'price_rules',
    'periods',
    'invoices',
    'exceptions',
    'line_edits',
    'invoice_decisions',
  ])(
    'no policy on the rows of %s',
    async (table) => {
      // Somebody else's rows, to be seen.
      await world.simulate({ seed: 1 });
      await world.rows(`alter table billing.${table} disable row level security`);
      try {
        expect(await foundBy(`no policy on ${table}`, {})).toBe(1);
      } finally {
        await world.rows(`alter table billing.${table} enable row level security`);
      }
    },
    300_000,
  );
});

describe('the simulation finds a service that', () => {
  it('forgets a hold', async () => {
    await world.rows(`
      create function billing.forget_hold() returns trigger language plpgsql as $$
        begin
          if new.decision = 'held' then return null; end if;
          return new;
        end $$;
      create trigger forget_hold before insert on billing.invoice_decisions for each row execute function billing.forget_hold()`);
    try {
      expect(await foundBy('a hold that is forgotten', {})).toBeDefined();
    } finally {
      await world.rows('drop trigger forget_hold on billing.invoice_decisions; drop function billing.forget_hold()');
    }
  }, 300_000);
});

describe('with books the simulation finds a program', () => {
  // The library's own axios, as the adapter has it.
  const axios = createRequire(createRequire(import.meta.url).resolve('node-quickbooks'))('axios') as AxiosStatic;
  const withoutRequestId = (config: InternalAxiosRequestConfig): InternalAxiosRequestConfig => {
    if (config.url !== undefined) config.url = config.url.replace(/([?&])requestid=[^&]*/, '$1nothing=1');
    if (config.params) delete config.params.requestid;
    return config;
  };
  const asInvoice = (config: InternalAxiosRequestConfig): InternalAxiosRequestConfig => {
    if (config.url !== undefined) config.url = config.url.replace(/\/creditmemo(?=[?]|$)/, '/invoice');
    return config;
  };
  const wrong: Record<string, (config: InternalAxiosRequestConfig) => InternalAxiosRequestConfig> = {
    'without a requestid': withoutRequestId,
    'that posts a credit memo as an invoice': asInvoice,
    'that does not look before it sends again': (config) => {
      if (/\/query/.test(config.url ?? '') && /invoice/i.test(JSON.stringify([config.url, config.params, config.data])))
        config.adapter = async () => ({
          data: { QueryResponse: {} },
          status: 200,
          statusText: 'OK',
          headers: {},
          config,
        });
      return config;
    },
  };
  it.each(Object.entries(wrong))(
    '%s',
    async (name, change) => {
      const id = axios.interceptors.request.use(change);
      try {
        expect(await foundBy(name, { withBooks: true })).toBeDefined();
      } finally {
        axios.interceptors.request.eject(id);
      }
    },
    300_000,
  );
});

describe('with books the simulation finds a poster that', () => {
  it.each(Object.entries(posterMutants))(
    '%s',
    async (name, mutant) => {
      expect(await foundBy(name, { withBooks: true, mutant })).toBeDefined();
    },
    300_000,
  );
});

describe('the same seed', () => {
  it.each([false, true])('is the same world, step by step (with books: %s)', async (withBooks) => {
    const [one, other] = [await world.simulate({ seed: 7, withBooks }), await world.simulate({ seed: 7, withBooks })];
    expect(one.trace).toEqual(other.trace);
    expect(one.trace.length).toBeGreaterThan(100);
  });
});
