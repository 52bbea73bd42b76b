import { required } from '@legendops/kit/testing/required';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { invoiceOf } from '../../../../scripts/doubles/pax8/invoice-items.ts';
import { billingWorld, month, type BillingWorld } from '../testing/billing-world.ts';
import { syncFromPax8 } from './sync-from-pax8.ts';

let world: BillingWorld;
let at: string;
beforeEach(async () => {
  at = '2026-01-03T06:30:00Z';
  world = await billingWorld({ invoicesOn: () => new Date(at) });
  await world.connectPax8();
});
afterEach(() => world.close());

const sync = (day: string) => {
  at = `${day}T06:30:00Z`;
  return world.run({ name: 'usage-sync', work: syncFromPax8 }, { at });
};
const evidence = (kind: string) =>
  world.rows<{ id: string; body: Record<string, unknown>; from: string; to: string | null }>(
    `select id, body, effective_from::text as "from", effective_to::text as "to" from billing.pax8_evidence
     where kind = $1 order by subject, id, effective_from`,
    [kind],
  );
const items = () =>
  world.rows<{ month: string; is_final: boolean; type: string; term: string; period: string; cost: string }>(
    `select invoice_month::text as month, invoice_id is not null as is_final, type, term, period::text, cost_e8::text as cost
     from billing.pax8_invoice_items where superseded_at is null order by invoice_month, is_final, period, term, cost_e8`,
  );
const told = async () =>
  (
    await world.rows<{ code: string; subject_key: string }>(
      'select code, subject_key from billing.exceptions where resolved_at is null order by code, subject_key',
    )
  ).map(({ code, subject_key }) => [code, subject_key]);
const issue = (of = month) => world.account().invoices.push(invoiceOf(world.account(), of));
const invoice = (index = 0) => required(world.account().invoices[index], 'invoice');

describe('invoices of Pax8', () => {
  it('are final from the 5th on; before them stand the draft items, without usage', async () => {
    issue();
    await sync('2026-01-03');
    expect((await items()).map((one) => [one.month, one.is_final, one.term])).toEqual([
      ['2026-01-01', false, '3-Year'],
      ['2026-01-01', false, 'Monthly'],
      ['2026-02-01', false, 'Monthly'],
    ]);
    await sync('2026-01-05');
    expect((await items()).map((one) => [one.month, one.is_final, one.cost])).toEqual([
      // 7 × 67.50 for three years, and 45 × 10.45.
      ['2026-01-01', true, '4725000000000'],
      ['2026-01-01', true, '4702500000000'],
      ['2026-02-01', false, '4702500000000'],
    ]);
  });

  it('say usage of the month before, and spell terms in another way', async () => {
    issue('2026-02');
    await sync('2026-02-06');
    expect((await items()).filter(({ is_final }) => is_final)).toEqual([
      expect.objectContaining({ month: '2026-02-01', period: '2026-01-01', term: 'Arrears' }),
      expect.objectContaining({ month: '2026-02-01', period: '2026-02-01', term: 'Monthly' }),
    ]);
  });

  it('are taken once, with two items that say the same, and followed when they change', async () => {
    issue();
    const [first] = invoice().items;
    invoice().items.push(
      { ...required(first, 'item') },
      { ...required(first, 'item'), type: 'prorate', costTotal: -12.345 },
    );
    await sync('2026-01-06');
    const before = await items();
    expect(before.filter(({ is_final }) => is_final)).toHaveLength(4);
    expect(before.map(({ cost }) => cost)).toContain('-123450000000');
    await sync('2026-01-07');
    expect(await items()).toEqual(before);
    expect(
      await world.rows(
        'select from billing.pax8_invoice_items where superseded_at is not null and invoice_id is not null',
      ),
    ).toHaveLength(0);
    invoice().items.pop();
    Object.assign(invoice(), { status: 'Paid', balance: 0 });
    await sync('2026-01-08');
    expect((await items()).filter(({ is_final }) => is_final)).toHaveLength(3);
    expect((await evidence('invoice')).map(({ body, from, to }) => [body.status, from, to])).toEqual([
      ['Unpaid', '2026-01-06', '2026-01-08'],
      ['Paid', '2026-01-08', null],
    ]);
  });

  it('count no more when they are void', async () => {
    issue();
    await sync('2026-01-06');
    Object.assign(invoice(), { status: 'Void' });
    await sync('2026-01-07');
    expect((await items()).filter(({ is_final }) => is_final)).toEqual([]);
  });

  it('do not vanish on a bad day: that is told, and what was read stays', async () => {
    issue();
    await sync('2026-01-06');
    const before = await items();
    const { invoices } = world.account();
    const kept = invoices.splice(0);
    await sync('2026-01-07');
    expect(await items()).toEqual(before);
    expect(await told()).toEqual([['evidence.unread', 'pax8:list:invoices']]);
    invoices.push(...kept);
    const all = invoice().items.splice(0);
    await sync('2026-01-08');
    expect(await items()).toEqual(before);
    expect(await told()).toEqual([['evidence.unread', 'pax8:list:items of the invoice of 2026-01-05']]);
    invoice().items.push(...all);
    await sync('2026-01-09');
    expect(await told()).toEqual([]);
  });

  it('hold an item alone that cannot be read', async () => {
    issue();
    const suite = required(invoice().items[0], 'item');
    invoice().items.push({ ...suite, quantity: null }, { ...suite, costTotal: 1e30 });
    await sync('2026-01-06');
    expect((await items()).filter(({ is_final }) => is_final)).toHaveLength(2);
    expect(await told()).toEqual([
      ['evidence.unreadable', `pax8:invoice item:${invoice().id}`],
      ['evidence.unreadable', `pax8:invoice item:${invoice().id} ${String(suite.subscriptionId)}`],
    ]);
  });

  it('that may not be read keep neither usage nor the other lists back', async () => {
    world.pax8.faults.add([{ match: { path: '/v1/invoices' }, fault: { status: 403 } }]);
    await sync('2026-01-06');
    expect(await told()).toContainEqual(['evidence.unread', 'pax8:list:invoices']);
    expect(await evidence('contact')).toHaveLength(2);
    expect(await world.rows("select from billing.runs where state = 'done'")).toHaveLength(1);
  });
});

describe('orders, contacts, prices and histories', () => {
  it('are kept in versions, and end when they are listed no more', async () => {
    const { contacts, orders, companies, products } = world.account();
    const company = required(companies[0], 'company');
    const product = required(products[0], 'product');
    orders.push({
      id: '0190f000-0000-4000-8000-00000000000a',
      companyId: company.id,
      createdDate: '2026-01-02',
      orderedBy: 'Pax8 Partner',
      isScheduled: false,
      lineItems: [{ id: 'x', productId: product.id, billingTerm: 'Monthly', quantity: 5 }],
    });
    await sync('2026-01-06');
    expect((await evidence('order')).map(({ body }) => body)).toEqual([
      expect.objectContaining({ createdDate: '2026-01-02', lineItems: [expect.objectContaining({ quantity: '5' })] }),
    ]);
    expect((await evidence('contact')).map(({ body }) => body.email)).toEqual(['ada@example.com', 'ada@example.com']);
    expect((await evidence('price')).map(({ id }) => id)).toEqual(Array(3).fill('Monthly/Monthly/Each'));

    Object.assign(product, { pricing: [{ ...product.pricing[0], rates: [{ partnerBuyRate: 11 }] }] });
    orders.splice(0);
    Object.assign(required(contacts[0], 'contact'), { email: 'new@example.com' });
    await sync('2026-01-07');
    expect((await evidence('price')).filter(({ from }) => from === '2026-01-07').map(({ body }) => body.rates)).toEqual(
      [[{ partnerBuyRate: '11' }]],
    );
    expect((await evidence('order')).map(({ to }) => to)).toEqual(['2026-01-07']);
    // Contacts are read once a week.
    expect((await evidence('contact')).filter(({ from }) => from === '2026-01-07')).toEqual([]);
    await sync('2026-01-13');
    expect((await evidence('contact')).map(({ body, from, to }) => [body.email, from, to])).toContainEqual([
      'new@example.com',
      '2026-01-13',
      null,
    ]);
  });

  it('a subscription that changed has its former states read', async () => {
    await sync('2026-01-06');
    const [suite] = world.account().subscriptions;
    world.account().history.unshift({ ...required(suite, 'subscription') });
    Object.assign(required(suite, 'subscription'), { quantity: 50 });
    await sync('2026-01-08');
    await sync('2026-01-09');
    expect(
      (await evidence('history'))
        .filter(({ body }) => Number(body.quantity) > 40)
        .map(({ id, body, to }) => [id, body.quantity, to]),
    ).toEqual([
      ['000001', '45', null],
      ['000002', '50', null],
    ]);
  });
});
