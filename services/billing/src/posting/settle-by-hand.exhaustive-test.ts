import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditedIn } from '@legendops/kit/testing/audited-routes';
import { required } from '@legendops/kit/testing/required';
import { draftInvoices } from '../invoice/draft-invoices.ts';
import { otherRealmId, postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
beforeEach(async () => {
  t = await postingWorld();
});
afterEach(() => t.world.close());

const evidence = 'Seen in the export of the old books by our accountant';
const settle = async (body: object) =>
  t.call('POST', `invoices/${(await t.invoiceOf('Fabrikam')).id}/settlement`, body);
const isThere = (quickBooksId = '4711') => settle({ outcome: 'in-quickbooks', quickBooksId, evidence });
const isNotThere = () => settle({ outcome: 'not-in-quickbooks', evidence });
const mayBeSettled = async () => (await t.invoiceOf('Fabrikam')).acts.settle;

describe('a posting in doubt whose books cannot be asked any more', () => {
  beforeEach(async () => {
    await t.postWithoutAnswer();
    await t.call('DELETE', 'connections/quickbooks');
  });

  it('may be settled by hand, and not while they can be asked', async () => {
    expect(await mayBeSettled()).toEqual({ may: true, why: null });
    await t.world.connectQuickBooks();
    expect(await mayBeSettled()).toMatchObject({ may: false, why: expect.stringContaining('looked for by itself') });
    expect((await isThere()).body.code).toBe('invoice.wrong-state');
  });

  it('is posted by a person’s word, with the id in QuickBooks and what proves it, in the audit trail as well', async () => {
    expect((await isThere()).body).toMatchObject({
      status: 'posted',
      posting: { state: 'posted', quickBooksId: '4711', code: 'settled-by-hand', detail: evidence },
    });
    const written = (await auditedIn(t.world.database.administrator)).find(
      ({ act }) => act === 'invoice.settled-by-hand',
    );
    expect(written).toMatchObject({
      author: { kind: 'member', name: 'Ada' },
      subject: { name: 'Fabrikam, 2026-01' },
      changes: expect.arrayContaining([
        { field: 'evidence', before: null, after: evidence },
        { field: 'quickBooksId', before: null, after: '4711' },
      ]),
    });
    expect((await isThere()).body.code).toBe('invoice.wrong-state');
  });

  it('is not there by a person’s word, and may be posted to other books then', async () => {
    await t.world.connectQuickBooks(otherRealmId);
    await t.world.post();
    expect(await t.outcome()).toEqual(['in-doubt', 'other-company']);
    expect((await isNotThere()).body).toMatchObject({ status: 'failed', posting: { code: 'settled-by-hand' } });
    await t.post();
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks(otherRealmId)).toHaveLength(1);
  });

  it('is not there by a person’s word, and was there once: it is no draft any more, which a run could not remove', async () => {
    await t.world.connectQuickBooks();
    await t.world.post();
    const { id } = await t.invoiceOf('Fabrikam');
    await t.byHand({ action: 'delete', invoiceId: required(t.invoicesInQuickBooks()[0], 'invoice').Id });
    await t.reconcile();
    await t.answer('posting-anew', { seen: (await t.entryOf()).drift.seen });
    t.arm({ dropConnection: 'before' });
    await t.world.post();
    await t.call('DELETE', 'connections/quickbooks');
    expect((await isNotThere()).body.status).toBe('failed');
    const answer = await t.call('POST', `invoices/${id}/taking-back`, { reason: 'Not to be billed' });
    expect(answer.body).toMatchObject({ code: 'invoice.wrong-state', detail: expect.stringContaining('It was sent') });
    await t.world.rows("update billing.customers set state = 'archived' where name = 'Fabrikam'");
    await t.world.run({ name: 'invoice-run', work: draftInvoices });
  });

  it('is not settled as another invoice of ours, nor without a reason', async () => {
    await t.world.connectQuickBooks();
    await t.world.post();
    const { posting } = await t.invoiceOf('Fabrikam');
    await t.post('Tailspin Toys');
    t.arm({ dropConnection: 'after' });
    await t.world.post();
    await t.call('DELETE', 'connections/quickbooks');
    const { id } = await t.invoiceOf('Tailspin Toys');
    const body = { outcome: 'in-quickbooks', quickBooksId: posting.quickBooksId, evidence };
    expect((await t.call('POST', `invoices/${id}/settlement`, body)).body.errors[0].detail).toContain('LO000001L');
    const bare = { outcome: 'not-in-quickbooks', evidence: ' ' };
    expect((await t.call('POST', `invoices/${id}/settlement`, bare)).status).toBe(400);
  });
});

it('what has our number without our fingerprint is this invoice where a person says so', async () => {
  const written = await t.postWithoutAnswer();
  written.PrivateNote = '';
  await t.world.rows("update billing.postings set request_id = 'forgotten'");
  await t.world.post();
  expect(await t.outcome()).toEqual(['failed', 'invoice-unmarked']);
  expect((await isThere(written.Id)).body.status).toBe('posted');
  await t.world.post();
  expect(t.invoicesInQuickBooks()).toHaveLength(1);
});

it('an attempt that is under way is not settled by hand, and one that ends later counts no more', async () => {
  await t.post();
  const { store, scope, claimed } = await t.claim(300);
  await t.world.rows('update billing.postings set sent_at = now()');
  await t.call('DELETE', 'connections/quickbooks');
  expect((await isThere()).body).toMatchObject({
    code: 'invoice.wrong-state',
    detail: expect.stringContaining('at this moment'),
  });
  await t.world.rows("update billing.postings set claimed_until = now() - interval '1 second'");
  expect((await isThere()).body.status).toBe('posted');
  const late = { state: 'failed', code: 'late', detail: 'too late', refused: false } as const;
  expect(await store.settle(scope, claimed, late)).toBe(false);
});

it('what certainly never arrived is posted, not settled', async () => {
  await t.post();
  await t.call('DELETE', 'connections/quickbooks');
  expect((await isNotThere()).body).toMatchObject({
    code: 'invoice.wrong-state',
    detail: expect.stringContaining('certainly not'),
  });
});
