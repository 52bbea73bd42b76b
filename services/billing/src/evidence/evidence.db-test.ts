import { required } from '@legendops/kit/testing/required';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { billingWorld, importCustomers, type BillingWorld } from '../testing/billing-world.ts';
import type { Pax8PriceList, SubscriptionHistory } from './contract.ts';

let world: BillingWorld;
let fabrikam: string;
const orderId = (number: number) => `0190f000-0000-4000-8000-00000000000${number}`;
const suite = () => required(world.account().subscriptions[0], 'subscription');
const product = () => required(world.account().products[0], 'product');
const sync = (day: string) =>
  world.run({ name: 'usage-sync', work: syncFromPax8 }, { at: `${day}T06:30:00Z`, SYNC_FROM: '2026-01-01' });
const order = (number: number, createdDate: string, quantity: number) => ({
  id: orderId(number),
  companyId: suite().companyId,
  createdDate,
  orderedBy: 'Pax8 Partner',
  orderedByUserEmail: 'ada@northwind.example',
  isScheduled: false,
  lineItems: [{ id: 'x', productId: product().id, subscriptionId: suite().id, billingTerm: 'Monthly', quantity }],
});
const call = (method: string, path: string, { body, ...actor }: { body?: unknown; tenantId?: string } = {}) =>
  world.api.call(method, `/api/billing/v1/${path}`, {
    actor: { tenantId: world.tenantId, ...actor },
    ...(body !== undefined && { body }),
    headers: { 'idempotency-key': crypto.randomUUID() },
  });

beforeAll(async () => {
  world = await billingWorld({ invoicesOn: () => new Date('2026-02-10T06:30:00Z') });
  await world.connectPax8();
  world.account().orders.push(order(1, '2025-12-30', 45));
  await sync('2026-01-06');
  await importCustomers(world);
  const markup = (markupPercent: string, validFrom: string) =>
    call('POST', 'price-rules', { body: { kind: 'markup', markupPercent, validFrom } });
  await markup('25', '2000-01-01');
  await markup('60', '2026-02-01');
  world.account().history.unshift({ ...suite(), quantity: 45 });
  world.account().orders.push(order(2, '2026-01-19', 5));
  Object.assign(suite(), { quantity: 50 });
  Object.assign(product(), { pricing: [{ ...product().pricing[0], rates: [{ partnerBuyRate: 11 }] }] });
  await sync('2026-01-20');
  world.clock.at = new Date('2026-02-10T12:00:00Z');
  const [customer] = await world.rows<{ id: string }>("select id from billing.customers where name = 'Fabrikam'");
  fabrikam = required(customer, 'customer').id;
});
afterAll(() => world.close());

describe('a customer', () => {
  it('has the contacts that Pax8 knows', async () => {
    expect((await call('GET', `customers/${fabrikam}/pax8-contacts`)).body.data).toMatchObject([
      {
        name: 'Ada Admin',
        email: 'ada@example.com',
        phone: '555-555-5555',
        types: [{ type: 'Admin', isPrimary: true }],
        createdOn: '2026-01-01',
      },
    ]);
  });

  it('has the orders that were made for it, the newest first, page by page', async () => {
    const path = `customers/${fabrikam}/pax8-orders`;
    expect((await call('GET', path)).body.data.map(({ id }: { id: string }) => id)).toEqual([orderId(2), orderId(1)]);
    const first = (await call('GET', `${path}?limit=1`)).body;
    expect(first.data).toMatchObject([
      {
        createdOn: '2026-01-19',
        orderedBy: 'Pax8 Partner',
        orderedByEmail: 'ada@northwind.example',
        lines: [{ productName: 'Productivity Suite', quantity: '5', subscriptionId: suite().id }],
      },
    ]);
    expect((await call('GET', `${path}?limit=1&cursor=${first.page.next}`)).body).toMatchObject({
      data: [{ id: orderId(1) }],
      page: { next: null },
    });
    const [other] = await world.rows<{ id: string }>("select id from billing.customers where name = 'Tailspin Toys'");
    expect((await call('GET', `customers/${other?.id}/pax8-orders`)).body.data).toEqual([]);
  });
});

it('a subscription is a sequence of priced terms, each with the orders behind it', async () => {
  const history: SubscriptionHistory = (await call('GET', `subscriptions/${suite().id}/history`)).body;
  expect(history).toMatchObject({ customerName: 'Fabrikam', productName: 'Productivity Suite', currency: 'USD' });
  const cost = { unitCost: '10.45', suggestedPrice: '12.50' };
  expect(history.terms).toEqual([
    {
      from: '2026-02-01',
      to: null,
      status: 'Active',
      billingTerm: 'Monthly',
      quantity: '50',
      pricedOn: '2026-02-01',
      ...cost,
      unitPrice: '16.72',
      priceRule: 'Price rule: cost plus 60 %',
      margin: '6.27',
      marginPercent: '37.5',
      orders: [],
    },
    expect.objectContaining({
      from: '2026-01-20',
      to: '2026-02-01',
      quantity: '50',
      unitPrice: '13.0625',
      margin: '2.6125',
      marginPercent: '20',
      orders: [expect.objectContaining({ createdOn: '2026-01-19', quantity: '5' })],
    }),
    expect.objectContaining({
      from: '2026-01-01',
      to: '2026-01-20',
      quantity: '45',
      orders: [expect.objectContaining({ createdOn: '2025-12-30', quantity: '45' })],
    }),
  ]);
  expect(history.formerStates).toMatchObject([
    { quantity: '50', changedOn: '2026-01-02', unitCost: '10.45' },
    { quantity: '45', changedOn: '2026-01-02', unitCost: '10.45' },
  ]);
});

it('a price that no rule makes, or a cost that Pax8 does not say, has no margin', async () => {
  await world.rows('update billing.pax8_subscriptions set cost_e8 = null where id = $1', [suite().id]);
  const { terms }: SubscriptionHistory = (await call('GET', `subscriptions/${suite().id}/history`)).body;
  expect(terms[0]).toMatchObject({
    unitCost: null,
    unitPrice: null,
    priceRule: 'Price rule: cost plus 60 %',
    margin: null,
  });
  const [, backup] = world.account().subscriptions;
  await world.rows("update billing.price_rules set valid_to = '2026-01-01', valid_from = '1999-01-01'");
  const none: SubscriptionHistory = (await call('GET', `subscriptions/${backup?.id}/history`)).body;
  expect(none.terms[0]).toMatchObject({ pricedOn: '2026-01-01', unitCost: '67.50', unitPrice: null, priceRule: null });
  expect(none.commitment).toEqual({ term: '3-Year', endDate: '2029-01-01' });
  await world.rows(
    "update billing.price_rules set valid_to = null, valid_from = case markup_ppm when 250000 then '2000-01-01'::date else '2026-02-01' end",
  );
});

it('a product has the price list of Pax8, with the days on which each price was listed and what ours leaves', async () => {
  const list: Pax8PriceList = (await call('GET', `products/${product().id}/pax8-prices`)).body;
  expect(list).toMatchObject({ productName: 'Productivity Suite', currency: 'USD' });
  expect(list.data.map(({ from, to, billingTerm }) => [from, to, billingTerm])).toEqual([
    ['2026-01-20', null, 'Monthly'],
    ['2026-01-06', '2026-01-20', 'Monthly'],
  ]);
  expect(list.data[0]?.rates).toEqual([
    {
      fromQuantity: null,
      toQuantity: null,
      chargeType: null,
      cost: '11.00',
      suggestedPrice: null,
      unitPrice: '17.60',
      priceRule: 'Price rule: cost plus 60 %',
      margin: '6.60',
      marginPercent: '37.5',
    },
  ]);
  // By the rule of its last day.
  expect(list.data[1]?.rates).toMatchObject([
    { fromQuantity: '1', toQuantity: '100', cost: '10.45', suggestedPrice: '12.50', unitPrice: '13.0625' },
    { fromQuantity: '101', toQuantity: null, cost: '9.405', marginPercent: '20' },
  ]);
});

describe('what is another organisation’s, or nobody’s', () => {
  it('is not there', async () => {
    const other = await aTenant(world.database.administrator, { name: 'contoso' });
    const none = '0190f000-0000-4000-8000-0000000000ff';
    for (const [path, code] of [
      [(id: string) => `customers/${id}/pax8-contacts`, 'customer.not-found'],
      [(id: string) => `customers/${id}/pax8-orders`, 'customer.not-found'],
      [(id: string) => `subscriptions/${id}/history`, 'subscription.not-found'],
      [(id: string) => `products/${id}/pax8-prices`, 'product.not-found'],
    ] as const) {
      const own =
        code === 'customer.not-found' ? fabrikam : code === 'subscription.not-found' ? suite().id : product().id;
      expect((await call('GET', path(own))).status).toBe(200);
      const [theirs, nobodys] = [await call('GET', path(own), { tenantId: other }), await call('GET', path(none))];
      expect([theirs.status, theirs.body.code]).toEqual([404, code]);
      expect([nobodys.status, nobodys.body.code]).toEqual([404, code]);
    }
  });
});
