import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { required } from '@legendops/kit/testing/required';
import type { BillingException } from '../contract.ts';
import { draftInvoices } from '../invoice/draft-invoices.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
let invoiceId: string;
beforeEach(async () => {
  t = await postingWorld();
  invoiceId = (await t.posted()).Id;
});
afterEach(() => t.world.close());

const exceptions = async (): Promise<BillingException[]> =>
  (await t.call('GET', 'exceptions')).body.data.filter(({ code }: BillingException) => code.startsWith('posted.'));
const company = () => required(t.world.quickbooks.company(t.realmId), 'company');
const anotherCustomer = async (): Promise<string> => {
  await t.posted('Tailspin Toys');
  return required(t.customersInQuickBooks().at(-1), 'customer').Id;
};
const lineOf = (amount: number) => ({
  Amount: amount,
  DetailType: 'SalesItemLineDetail',
  SalesItemLineDetail: {
    ItemRef: { value: required(company().objects.Item[0], 'item').Id },
    TaxCodeRef: { value: 'NON' },
  },
});

describe('what a person changes in QuickBooks', () => {
  it('is told with what was and what is, and told no more when it is put right', async () => {
    await t.reconcile();
    expect(await t.told()).toEqual([]);
    const { Line, DocNumber } = structuredClone(required(t.invoicesInQuickBooks()[0], 'invoice'));
    await t.byHand({ action: 'edit', invoiceId, change: { Line: [lineOf(800)] } });
    await t.reconcile();
    const { id } = await t.invoiceOf('Fabrikam');
    expect(await exceptions()).toMatchObject([
      {
        code: 'posted.total-differs',
        invoiceId: id,
        wayOut: 'invoice',
        detail: 'LO000001L of Fabrikam was posted as 853.63 USD and is 800.00 USD in QuickBooks',
        amount: { amountMinor: '5363', currency: 'USD' },
      },
    ]);
    expect((await t.entryOf()).drift).toMatchObject({ kind: 'total', was: '853.63 USD', is: '800.00 USD' });
    await t.byHand({ action: 'edit', invoiceId, change: { Line } });
    await t.reconcile();
    expect(await t.told()).toEqual([]);
    await t.byHand({ action: 'edit', invoiceId, change: { DocNumber: '1001' } });
    await t.reconcile();
    expect(await t.told()).toEqual(['posted.number-differs']);
    await t.byHand({ action: 'edit', invoiceId, change: { DocNumber, Line: [lineOf(853.62), lineOf(0.01)] } });
    await t.reconcile();
    expect(await t.told()).toEqual(['posted.lines-differ']);
    expect((await t.invoiceOf('Fabrikam')).status).toBe('posted');
  });

  it('is told no more where a person accepts it, until it is changed once more', async () => {
    const customerId = await anotherCustomer();
    await t.byHand({ action: 'move', invoiceId, customerId });
    await t.reconcile();
    expect(await t.told()).toEqual(['posted.customer-differs']);
    const { drift, acts } = await t.entryOf();
    expect([acts.accept.may, acts.postAnew.may]).toEqual([true, false]);
    expect((await t.answer('acceptance', { seen: 'something else' })).body.code).toBe('invoice.changed');
    expect((await t.answer('acceptance', { seen: drift.seen })).body.drift).toBeNull();
    expect(await t.told()).toEqual([]);
    await t.reconcile();
    expect(await t.told()).toEqual([]);
    await t.byHand({ action: 'edit', invoiceId, change: { DocNumber: '1001' } });
    await t.reconcile();
    expect(await t.told()).toEqual(['posted.customer-differs']);
  });

  it('to one that is void: what it bills is billed anew where a person says so', async () => {
    await t.byHand({ action: 'void', invoiceId });
    await t.reconcile();
    expect(await exceptions()).toMatchObject([{ code: 'posted.voided', amount: { amountMinor: '85363' } }]);
    const { drift } = await t.entryOf();
    const answer = await t.answer('acceptance', { seen: drift.seen, billsAnew: true });
    expect(answer.body).toMatchObject({ payment: null, drift: null });
    expect(await t.outcome()).toEqual(['voided', 'void-in-books']);
    expect(await t.told()).toEqual([]);
    await t.reconcile();
    expect(await t.told()).toEqual([]);
    await t.world.run({ name: 'invoice-run', work: draftInvoices });
    const waiting = (await t.call('GET', 'exceptions?code=correction.waiting')).body.data;
    expect(waiting).toMatchObject([{ customerName: 'Fabrikam', amount: { amountMinor: '85363' } }]);
  });

  it('to one that is void: what it bills counts as billed where a person says nothing else', async () => {
    await t.byHand({ action: 'void', invoiceId });
    await t.reconcile();
    const { drift } = await t.entryOf();
    await t.answer('acceptance', { seen: drift.seen });
    await t.world.run({ name: 'invoice-run', work: draftInvoices });
    expect((await t.call('GET', 'exceptions?code=correction.waiting')).body.data).toEqual([]);
  });

  it.each(['void', 'delete'] as const)('by mistake (%s) is posted anew under another number, once', async (action) => {
    await t.byHand({ action, invoiceId });
    await t.reconcile();
    const { drift } = await t.entryOf();
    expect((await t.answer('posting-anew', { seen: drift.seen })).status).toBe(202);
    t.arm({ dropConnection: 'after' });
    await t.world.post();
    expect((await t.outcome())[0]).toBe('in-doubt');
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    const alive = t.invoicesInQuickBooks().filter(({ TotalAmt }) => TotalAmt !== 0);
    expect(alive).toMatchObject([{ DocNumber: 'LO000002L', TotalAmt: 853.63 }]);
    await t.reconcile();
    expect(await t.told()).toEqual([]);
    expect((await t.answer('posting-anew', { seen: drift.seen })).body.code).toBe('invoice.wrong-state');
  });

  it('deletes and writes anew by hand is told with what has its number', async () => {
    const { PrivateNote: _note, ...written } = structuredClone(required(t.invoicesInQuickBooks()[0], 'invoice'));
    await t.byHand({ action: 'delete', invoiceId });
    company().objects.Invoice.push({ ...written, Id: '901' });
    await t.reconcile();
    expect(await exceptions()).toMatchObject([
      { code: 'posted.other-id', detail: expect.stringContaining('(id 901) has its number now') },
    ]);
  });
});

describe('what carries our mark', () => {
  it('is told where it is a copy, until it is gone', async () => {
    await t.byHand({ action: 'copy', invoiceId });
    await t.reconcile();
    expect(await exceptions()).toMatchObject([
      { code: 'posted.copied', customerName: 'Fabrikam', detail: expect.stringContaining('a copy of LO000001L') },
    ]);
    await t.byHand({ action: 'delete', invoiceId: required(t.invoicesInQuickBooks().at(-1), 'copy').Id });
    await t.reconcile();
    expect(await t.told()).toEqual([]);
  });

  it('is told where it is of nothing that is known here', async () => {
    await t.byHand({ action: 'copy', invoiceId });
    const copy = required(t.invoicesInQuickBooks().at(-1), 'copy');
    copy.PrivateNote = 'LegendOps 0190f000-0000-7000-8000-00000000dead';
    await t.reconcile();
    expect(await exceptions()).toMatchObject([
      { code: 'posted.unknown', invoiceId: null, wayOut: null, detail: expect.stringContaining('not known here') },
    ]);
    expect((await t.invoiceOf('Fabrikam')).status).toBe('posted');
  });

  it('is not told while its posting is under way: it is that', async () => {
    await t.post('Tailspin Toys');
    t.arm({ dropConnection: 'after' });
    await t.world.post();
    expect((await t.outcome('Tailspin Toys'))[0]).toBe('in-doubt');
    await t.reconcile();
    expect(await t.told()).toEqual([]);
  });
});
