import { required } from '@legendops/kit/testing/required';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
beforeEach(async () => {
  t = await postingWorld();
});
afterEach(() => t.world.close());

/** The database as it was before anything was posted; QuickBooks has all of it. */
const restore = () =>
  t.world.rows(`set session_replication_role = replica;
    delete from billing.postings; delete from billing.counters; delete from billing.links;
    update billing.invoices set status = 'approved' where status <> 'draft';
    set session_replication_role = origin`);

describe('after a restore to minutes before it was posted, an invoice is taken up as what QuickBooks has', () => {
  it.each([
    ['in the same order', ['Fabrikam', 'Tailspin Toys'], false],
    ['in the same order, the requests forgotten', ['Fabrikam', 'Tailspin Toys'], true],
    // What had one number is asked for under the other's: a person sees that they differ.
    ['in another order', ['Tailspin Toys', 'Fabrikam'], false],
    ['in another order, the requests forgotten', ['Tailspin Toys', 'Fabrikam'], true],
  ])('%s', async (_title, customers, forgets) => {
    for (const customer of ['Fabrikam', 'Tailspin Toys']) await t.post(customer);
    await t.world.post();
    expect(await t.outcome('Fabrikam')).toEqual(['posted', null]);
    const before = t.invoicesInQuickBooks().map(({ Id }) => Id);
    await restore();
    if (forgets) required(t.world.quickbooks.company(t.realmId), 'company').remembered = {};
    for (const customer of customers) await t.post(customer);
    for (let again = 0; again < 4; again += 1) {
      await t.world.post();
      if ((await t.connection()).state !== 'connected') await t.world.connectQuickBooks();
      for (const customer of customers) if ((await t.outcome(customer))[0] === 'failed') await t.post(customer);
    }
    expect(t.invoicesInQuickBooks().map(({ Id }) => Id)).toEqual(before);
    for (const customer of customers) expect((await t.outcome(customer))[0]).toBe('posted');
  });
});
