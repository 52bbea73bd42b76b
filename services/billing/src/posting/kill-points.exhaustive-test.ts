import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabasePool } from '@legendops/kit/db/pool';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { required } from '@legendops/kit/testing/required';
import { silentLog } from '@legendops/kit/testing/silent-log';
import { knownLinks } from '../link/known-links.ts';
import { mortal, never, type Kill } from '@legendops/kit/testing/mortal';
import { mortalAccounts } from '../testing/mortal-accounts.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';
import { poster } from './poster.ts';
import { postingStore } from './store.ts';

// A process that dies before or after any call of a posting, to PostgreSQL or to QuickBooks, and another one after it.

let t: PostingWorld;
let pool: DatabasePool;
beforeAll(async () => {
  t = await postingWorld();
  await t.asCreditMemo('Tailspin Toys');
  pool = t.world.database.pool('svc_billing');
});
afterAll(() => t.world.close());

/** A poster of another process, which dies as it is told. */
const posterOf = (kill: Kill) => {
  const database = serviceDatabase(pool);
  const { wrap, calls } = mortal(kill);
  const accounts = mortalAccounts(t, pool, wrap);
  const store = wrap(postingStore(database, platformDatabase(pool)));
  const registry = { find: async () => undefined };
  const nobody = async () => undefined;
  return {
    ...poster({
      store,
      links: wrap(knownLinks(database)),
      accounts,
      approval: nobody,
      secondBiller: nobody,
      registry,
      log: silentLog,
    }),
    calls,
  };
};

const round = async (kill: Kill) => {
  const process = posterOf(kill);
  await t.world.rows('update billing.postings set next_attempt_at = now(), claimed_until = null');
  await process.round().catch(() => undefined);
  await process.idle();
  return process.calls();
};

/** As if nothing had ever been posted, here and there. */
const anew = async (customer: string) => {
  await t.world.rows(`set session_replication_role = replica;
    delete from billing.postings; delete from billing.links; delete from billing.exceptions;
    update billing.invoices set status = 'approved', approved_hash = content_hash where status <> 'draft';
    set session_replication_role = origin`);
  const company = required(t.world.quickbooks.company(t.realmId), 'company');
  Object.assign(company.objects, { Invoice: [], CreditMemo: [], Customer: [], Item: [] });
  company.remembered = {};
  await t.post(customer);
  return company;
};

describe.each([
  ['still remembers the requests', false],
  ['has forgotten the requests', true],
])('QuickBooks %s', (_title, forgets) => {
  it.each([
    ['invoice', 'Fabrikam', 'Invoice', 'CreditMemo'],
    ['credit memo', 'Tailspin Toys', 'CreditMemo', 'Invoice'],
  ] as const)(
    'and has the %s, its customer and its item once, wherever the process before died',
    async (_kind, customer, entity, other) => {
      await anew(customer);
      const points = await round(never);
      expect(await t.outcome(customer)).toEqual(['posted', null]);
      expect(points).toBeGreaterThan(12);
      const wrong: unknown[] = [];
      for (let at = 1; at <= points; at += 1)
        for (const when of ['before', 'after'] as const) {
          const company = await anew(customer);
          await round({ at, when });
          if (forgets) company.remembered = {};
          for (let again = 0; again < 3; again += 1) await round(never);
          const [state, code] = await t.outcome(customer);
          const { [entity]: documents, [other]: others, Customer, Item } = company.objects;
          // What made the item is known by its request alone: without it a person says whose it is.
          const isSettled = state === 'posted' || (forgets && code === 'item-needed' && documents.length === 0);
          if (!isSettled || documents.length > 1 || others.length > 0 || Customer.length > 1 || Item.length > 1)
            wrong.push({ at, when, state, code, counts: [documents.length, Customer.length, Item.length] });
        }
      expect(JSON.stringify(wrong)).toBe('[]');
    },
  );
});
