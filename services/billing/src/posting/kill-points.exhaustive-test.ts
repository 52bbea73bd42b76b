import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabasePool } from '@legendops/kit/db/pool';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { required } from '@legendops/kit/testing/required';
import { silentLog } from '@legendops/kit/testing/silent-log';
import { knownLinks } from '../link/known-links.ts';
import type { QuickBooksOAuth } from '../quickbooks/oauth.ts';
import { tenantAccounts, type TenantAccounts } from '../quickbooks/tenant-accounts.ts';
import { tokenStore } from '../quickbooks/token-store.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';
import { leases } from '../vendor-access/leases.ts';
import { poster } from './poster.ts';
import { postingStore } from './store.ts';

// A process that dies before or after any call of a posting, to PostgreSQL or to QuickBooks, and another one after it.

let t: PostingWorld;
let pool: DatabasePool;
beforeAll(async () => {
  t = await postingWorld();
  pool = t.world.database.pool('svc_billing');
});
afterAll(() => t.world.close());

type Call = (...given: unknown[]) => Promise<unknown>;
interface Kill {
  at: number;
  when: 'before' | 'after';
}

/** Lets calls through until the one at which the process dies: nothing of it goes on. */
const mortal = ({ at, when }: Kill) => {
  let calls = 0;
  let isDead = false;
  const die = (): never => {
    isDead = true;
    throw new Error('killed');
  };
  const through = async (call: Call, given: unknown[]): Promise<unknown> => {
    calls += 1;
    if (isDead || (calls === at && when === 'before')) return die();
    const isLast = calls === at;
    const answer = await call(...given);
    return isLast || isDead ? die() : answer;
  };
  const wrap = <Held extends object>(held: Held): Held =>
    new Proxy(held, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (...given: unknown[]) => through(value as Call, given) : value;
      },
    });
  return { wrap, calls: () => calls };
};

/** A poster of another process, which dies as it is told. Its calls are not spread over time. */
const posterOf = (kill: Kill) => {
  const database = serviceDatabase(pool);
  const real = tenantAccounts({
    tokens: tokenStore(t.world.vault, { log: silentLog, pauseMs: () => 1 }),
    leases: leases(database),
    oauth: {} as QuickBooksOAuth,
    apiUrl: t.world.quickbooks.url,
    limiter: { run: (_realm, work) => work() },
    onReconnect: async () => undefined,
  });
  const { wrap, calls } = mortal(kill);
  const accounts: TenantAccounts = {
    ...real,
    of: async (...given) => {
      const connected = await real.of(...given);
      return { ...connected, account: wrap(connected.account), books: wrap(connected.books) };
    },
  };
  const store = wrap(postingStore(database, platformDatabase(pool)));
  return { ...poster({ store, links: wrap(knownLinks(database)), accounts, log: silentLog }), calls };
};

const round = async (kill: Kill) => {
  const process = posterOf(kill);
  await t.world.rows('update billing.postings set next_attempt_at = now(), claimed_until = null');
  await process.round().catch(() => undefined);
  await process.idle();
  return process.calls();
};
const never: Kill = { at: Infinity, when: 'before' };

/** As if nothing had ever been posted, here and there. */
const anew = async () => {
  await t.world.rows(`set session_replication_role = replica;
    delete from billing.postings; delete from billing.links; delete from billing.exceptions;
    update billing.invoices set status = 'approved', approved_hash = content_hash where customer_name = 'Fabrikam';
    set session_replication_role = origin`);
  const company = required(t.world.quickbooks.company(t.realmId), 'company');
  Object.assign(company.objects, { Invoice: [], Customer: [], Item: [] });
  company.remembered = {};
  await t.post();
  return company;
};

describe.each([
  ['still remembers the requests', false],
  ['has forgotten the requests', true],
])('QuickBooks %s', (_title, forgets) => {
  it('and has the invoice, its customer and its item once, wherever the process before died', async () => {
    await anew();
    const points = await round(never);
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(points).toBeGreaterThan(12);
    const wrong: unknown[] = [];
    for (let at = 1; at <= points; at += 1)
      for (const when of ['before', 'after'] as const) {
        const company = await anew();
        await round({ at, when });
        if (forgets) company.remembered = {};
        for (let again = 0; again < 3; again += 1) await round(never);
        const [state, code] = await t.outcome();
        const { Invoice, Customer, Item } = company.objects;
        // What made the item is known by its request alone: without it a person says whose it is.
        const isSettled = state === 'posted' || (forgets && code === 'item-needed' && Invoice.length === 0);
        if (!isSettled || Invoice.length > 1 || Customer.length > 1 || Item.length > 1)
          wrong.push({ at, when, state, code, counts: [Invoice.length, Customer.length, Item.length] });
      }
    expect(JSON.stringify(wrong)).toBe('[]');
  });
});
