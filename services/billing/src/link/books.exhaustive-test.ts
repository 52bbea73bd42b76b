import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
beforeEach(async () => {
  t = await postingWorld();
});
afterEach(() => t.world.close());

const postNow = async (name = 'Fabrikam') => {
  await t.post(name);
  await t.world.post();
};
const choose = (kind: string, quickBooksId: string, more: object = {}) =>
  t.call('PUT', 'links', { kind, quickBooksId, ...more });
const written = () => t.invoicesInQuickBooks().at(-1);
const today = () => new Date().toISOString().slice(0, 10);
const netOf = (invoice: ReturnType<typeof written>) =>
  Math.round((Number(invoice?.TotalAmt) - (invoice?.TxnTaxDetail?.TotalTax ?? 0)) * 100) / 100;
/** A product of Fabrikam's, one of several. */
const productOf = async () =>
  (
    await t.world.rows<{ product_id: string }>(
      `select s.product_id from billing.invoices i
         join billing.invoice_lines l on l.invoice_id = i.id
         join billing.pax8_subscriptions s on split_part(l.source_key, ':', 2) = s.id::text
       where i.customer_name = 'Fabrikam' limit 1`,
    )
  )[0]?.product_id;

describe('books with sales tax', () => {
  const taxed = { salesTaxPercent: 8.875, preferences: { TaxPrefs: { UsingSalesTax: true, PartnerTaxEnabled: true } } };

  it('take nothing until a person has said what is taxed; then the tax comes on top, and nothing is paused', async () => {
    t.putCompany(taxed);
    expect((await t.call('GET', 'books')).body).toMatchObject({ usesSalesTax: true, missing: ['tax-code'] });
    await postNow();
    await postNow('Tailspin Toys');
    expect(await t.outcome()).toEqual(['failed', 'tax-code-needed']);
    expect(await t.needs()).toMatchObject([
      { code: 'books.needed', wayOut: 'links', detail: expect.stringContaining('sales tax') },
    ]);
    expect(t.invoicesInQuickBooks()).toEqual([]);
    expect((await choose('tax-code', 'TAX')).status).toBe(200);
    expect(await t.needs()).toEqual([]);
    await t.world.post();
    expect([await t.outcome(), await t.outcome('Tailspin Toys')]).toEqual([
      ['posted', null],
      ['posted', null],
    ]);
    expect((await t.connection()).state).toBe('connected');
    const own = t.invoicesInQuickBooks().find(({ CustomerRef }) => CustomerRef?.name === 'Fabrikam');
    expect(own?.TxnTaxDetail?.TotalTax).toBe(75.76);
    expect(netOf(own)).toBe(853.63);
  });

  it('say so as soon as they are connected, and no more once that is said', async () => {
    t.putCompany(taxed);
    await t.world.connectQuickBooks();
    expect(await t.needs()).toMatchObject([{ code: 'books.needed', detail: expect.stringContaining('sales tax') }]);
    await choose('tax-code', 'NON');
    await t.world.connectQuickBooks();
    expect(await t.needs()).toEqual([]);
  });

  it('take what the customer is, before what the product is, before what all are', async () => {
    t.putCompany(taxed);
    const customerId = (await t.invoiceOf('Fabrikam')).customerId;
    const productId = await productOf();
    await choose('tax-code', 'TAX');
    await choose('tax-code', 'NON', { productId });
    await postNow();
    const codes = new Set(
      written()?.Line?.flatMap(({ SalesItemLineDetail: detail }) =>
        detail ? [(detail.TaxCodeRef as { value: string }).value] : [],
      ),
    );
    expect(codes).toEqual(new Set(['NON', 'TAX']));
    await choose('tax-code', 'TAX', { customerId });
    await choose('tax-code', 'NON', { customerId: (await t.invoiceOf('Tailspin Toys')).customerId });
    await postNow('Tailspin Toys');
    expect(written()?.TxnTaxDetail?.TotalTax).toBe(0);
    const { body } = await t.call('GET', 'books');
    expect(body.missing).toEqual([]);
    expect(body.links.map(({ quickBooksName }: { quickBooksName: string }) => quickBooksName)).toContain('Not taxable');
  });

  it('outside the US take a code of their list, never NON, and count tax on top', async () => {
    const taxCodes = [{ Id: '4', Name: '19 %', ratePercent: 19 }];
    t.putCompany({ country: 'DE', taxCodes, preferences: { TaxPrefs: { UsingSalesTax: true } } });
    await postNow();
    expect(await t.outcome()).toEqual(['failed', 'tax-code-needed']);
    expect((await choose('tax-code', 'NON')).status).toBe(400);
    await choose('tax-code', '4');
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(written()?.GlobalTaxCalculation).toBe('TaxExcluded');
    expect(netOf(written())).toBe(853.63);
  });

  it('outside the US without tax take lines without a code', async () => {
    t.putCompany({ country: 'DE' });
    await postNow();
    expect(await t.outcome()).toEqual(['posted', null]);
  });

  it('whose code QuickBooks no longer takes say so in its own words, with what to do', async () => {
    const taxCodes = [{ Id: '4', Name: '19 %', ratePercent: 19 }];
    t.putCompany({ country: 'DE', taxCodes, preferences: { TaxPrefs: { UsingSalesTax: true } } });
    await choose('tax-code', '4');
    t.putCompany({
      country: 'DE',
      taxCodes: [{ ...taxCodes[0], Id: '4', Name: '19 %', ratePercent: 19, Active: false }],
      preferences: { TaxPrefs: { UsingSalesTax: true } },
    });
    await postNow();
    const { posting } = await t.invoiceOf('Fabrikam');
    expect(posting).toMatchObject({ state: 'failed', code: '6100' });
    expect(posting.detail).toMatch(
      /^Invalid tax code\. Invalid tax code 4.* Press “Add choice” under “Links” for another tax code\.$/,
    );
  });
});

describe('books that are closed through the month', () => {
  const closed = { preferences: { AccountingInfoPrefs: { BookCloseDate: '2026-01-31' } } };

  it('are asked about before anything is sent, once for all, and take the first open day where a person chose it', async () => {
    t.putCompany(closed);
    const sent = () =>
      t.world.quickbooks.faults.calls.filter(({ method, path }) => method === 'POST' && path.includes('/invoice'));
    await postNow();
    await postNow('Tailspin Toys');
    expect(await t.outcome()).toEqual(['failed', 'books-closed']);
    expect(sent()).toEqual([]);
    expect(await t.needs()).toMatchObject([{ code: 'books.needed', nextStep: expect.stringContaining('2026-02-01') }]);
    const answer = await t.call('PUT', 'books', { invoiceDate: 'period-end', closedBooks: 'first-open-day' });
    expect(answer.body.choices).toEqual({ invoiceDate: 'period-end', closedBooks: 'first-open-day' });
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(await t.outcome('Tailspin Toys')).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks().map(({ TxnDate }) => TxnDate)).toEqual(['2026-02-01', '2026-02-01']);
    expect(sent()).toHaveLength(2);
    expect(await t.needs()).toEqual([]);
  });

  it('do not matter to invoices that are of the day on which they are posted', async () => {
    t.putCompany(closed);
    await t.call('PUT', 'books', { invoiceDate: 'posting-day', closedBooks: 'ask' });
    await postNow();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(written()?.TxnDate).toBe(today());
  });

  it('and were closed after they were read refuse once, and are asked about then', async () => {
    await t.call('GET', 'books');
    t.putCompany(closed);
    await postNow();
    expect((await t.invoiceOf('Fabrikam')).posting).toMatchObject({
      code: '6210',
      detail: expect.stringContaining('2026-01-31'),
    });
    await postNow();
    expect(await t.outcome()).toEqual(['failed', 'books-closed']);
  });
});

describe('a due date', () => {
  it('is never before the day on which the invoice is posted', async () => {
    await postNow();
    expect(written()).toMatchObject({ TxnDate: '2026-01-31', DueDate: today() });
  });

  it('comes of the terms that were chosen, for all or for the customer', async () => {
    const customerId = (await t.invoiceOf('Fabrikam')).customerId;
    t.putCompany({
      terms: [
        { Id: '3', Name: 'Net 30', DueDays: 30 },
        { Id: '5', Name: 'Net 3000', DueDays: 3000 },
      ],
    });
    await choose('terms', '3');
    await choose('terms', '5', { customerId });
    await postNow();
    expect(written()).toMatchObject({ SalesTermRef: { value: '5' }, DueDate: '2034-04-19' });
    await postNow('Tailspin Toys');
    expect(written()).toMatchObject({ SalesTermRef: { value: '3' } });
    expect(String(written()?.DueDate) >= today()).toBe(true);
  });
});

describe('books in another currency', () => {
  const euros = { currency: 'EUR', preferences: { CurrencyPrefs: { MultiCurrencyEnabled: true } } };

  it('have a new customer in the currency of its invoices', async () => {
    t.putCompany(euros);
    await postNow();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.customersInQuickBooks()[0]?.CurrencyRef).toEqual({ value: 'USD' });
    expect(written()?.CurrencyRef).toEqual({ value: 'USD' });
  });

  it('are not sent a customer of theirs in another currency: it is told, and a new one is made', async () => {
    t.putCompany({ ...euros, customers: [{ Id: '7', DisplayName: 'Fabrikam', CurrencyRef: { value: 'EUR' } }] });
    await postNow();
    expect(await t.outcome()).toEqual(['failed', 'link-needed']);
    const customerId = (await t.invoiceOf('Fabrikam')).customerId;
    await t.call('PUT', 'links/new-customer', { customerId, currency: 'USD', name: 'Fabrikam USD' });
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(written()?.CustomerRef?.name).toBe('Fabrikam USD');
  });
});

describe('the item that lines name', () => {
  it('is asked about where somebody else’s has the name, and is told when it was made inactive', async () => {
    t.putCompany({
      items: [
        { Id: '8', Name: 'managed services' },
        { Id: '9', Name: 'Cloud' },
      ],
    });
    await postNow();
    expect(await t.outcome()).toEqual(['failed', 'item-needed']);
    await choose('item', '9');
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    await t.byHand({ action: 'deactivate', entity: 'Item', id: '9' });
    await postNow('Tailspin Toys');
    expect((await t.invoiceOf('Tailspin Toys')).posting).toMatchObject({
      code: 'item-needed',
      detail: expect.stringContaining('“Cloud” was made inactive'),
    });
    await choose('item', '8');
    await t.world.post();
    expect(await t.outcome('Tailspin Toys')).toEqual(['posted', null]);
  });

  it('is another one for a product that has its own', async () => {
    const productId = await productOf();
    t.putCompany({ items: [{ Id: '9', Name: 'Cloud' }] });
    await choose('item', '9', { productId });
    await postNow();
    expect(JSON.stringify(written()?.Line)).toContain('"Cloud"');
  });

  it('is kept as it was where something was posted before links were', async () => {
    await postNow();
    await t.world.rows("delete from billing.links where kind = 'item'");
    await postNow('Tailspin Toys');
    expect(await t.outcome('Tailspin Toys')).toEqual(['posted', null]);
    const origins = await t.world.rows("select origin from billing.links where kind = 'item'");
    expect(origins).toEqual([{ origin: 'posted' }]);
  });
});

it('what is sent again is the very same, whatever a person has chosen meanwhile', async () => {
  await t.post();
  t.arm({ dropConnection: 'before' });
  await t.world.post();
  expect((await t.outcome())[0]).toBe('in-doubt');
  await t.call('PUT', 'books', { invoiceDate: 'posting-day', closedBooks: 'ask' });
  await t.world.post();
  expect(await t.outcome()).toEqual(['posted', null]);
  expect(written()?.TxnDate).toBe('2026-01-31');
});
