import { afterEach, describe, expect, it } from 'vitest';
import type { CompanySeed } from './company.ts';
import {
  aCompany,
  aLine,
  anInvoice,
  codeOf,
  quickBooksForTest,
  type ForTest,
  type Session,
} from './quickbooks-for-test.ts';

let t: ForTest;
afterEach(() => t.quickbooks.close());

const sessionIn = async (company: Partial<CompanySeed> = {}): Promise<Session> => {
  t = await quickBooksForTest({ companies: [aCompany(company)] });
  return t.session();
};
const euros = { country: 'DE', currency: 'EUR', taxCodes: [{ Id: '4', Name: '19 %', ratePercent: 19 }] };
const taxed = { ...euros, preferences: { TaxPrefs: { UsingSalesTax: true } } };
const multi = { preferences: { CurrencyPrefs: { MultiCurrencyEnabled: true } } };

describe('a name', () => {
  it.each(['Adatum: East', 'Adatum\tEast', 'Adatum\nEast'])(
    '%j is refused for a customer and an item',
    async (name) => {
      const { post } = await sessionIn();
      expect(codeOf(await post('/customer', { DisplayName: name }))).toBe('2010');
      expect(codeOf(await post('/item', { Name: name, IncomeAccountRef: { value: '1' } }))).toBe('2010');
    },
  );

  it('of an inactive customer, a vendor or an employee is taken', async () => {
    const { post } = await sessionIn({ employees: [{ Id: '6', DisplayName: 'Ada' }] });
    for (const DisplayName of ['Gone', 'pax8', 'Ada'])
      expect(codeOf(await post('/customer', { DisplayName }))).toBe('6240');
  });
});

describe('outside the US a line', () => {
  it.each([
    ['is never NON', 'NON', '6100'],
    ['has a tax code where the books have tax', '', '6000'],
    ['has one of the list', '4', undefined],
  ])('%s', async (_title, tax, code) => {
    const { post } = await sessionIn(taxed);
    expect(codeOf(await post('/invoice', anInvoice({ Line: [aLine({ tax })] })))).toBe(code);
  });

  it('needs none where the books have no tax', async () => {
    const { post } = await sessionIn(euros);
    expect((await post('/invoice', anInvoice({ Line: [aLine({ tax: '' })] }))).status).toBe(200);
  });
});

it('a due date before the date of the invoice is refused', async () => {
  const { post } = await sessionIn();
  expect(codeOf(await post('/invoice', anInvoice({ DueDate: '2026-10-14' })))).toBe('6000');
  expect((await post('/invoice', anInvoice({ DueDate: '2026-10-15' }))).status).toBe(200);
});

describe('the currency of a customer', () => {
  it('is that of the books unless it is given, holds for its invoices, and never changes', async () => {
    const { post } = await sessionIn(multi);
    const { Customer: home } = (await post('/customer', { DisplayName: 'Home' })).body;
    const { Customer: abroad } = (await post('/customer', { DisplayName: 'Abroad', CurrencyRef: { value: 'EUR' } }))
      .body;
    expect([home.CurrencyRef.value, abroad.CurrencyRef.value]).toEqual(['USD', 'EUR']);
    const inEuros = { CustomerRef: { value: home.Id }, CurrencyRef: { value: 'EUR' } };
    expect(codeOf(await post('/invoice', anInvoice(inEuros)))).toBe('6000');
    const change = { Id: home.Id, SyncToken: home.SyncToken, sparse: true, CurrencyRef: { value: 'EUR' } };
    expect(codeOf(await post('/customer', change))).toBe('6000');
  });

  it('cannot be another one without multicurrency', async () => {
    const { post } = await sessionIn();
    expect(codeOf(await post('/customer', { DisplayName: 'Abroad', CurrencyRef: { value: 'EUR' } }))).toBe('6000');
  });
});

it('more lines than QuickBooks takes are refused', async () => {
  const { post } = await sessionIn();
  expect(codeOf(await post('/invoice', anInvoice({ Line: Array.from({ length: 751 }, () => aLine()) })))).toBe('2010');
});

it('a customer that is merged away is inactive, and its invoices are the other one’s', async () => {
  const { post, get } = await sessionIn({
    customers: [
      { Id: '1', DisplayName: 'Adatum' },
      { Id: '2', DisplayName: 'Other' },
    ],
  });
  const { Invoice } = (await post('/invoice', anInvoice())).body;
  const merge = { action: 'merge-customer', customerId: '1', into: '2' };
  await fetch(`${t.quickbooks.url}/_control/companies/9130001/by-hand`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(merge),
  });
  expect((await get(`/invoice/${Invoice.Id}`)).body.Invoice.CustomerRef.value).toBe('2');
  expect(codeOf(await post('/invoice', anInvoice()))).toBe('610');
});
