import { afterAll, beforeAll, expect, it } from 'vitest';
import { required } from '@legendops/kit/testing/required';
import type { BillingException } from '../contract.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

// What an exception advises is done, and closes it.

let t: PostingWorld;
beforeAll(async () => {
  t = await postingWorld();
});
afterAll(() => t.world.close());

const open = async (code: string): Promise<BillingException[]> =>
  (await t.call('GET', `exceptions?code=${code}`)).body.data;
/** As if nobody had ever seen to any of it. */
const anew = (more: string) =>
  t.world.rows(`set session_replication_role = replica; ${more}; delete from billing.exceptions;
    set session_replication_role = origin`);

it('a rejected draft is opened from the worklist, and its rejection taken back there', async () => {
  const { id, contentHash } = await t.invoiceOf('Tailspin Toys');
  await t.call('POST', `invoices/${id}/rejection`, { contentHash, reason: 'Not theirs', things: 'left' });
  expect(await open('invoice.left')).toMatchObject([{ invoiceId: id, wayOut: 'invoice' }]);
  await t.call('POST', `invoices/${id}/taking-back`, { reason: 'It is theirs' });
  expect(await open('invoice.left')).toEqual([]);
});

it('what is in the books with our mark, and not known here, is taken for ours by “Post to QuickBooks”', async () => {
  await t.posted();
  await anew(`update billing.postings set state = 'failed', remote_id = null, sent_at = null, code = 'settled-by-hand';
    update billing.invoices set status = 'failed' where status = 'posted'; delete from billing.book_entries`);
  await t.reconcile();
  expect(await open('posted.unknown')).toMatchObject([{ nextStep: expect.stringContaining('“Post to QuickBooks”') }]);
  await t.post();
  await t.world.post();
  expect((await t.outcome())[0]).toBe('posted');
  expect(t.invoicesInQuickBooks()).toHaveLength(1);
  expect(await open('posted.unknown')).toEqual([]);
});

it('what SuperOps has invoiced, too, is told no more once ours is void', async () => {
  const theirs = {
    invoiceId: '1',
    bills: null,
    number: '010126-0001',
    date: '2026-01-01',
    status: 'APPROVED',
    total: '1480.50',
  };
  t.world.superOps.invoicesOf = async () => ({ customer: 'client', data: [theirs], unreadable: 0 });
  await t.reconcile();
  expect(await open('invoice.superops-later')).toMatchObject([{ nextStep: expect.stringContaining('“Void”') }]);
  await t.answer('voiding', { reason: 'SuperOps bills it', billsAnew: false });
  await t.world.post();
  expect((await t.outcome())[0]).toBe('voided');
  expect(await open('invoice.superops-later')).toEqual([]);
  await t.reconcile();
  expect(await open('invoice.superops-later')).toEqual([]);
});

it('what a posting waits for is asked no more once a person says that it is in the books', async () => {
  const customer = 'Tailspin Toys';
  await t.post(customer);
  await t.world.post();
  expect(await t.outcome(customer)).toEqual(['failed', 'superops-invoices-too']);
  expect(await open('invoice.superops-too')).toHaveLength(1);
  // An earlier try may have arrived in a company that is connected no more.
  await t.world.rows("update billing.postings set sent_at = now(), realm_id = '1' where state = 'failed'");
  const { id } = required(await t.invoiceOf(customer), 'invoice');
  const settled = await t.call('POST', `invoices/${id}/settlement`, {
    outcome: 'in-quickbooks',
    quickBooksId: '77',
    evidence: 'Seen there',
  });
  expect(settled.status).toBe(200);
  expect(await open('invoice.superops-too')).toEqual([]);
});
