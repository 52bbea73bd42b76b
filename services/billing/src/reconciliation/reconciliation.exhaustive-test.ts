import { required } from '@legendops/kit/testing/required';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { invoiceOf } from '../../../../scripts/doubles/pax8/invoice-items.ts';
import { draftInvoices } from '../invoice/draft-invoices.ts';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';
import type { ReconciledLine, Reconciliation } from './contract.ts';

let t: PostingWorld;
const period = '2026-01-01';
beforeEach(async () => {
  t = await postingWorld();
  const { invoices } = t.world.account();
  invoices.push(invoiceOf(t.world.account(), '2026-01'), invoiceOf(t.world.account(), '2026-02'));
});
afterEach(() => t.world.close());

const sync = () => t.world.run({ name: 'usage-sync', work: syncFromPax8 }, { at: '2026-02-07T06:30:00Z' });
const summary = async (): Promise<Reconciliation> => (await t.call('GET', `reconciliations/${period}`)).body;
const lines = async (query = ''): Promise<ReconciledLine[]> =>
  (await t.call('GET', `reconciliations/${period}/lines${query}`)).body.data;
const inBrief = async () =>
  (await lines())
    .toSorted((one, other) => one.productName.localeCompare(other.productName))
    .map((one) => [one.productName, one.reason, one.costMinor, one.billedMinor, one.atStakeMinor]);
const itemOf = (product: string) =>
  required(
    t.world
      .account()
      .invoices.flatMap(({ items }) => items)
      .find((item) => item.productName === product),
    'item',
  );
const lineOf = async (product: string) =>
  required(
    (await lines()).find(({ productName }) => productName === product),
    'line',
  );
const postAll = async () => {
  await t.post('Fabrikam');
  await t.post('Tailspin Toys');
  await t.world.post();
  await t.world.post();
};

describe('a month in which all three sides agree', () => {
  it('has no difference, and sums that are exact', async () => {
    await sync();
    await postAll();
    expect(await inBrief()).toEqual([
      ['Backup per device', null, '47250', '59063', '0'],
      ['Cloud consumption', null, '21266', '26582', '0'],
      ['Productivity Suite', null, '47025', '58781', '0'],
    ]);
    expect(await summary()).toEqual({
      period,
      seats: 'final',
      usage: 'final',
      totals: [
        {
          currency: 'USD',
          costMinor: '115541',
          billedMinor: '144426',
          inQuickBooksMinor: '144426',
          marginMinor: '28885',
          atStakeMinor: '0',
          unbilledSeats: '0',
          withoutCost: 0,
        },
      ],
      differences: [],
    });
  });

  it('is told as not posted until it is in QuickBooks', async () => {
    await sync();
    expect((await summary()).differences).toEqual([
      { reason: 'not-posted', currency: 'USD', count: 3, atStakeMinor: '144426' },
    ]);
    await t.post('Fabrikam');
    await t.world.post();
    expect((await summary()).differences).toEqual([
      { reason: 'not-posted', currency: 'USD', count: 1, atStakeMinor: '59063' },
    ]);
  });
});

describe('what differs', () => {
  it('a quantity that Pax8 bills, though its list of subscriptions says another', async () => {
    Object.assign(itemOf('Productivity Suite'), { quantity: 50, costTotal: 522.5 });
    await sync();
    expect(await lineOf('Productivity Suite')).toMatchObject({
      reason: 'quantity-differs',
      costMinor: '52250',
      knownCostMinor: '47025',
      invoicedQuantity: '50',
      billedQuantity: '45',
      reportedQuantity: '45',
      atStakeMinor: '5225',
      marginMinor: '6531',
    });
    expect((await summary()).totals).toMatchObject([{ unbilledSeats: '5' }]);
  });

  it('a price; a minor unit a seat is rounding', async () => {
    Object.assign(itemOf('Productivity Suite'), { costTotal: 470.7 });
    await sync();
    expect((await lineOf('Productivity Suite')).reason).toBe('not-posted');
    Object.assign(itemOf('Productivity Suite'), { costTotal: 480 });
    await sync();
    expect(await lineOf('Productivity Suite')).toMatchObject({ reason: 'price-differs', atStakeMinor: '975' });
  });

  it('what Pax8 bills and nobody is billed for, of a customer and of a company that is none', async () => {
    const suite = itemOf('Productivity Suite');
    const [, february] = t.world.account().invoices;
    const other = {
      ...suite,
      subscriptionId: '0190f000-0000-4000-8000-0000000000aa',
      productName: 'Phones',
      costTotal: 99.999,
    };
    const foreign = {
      ...other,
      subscriptionId: null,
      companyId: '0190f000-0000-4000-8000-0000000000bb',
      companyName: 'Nobody',
    };
    required(february, 'invoice').items.push(other, foreign, { ...foreign, type: 'payment-credit', costTotal: -500 });
    await sync();
    expect(
      (await lines('?reason=not-billed')).map((one) => [one.customerName, one.productName, one.atStakeMinor]),
    ).toEqual([['Fabrikam', 'Phones', '10000']]);
    expect(
      (await lines('?reason=unlinked')).map((one) => [one.customerName, one.customerId, one.atStakeMinor]),
    ).toEqual([['Nobody', null, '10000']]);
  });

  it('what is billed and Pax8 does not bill; before its invoice is there nobody can say so', async () => {
    const [january, february] = t.world.account().invoices;
    const items = required(january, 'invoice').items.splice(0, 1);
    await sync();
    // No item of the company is there at all.
    expect((await lineOf('Productivity Suite')).reason).toBe('no-data');
    required(january, 'invoice').items.push({
      ...required(items[0], 'item'),
      subscriptionId: null,
      quantity: 1,
      costTotal: 1,
    });
    required(february, 'invoice').items.splice(0);
    await sync();
    expect((await lines('?reason=billed-without-cost')).map((one) => [one.subscriptionId, one.atStakeMinor])).toEqual([
      [t.world.account().subscriptions[0]?.id, '58781'],
    ]);
  });

  it('another currency is never converted', async () => {
    Object.assign(itemOf('Productivity Suite'), { currencyCode: 'EUR' });
    await sync();
    expect(
      (await lines('?reason=currency-differs')).map((one) => [one.currency, one.costMinor, one.billedMinor]),
    ).toEqual([
      ['USD', '0', '58781'],
      ['EUR', '47025', '0'],
    ]);
    expect((await summary()).totals.map(({ currency, costMinor }) => [currency, costMinor])).toEqual([
      ['EUR', '47025'],
      ['USD', '68516'],
    ]);
  });

  it('an invoice that was deleted in QuickBooks counts as not there', async () => {
    await sync();
    await postAll();
    const [posting] = await t.world.rows<{ doc_number: string }>(
      "select p.doc_number from billing.postings p join billing.invoices i on i.id = p.invoice_id where i.customer_name = 'Fabrikam'",
    );
    await t.world.rows(
      `insert into billing.exceptions (tenant_id, subject_key, code, detail, next_step)
       values ($1, $2, 'posted.missing', 'x', 'x')`,
      [t.world.tenantId, `posted:${posting?.doc_number}`],
    );
    expect((await lines()).map((one) => [one.reason, one.atStakeMinor])).toEqual([
      ['changed-in-quickbooks', '58781'],
      ['changed-in-quickbooks', '26582'],
      [null, '0'],
    ]);
  });
});

describe('reading it', () => {
  it('page by page is the whole, the most money first', async () => {
    await sync();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await t.call(
        'GET',
        `reconciliations/${period}/lines?limit=1${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...body.data.map(({ atStakeMinor }: ReconciledLine) => atStakeMinor));
      cursor = body.page.next;
    } while (cursor !== null);
    expect(seen).toEqual(['59063', '58781', '26582']);
  });

  it('margins by customer and by product', async () => {
    await sync();
    const margins = async (by: string) =>
      (await t.call('GET', `reconciliations/${period}/margins?by=${by}`)).body.data.map(
        (one: Record<string, unknown>) => [one.name, one.billedMinor, one.costMinor, one.marginMinor, one.withoutCost],
      );
    expect(await margins('customer')).toEqual([
      ['Fabrikam', '85363', '68291', '17072', 0],
      ['Tailspin Toys', '59063', '47250', '11813', 0],
    ]);
    expect(await margins('product')).toEqual([
      ['Backup per device', '59063', '47250', '11813', 0],
      ['Cloud consumption', '26582', '21266', '5316', 0],
      ['Productivity Suite', '58781', '47025', '11756', 0],
    ]);
  });

  it('a table takes no cell for a formula', async () => {
    await sync();
    await t.world.rows("update billing.customers set name = '=HYPERLINK(1)' where name = 'Fabrikam'");
    const file = await t.call('GET', `reconciliations/${period}/export`);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="reconciliation-2026-01.csv"');
    const text = String(file.body);
    expect(text.split('\r\n')).toHaveLength(5);
    expect(text).toContain(`"2026-01","'=HYPERLINK(1)","Productivity Suite"`);
    expect(text).toContain('"470.25","587.81","0.00","117.56","45","45","45","not-posted","587.81"');
  });

  it('a day that is no month is none', async () => {
    expect(await t.call('GET', 'reconciliations/2026-01-02')).toMatchObject({ status: 404 });
  });
});

describe('an invoice that is void', () => {
  const voidOf = async (billsAnew: boolean) => {
    await sync();
    await postAll();
    await t.answer('voiding', { reason: 'A mistake', billsAnew });
    await t.world.post();
  };

  it('counts for nothing where it was never owed: Pax8 bills what nobody pays', async () => {
    await voidOf(false);
    expect(await lineOf('Productivity Suite')).toMatchObject({
      reason: 'not-billed',
      costMinor: '47025',
      billedMinor: '0',
      inQuickBooksMinor: '0',
      atStakeMinor: '47025',
    });
  });

  it('counts once where it is billed anew', async () => {
    await voidOf(true);
    const next = '2026-02-01';
    await t.world.rows(
      `insert into billing.usage_days (tenant_id, day, read_on)
       select $1, day::date, '2026-03-06' from generate_series('2026-02-01', '2026-02-28', interval '1 day') day
       on conflict (tenant_id, day) do update set read_on = excluded.read_on`,
      [t.world.tenantId],
    );
    await t.world.run({ name: 'invoice-run', work: draftInvoices }, { PERIOD: next, at: '2026-03-06T06:30:00Z' });
    const { billedMinor, knownCostMinor, inQuickBooksMinor } = await lineOf('Productivity Suite');
    expect({ billedMinor, knownCostMinor, inQuickBooksMinor }).toEqual({
      billedMinor: '58781',
      knownCostMinor: '47025',
      inQuickBooksMinor: '0',
    });
  });
});
