import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabasePool } from '@legendops/kit/db/pool';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { required } from '@legendops/kit/testing/required';
import { silentLog } from '@legendops/kit/testing/silent-log';
import { memberId } from '@legendops/kit/testing/test-api';
import { mortal, never, type Kill } from '@legendops/kit/testing/mortal';
import { mortalAccounts } from '../testing/mortal-accounts.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';
import { voider } from './voider.ts';
import { voidingStore } from './store.ts';

// A process that dies before or after any call of a void, to PostgreSQL or to QuickBooks, and another one after it.

let t: PostingWorld;
let pool: DatabasePool;
beforeAll(async () => {
  t = await postingWorld();
  pool = t.world.database.pool('svc_billing');
});
afterAll(() => t.world.close());

const round = async (kill: Kill): Promise<number> => {
  const { wrap, calls } = mortal(kill);
  const store = wrap(voidingStore(serviceDatabase(pool), platformDatabase(pool)));
  const process = voider({
    store,
    accounts: mortalAccounts(t, pool, wrap),
    rightsOf: async () => () => true,
    log: silentLog,
    now: () => new Date(),
  });
  await t.world.rows('update billing.voidings set next_attempt_at = now(), claimed_until = null');
  await process.round().catch(() => undefined);
  await process.idle();
  return calls();
};

/** Posted once more, and a person has asked for its void. */
const anew = async () => {
  await t.world.rows(`set session_replication_role = replica;
    delete from billing.voidings; delete from billing.book_entries; delete from billing.postings;
    update billing.invoices set counts_as_billed = true, status = 'approved', approved_hash = content_hash,
      approved_by = '${memberId}' where customer_name = 'Fabrikam';
    set session_replication_role = origin`);
  const company = required(t.world.quickbooks.company(t.realmId), 'company');
  company.objects.Invoice = [];
  company.remembered = {};
  await t.posted();
  await t.answer('voiding', { reason: 'A mistake', billsAnew: true });
  return company;
};

describe.each([
  ['still remembers the requests', false],
  ['has forgotten the requests', true],
])('QuickBooks %s', (_title, forgets) => {
  it('and has voided the invoice once, wherever the process before died', async () => {
    await anew();
    const points = await round(never);
    expect((await t.outcome())[0]).toBe('voided');
    expect(points).toBeGreaterThan(5);
    const wrong: unknown[] = [];
    for (let at = 1; at <= points; at += 1)
      for (const when of ['before', 'after'] as const) {
        const company = await anew();
        await round({ at, when });
        if (forgets) company.remembered = {};
        for (let again = 0; again < 3; again += 1) await round(never);
        const [state] = await t.outcome();
        const { Invoice } = company.objects;
        // One change since it was made is one void.
        const [{ TotalAmt, SyncToken } = {}] = Invoice;
        if (state !== 'voided' || Invoice.length !== 1 || TotalAmt !== 0 || SyncToken !== '1')
          wrong.push({ at, when, state, TotalAmt, SyncToken });
      }
    expect(JSON.stringify(wrong)).toBe('[]');
  });
});
