import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aCompany, aLine, anInvoice, codeOf, quickBooksForTest } from './quickbooks-for-test.ts';
import type { ForTest, Session } from './quickbooks-for-test.ts';

let t: ForTest;
let s: Session;
const start = async (options: Parameters<typeof quickBooksForTest>[0] = {}) => {
  await t?.quickbooks.close();
  t = await quickBooksForTest(options);
  s = await t.session();
};
beforeEach(() => start());
afterEach(() => t.quickbooks.close());

const created = async (changes: Record<string, unknown> = {}) =>
  (await s.post('/invoice', anInvoice(changes))).body.Invoice;

describe('creating', () => {
  test('totals are the server’s own, whatever the client says', async () => {
    const lines = [aLine({ amount: 33.33 }), aLine({ amount: 66.66, qty: 2, price: 33.33 })];
    const { status, body, headers } = await s.post(
      '/invoice',
      anInvoice({ Line: lines, TotalAmt: 1, DocNumber: 'LO-1' }),
    );
    expect(status).toBe(200);
    expect(headers.get('intuit_tid')).toBeTruthy();
    expect(body.Invoice).toMatchObject({
      SyncToken: '0',
      TotalAmt: 99.99,
      Balance: 99.99,
      DocNumber: 'LO-1',
      CustomerRef: { value: '1', name: 'Adatum' },
      CurrencyRef: { value: 'USD' },
    });
    expect(body.Invoice.Line.at(-1)).toEqual({
      Amount: 99.99,
      DetailType: 'SubTotalLineDetail',
      SubTotalLineDetail: {},
    });
    expect((await s.get(`/invoice/${body.Invoice.Id}`)).body.Invoice).toEqual(body.Invoice);
  });

  test.each([
    ['seven decimals of a price', { amount: 10, qty: 3, price: 3.3333333 }, undefined],
    ['two decimals of a price', { amount: 10, qty: 3, price: 3.33 }, '6070'],
    ['an eighth decimal, which is cut', { amount: 100, qty: 100_000_000, price: 0.00000104 }, undefined],
  ])('Amount equals Qty × UnitPrice: %s', async (_name, line, code) => {
    const reply = await s.post('/invoice', anInvoice({ Line: [aLine(line)] }));
    expect(codeOf(reply)).toBe(code);
  });

  test.each([
    ['no customer', { CustomerRef: undefined }, '2020'],
    ['no lines', { Line: [] }, '2020'],
    ['an unknown customer', { CustomerRef: { value: '999' } }, '2500'],
    ['an inactive customer', { CustomerRef: { value: '2' } }, '610'],
    ['a field that does not exist', { Total: 1 }, '2010'],
    ['an e-mail status that does not exist', { EmailStatus: 'Sent' }, '2170'],
    ['an e-mail without an address', { EmailStatus: 'NeedToSend' }, '2020'],
    ['a number of 22 characters', { DocNumber: 'x'.repeat(22) }, '2050'],
    ['a note of 4001 characters', { PrivateNote: 'x'.repeat(4001) }, '2050'],
    ['a currency though multicurrency is off', { CurrencyRef: { value: 'USD' } }, '6000'],
    ['a tax code of another country', { Line: [aLine({ tax: '5' })] }, '6100'],
    ['a negative total', { Line: [aLine({ amount: -1 })] }, '6000'],
    ['a line without amount', { Line: [{ DetailType: 'SalesItemLineDetail', SalesItemLineDetail: {} }] }, '2020'],
    ['a kind of line that does not exist', { Line: [{ ...aLine(), DetailType: 'Sales' }] }, '2170'],
    [
      'an item that does not exist',
      { Line: [{ ...aLine(), SalesItemLineDetail: { ItemRef: { value: '9' } } }] },
      '2500',
    ],
  ])('%s is refused', async (_name, changes, code) => {
    const reply = await s.post('/invoice', anInvoice(changes));
    expect([reply.status, codeOf(reply)]).toEqual([400, code]);
    expect(t.quickbooks.company('9130001')?.objects.Invoice).toEqual([]);
  });

  test('a used number is refused and the refusal names who has it', async () => {
    const { Id } = await created({ DocNumber: 'LO-1' });
    const reply = await s.post('/invoice', anInvoice({ DocNumber: 'LO-1' }));
    expect(codeOf(reply)).toBe('6140');
    expect(reply.body.Fault.Error[0].Detail).toContain(`TxnId=${Id}`);
    expect((await s.post('/invoice?include=allowduplicatedocnum', anInvoice({ DocNumber: 'LO-1' }))).status).toBe(200);
  });

  test('no number is given, none comes, while custom numbers are on', async () => {
    expect((await created()).DocNumber).toBeUndefined();
  });

  test('QuickBooks numbers where custom numbers are off', async () => {
    await start({ companies: [aCompany({ preferences: { SalesFormsPrefs: { CustomTxnNumbers: false } } })] });
    expect((await created({ DocNumber: 'LO-1' })).DocNumber).toBe('1001');
    expect((await created()).DocNumber).toBe('1002');
    t.quickbooks.setQuirks({ docNumberWhenAutomatic: 'refuse' });
    expect(codeOf(await s.post('/invoice', anInvoice({ DocNumber: 'LO-1' })))).toBe('6000');
  });

  test('an invoice made by hand goes on with our prefix', async () => {
    await created({ DocNumber: 'LO-0009' });
    const byHand = { action: 'invoice', customerId: '1', itemId: '10', amount: 5 };
    const reply = await fetch(`${t.quickbooks.url}/_control/companies/9130001/by-hand`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(byHand),
    });
    expect(await reply.json()).toMatchObject({ DocNumber: 'LO-0010' });
  });

  test('with multicurrency the customer’s currency must be said', async () => {
    const preferences = { CurrencyPrefs: { MultiCurrencyEnabled: true } };
    const customers = [{ Id: '1', DisplayName: 'Adatum', CurrencyRef: { value: 'EUR' } }];
    await start({ companies: [aCompany({ preferences, customers })] });
    expect(codeOf(await s.post('/invoice', anInvoice()))).toBe('2020');
    expect(codeOf(await s.post('/invoice', anInvoice({ CurrencyRef: { value: 'USD' } })))).toBe('6000');
    expect((await created({ CurrencyRef: { value: 'EUR' } })).CurrencyRef).toEqual({ value: 'EUR' });
  });

  test('books that are closed take nothing up to their day', async () => {
    const preferences = { AccountingInfoPrefs: { BookCloseDate: '2026-09-30' } };
    await start({ companies: [aCompany({ preferences })] });
    expect(codeOf(await s.post('/invoice', anInvoice({ TxnDate: '2026-09-30' })))).toBe('6210');
    expect((await created({ TxnDate: '2026-10-01' })).TxnDate).toBe('2026-10-01');
  });

  test.each([
    ['lapsed', 403, '6190'],
    ['rights-lost', 401, '120'],
  ] as const)('a company that is %s answers %i with %s', async (state, status, code) => {
    t.quickbooks.putCompany(aCompany({ state }));
    const reply = await s.post('/invoice', anInvoice());
    expect([reply.status, codeOf(reply)]).toEqual([status, code]);
  });
});

describe('tax', () => {
  const automatic = { TaxPrefs: { UsingSalesTax: true, PartnerTaxEnabled: true } };

  test('under Automated Sales Tax silence is taxable, NON is not, and own tax comes on top', async () => {
    await start({ companies: [aCompany({ preferences: automatic, salesTaxPercent: 8.875 })] });
    const silent = await created({ Line: [aLine({ tax: '' })] });
    expect(silent).toMatchObject({ TotalAmt: 108.88, TxnTaxDetail: { TotalTax: 8.88 } });
    expect(silent.Line[0].SalesItemLineDetail.TaxCodeRef).toEqual({ value: 'TAX' });
    expect((await created({ Line: [aLine({ tax: 'NON' })] })).TotalAmt).toBe(100);
    expect(await created({ Line: [aLine({ tax: 'TAX' })], TxnTaxDetail: { TotalTax: 8.88 } })).toMatchObject({
      TotalAmt: 117.76,
    });
  });

  test('a client that sends back what it read does not double the tax', async () => {
    await start({ companies: [aCompany({ preferences: automatic, salesTaxPercent: 10 })] });
    const invoice = await created({ Line: [aLine({ tax: 'TAX' })] });
    expect((await s.post('/invoice', { ...invoice, sparse: false })).body.Invoice.TotalAmt).toBe(110);
  });

  test('outside the US codes carry their rate, on top or inside', async () => {
    const taxCodes = [{ Id: '7', Name: 'VAT', ratePercent: 20 }];
    await start({ companies: [aCompany({ country: 'GB', currency: 'GBP', taxCodes })] });
    expect((await created({ Line: [aLine({ tax: '7' })] })).TotalAmt).toBe(120);
    const inclusive = { Line: [aLine({ tax: '7' })], GlobalTaxCalculation: 'TaxInclusive' };
    expect((await created(inclusive)).TotalAmt).toBe(100);
    expect(codeOf(await s.post('/invoice', anInvoice({ Line: [aLine({ tax: 'TAX' })] })))).toBe('6100');
  });

  test('a discount is counted before or after tax', async () => {
    await start({ companies: [aCompany({ preferences: automatic, salesTaxPercent: 10 })] });
    const discount = {
      DetailType: 'DiscountLineDetail',
      DiscountLineDetail: { PercentBased: true, DiscountPercent: 10 },
    };
    const Line = [aLine({ tax: 'TAX' }), discount];
    expect((await created({ Line })).TotalAmt).toBe(100);
    expect((await created({ Line, ApplyTaxAfterDiscount: true })).TotalAmt).toBe(99);
  });
});

describe('changing', () => {
  test('a sparse update keeps what it does not name, a full one clears it', async () => {
    const { Id } = await created({ PrivateNote: 'ours', DocNumber: 'LO-1' });
    const sparse = await s.post('/invoice', { Id, SyncToken: '0', sparse: true, DueDate: '2026-12-01' });
    expect(sparse.body.Invoice).toMatchObject({
      SyncToken: '1',
      PrivateNote: 'ours',
      DueDate: '2026-12-01',
      TotalAmt: 100,
    });
    const full = await s.post('/invoice', { ...anInvoice(), Id, SyncToken: '1' });
    expect(full.body.Invoice).toMatchObject({ SyncToken: '2', TotalAmt: 100 });
    expect(full.body.Invoice.PrivateNote).toBeUndefined();
  });

  test('a stale SyncToken is refused for update, void and delete', async () => {
    const { Id } = await created();
    await s.post('/invoice', { Id, SyncToken: '0', sparse: true, PrivateNote: 'x' });
    for (const path of ['/invoice', '/invoice?operation=void', '/invoice?operation=delete']) {
      expect(codeOf(await s.post(path, { Id, SyncToken: '0', sparse: true }))).toBe('5010');
    }
    expect(codeOf(await s.post('/invoice?operation=void', { Id }))).toBe('2020');
  });

  test('a void leaves an invoice of nothing, a delete leaves none', async () => {
    const first = await created({ PrivateNote: 'ours', DocNumber: 'LO-1' });
    const voided = (await s.post('/invoice?operation=void', { Id: first.Id, SyncToken: '0' })).body.Invoice;
    expect(voided).toMatchObject({
      SyncToken: '1',
      TotalAmt: 0,
      Balance: 0,
      PrivateNote: 'Voided ours',
      DocNumber: 'LO-1',
    });
    expect(voided.Line[0]).toMatchObject({ Amount: 0 });
    const deleted = await s.post('/invoice?operation=delete', { Id: first.Id, SyncToken: '1' });
    expect(deleted.body.Invoice).toEqual({ domain: 'QBO', status: 'Deleted', Id: first.Id });
    expect(codeOf(await s.get(`/invoice/${first.Id}`))).toBe('610');
    expect((await created({ DocNumber: 'LO-1' })).DocNumber).toBe('LO-1');
  });

  test('an operation that does not exist is refused', async () => {
    expect(codeOf(await s.post('/item?operation=delete', { Id: '10', SyncToken: '0' }))).toBe('500');
    expect(codeOf(await s.post('/estimate', {}))).toBe('500');
    expect(codeOf(await s.get('/reports/x/y'))).toBe('500');
  });
});
