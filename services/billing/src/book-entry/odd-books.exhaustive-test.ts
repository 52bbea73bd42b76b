import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { required } from '@legendops/kit/testing/required';
import { draftInvoices } from '../invoice/draft-invoices.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
let invoiceId: string;
beforeEach(async () => {
  t = await postingWorld();
  invoiceId = (await t.posted()).Id;
});
afterEach(() => t.world.close());

const company = () => required(t.world.quickbooks.company(t.realmId), 'company');
const inBooks = () => required(t.invoicesInQuickBooks()[0], 'invoice in QuickBooks');
const alive = () => t.invoicesInQuickBooks().filter(({ TotalAmt }) => TotalAmt !== 0);
const seen = async (): Promise<string> => (await t.entryOf()).drift.seen;
const lineOf = (amount: number) => ({
  Amount: amount,
  DetailType: 'SalesItemLineDetail',
  SalesItemLineDetail: {
    ItemRef: { value: required(company().objects.Item[0], 'item').Id },
    TaxCodeRef: { value: 'NON' },
  },
});
/** Void in QuickBooks, and noticed. What it takes to write it there again as it was. */
const voided = async () => {
  const { Line } = structuredClone(inBooks());
  await t.byHand({ action: 'void', invoiceId });
  await t.reconcile();
  return () => t.byHand({ action: 'edit', invoiceId, change: { Line } });
};

describe('a look at the books', () => {
  it.each([
    ['a note that is no id', { PrivateNote: `LegendOps ${'-'.repeat(36)}` }],
    ['a note of many ids', { PrivateNote: `LegendOps ${'0'.repeat(36)} LegendOps ${'f'.repeat(36)}` }],
    [
      'an amount that no column holds',
      { PrivateNote: 'LegendOps 0190f000-0000-7000-8000-00000000dead', TotalAmt: 1e300 },
    ],
    [
      'a number that cannot be printed',
      { PrivateNote: 'LegendOps 0190f000-0000-7000-8000-00000000dead', DocNumber: '\0\ud83d' },
    ],
  ])('goes on where somebody has written %s', async (_title, odd) => {
    company().objects.Invoice.push({ ...structuredClone(inBooks()), Id: '901', DocNumber: '1001', ...odd });
    await t.byHand({ action: 'copy', invoiceId });
    await t.reconcile();
    expect(await t.told()).toContain('posted.copied');
  });

  it.each([
    [
      'QuickBooks says that it is another year',
      async () => {
        const body = { CDCResponse: [{ QueryResponse: [{}, {}] }], time: '2999-01-01T00:00:00Z' };
        t.arm({ status: 200, body }, { method: 'GET', path: '/cdc' });
        await t.reconcile();
      },
    ],
    [
      'it was read to a time to come',
      async () => {
        await t.reconcile();
        await t.world.rows("update billing.account_looks set read_to = '2999-01-01'");
      },
    ],
  ])('misses nothing after %s', async (_title, spoil) => {
    await spoil();
    await t.byHand({ action: 'copy', invoiceId });
    await t.reconcile();
    expect(await t.told()).toEqual(['posted.copied']);
  });
});

describe('what a person has made void in QuickBooks and written again', () => {
  it('is not posted a second time, until it is void there', async () => {
    const writeAgain = await voided();
    const before = await seen();
    await writeAgain();
    expect((await t.answer('posting-anew', { seen: before })).status).toBe(202);
    await t.world.post();
    expect(await t.outcome()).toEqual(['failed', 'still-in-books']);
    expect(alive()).toHaveLength(1);
    await t.byHand({ action: 'void', invoiceId });
    await t.post();
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(alive()).toMatchObject([{ TotalAmt: 853.63 }]);
  });

  it('is told where it is void here', async () => {
    const writeAgain = await voided();
    await t.answer('acceptance', { seen: await seen(), billsAnew: true });
    expect(await t.told()).toEqual([]);
    await writeAgain();
    await t.reconcile();
    expect(await t.told()).toEqual(['posted.unknown']);
    await t.byHand({ action: 'void', invoiceId });
    await t.reconcile();
    expect(await t.told()).toEqual([]);
  });
});

describe('a void that is asked for while a person settles what became of the invoice', () => {
  const underWay = async () => {
    await t.answer('voiding', { reason: 'A mistake', billsAnew: true });
    await t.byHand({ action: 'void', invoiceId });
    await t.reconcile();
  };

  it('is over once the person has confirmed it', async () => {
    await underWay();
    await t.answer('acceptance', { seen: await seen() });
    await t.world.post();
    expect(await t.outcome()).toEqual(['voided', 'void-in-books']);
    expect((await t.entryOf()).voiding).toMatchObject({ state: 'voided' });
    await t.world.run({ name: 'invoice-run', work: draftInvoices });
    expect((await t.call('GET', 'exceptions?code=correction.waiting')).body.data).toEqual([]);
  });

  it('is over once it is posted anew, and may be asked for once more', async () => {
    await underWay();
    await t.answer('posting-anew', { seen: await seen() });
    await t.world.post();
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    const { voiding, acts } = await t.entryOf();
    expect(voiding).toMatchObject({ state: 'failed' });
    expect(acts.void.may).toBe(true);
    await t.answer('voiding', { reason: 'A mistake', billsAnew: false });
    await t.world.post();
    expect((await t.outcome())[0]).toBe('voided');
    expect(alive()).toEqual([]);
  });
});

describe('an invoice of very many lines', () => {
  it('that a person has changed is confirmed as any other', async () => {
    const Line = Array.from({ length: 700 }, (_, n) => lineOf(1_000 + n));
    await t.byHand({ action: 'edit', invoiceId, change: { Line } });
    await t.reconcile();
    expect((await t.answer('acceptance', { seen: await seen() })).status).toBe(200);
    expect(await t.told()).toEqual([]);
  });
});

describe('a void', () => {
  const fails = async (what: string) => {
    await t.world.post();
    expect((await t.entryOf()).voiding).toMatchObject({ state: 'failed', detail: expect.stringContaining(what) });
    expect(alive().map(({ Id }) => Id)).toContain(invoiceId);
  };

  it('is not done to what was moved to another customer meanwhile', async () => {
    await t.posted('Tailspin Toys');
    await t.answer('voiding', { reason: 'A mistake', billsAnew: true });
    await t.byHand({
      action: 'move',
      invoiceId,
      customerId: required(t.customersInQuickBooks().at(-1), 'customer').Id,
    });
    await fails('of customer');
  });

  it('is not done to what was paid meanwhile, whether QuickBooks would or not', async () => {
    await t.answer('voiding', { reason: 'A mistake', billsAnew: true });
    Object.assign(inBooks(), { Balance: 0 });
    await fails('paid');
  });
});
