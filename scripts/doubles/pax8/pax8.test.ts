import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleAccount } from './sample-account.ts';
import { startPax8 } from './server.ts';
import type { Pax8 } from './server.ts';

let pax8: Pax8;
let clock: Date;

const first = sampleAccount({ clientId: 'first', month: '2026-10' });
const second = sampleAccount({ clientId: 'second', month: '2026-10' });
const partner = 'https://api.pax8.com';

beforeEach(async () => {
  clock = new Date('2026-10-15T12:00:00Z');
  pax8 = await startPax8({ accounts: [{ ...first, invoicesSince: '2026-10' }, second], now: () => clock });
});
afterEach(() => pax8.close());

async function token(clientId: string, audience = partner, secret = 'local') {
  const body = { client_id: clientId, client_secret: secret, audience, grant_type: 'client_credentials' };
  const reply = await fetch(`${pax8.url}/v1/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: reply.status, ...(await reply.json()) };
}

async function session(clientId = 'first') {
  const { access_token: bearer } = await token(clientId);
  const call = async (method: string, path: string, body?: object) => {
    const reply = await fetch(`${pax8.url}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await reply.text();
    const retryAfter = reply.headers.get('retry-after');
    return { status: reply.status, retryAfter, text, ...(text === '' ? {} : JSON.parse(text)) };
  };
  return { get: (path: string) => call('GET', path), call };
}

const [suite, , cloud] = first.subscriptions;
const [summary] = first.usage;

describe('signing in', () => {
  test('a token lasts a day, and a form or a missing field is not understood', async () => {
    expect(await token('first')).toMatchObject({ status: 200, expires_in: 86_400, token_type: 'Bearer' });
    expect(await token('first', partner, 'wrong')).toMatchObject({ status: 401 });
    const form = await fetch(`${pax8.url}/v1/token`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'first' }),
    });
    expect(form.status).toBe(400);
    const { get } = await session();
    clock = new Date('2026-10-16T12:00:01Z');
    expect(await get('/companies')).toMatchObject({ status: 401, type: 'UNAUTHORIZED', instance: '/v1/companies' });
  });

  test('a token of another audience opens nothing', async () => {
    const { access_token: bearer } = await token('first', 'api://usage');
    const reply = await fetch(`${pax8.url}/v1/companies`, { headers: { authorization: `Bearer ${bearer}` } });
    expect(reply.status).toBe(401);
  });

  test('the token of one partner never shows the data of another', async () => {
    const { get } = await session('second');
    expect((await get('/companies')).content).toEqual(
      second.companies.map((company) => ({ ...company, status: 'Active' })),
    );
    expect(await get(`/companies/${first.companies[0]?.id}`)).toMatchObject({ status: 404, type: 'NOT_FOUND' });
    expect(await get(`/subscriptions/${suite?.id}`)).toMatchObject({ status: 404 });
    expect(await get(`/usage-summaries/${summary?.id}/usage-lines?usageDate=2026-10-01`)).toMatchObject({
      status: 404,
    });
  });
});

describe('lists', () => {
  test('pages are 0-based, 10 rows unless asked, and more than 200 is refused', async () => {
    const many = Array.from({ length: 25 }, (_, index) => ({
      ...first.products[0],
      id: crypto.randomUUID(),
      name: `P${index}`,
      vendorName: 'V',
    }));
    pax8.putAccount({ ...first, products: many });
    const { get } = await session();
    expect((await get('/products')).page).toEqual({ size: 10, totalElements: 25, totalPages: 3, number: 0 });
    expect((await get('/products?page=2')).content).toHaveLength(5);
    expect(await get('/products?size=201')).toMatchObject({
      status: 400,
      details: [{ message: expect.stringContaining('200') }],
    });
    expect((await get('/products?size=3&sort=name,desc')).content[0].name).toBe('P9');
    expect(await get('/products?sort=price')).toMatchObject({ status: 400 });
  });

  test('an empty list of invoices has no content, pricing and history have no page', async () => {
    const { get } = await session('second');
    expect(JSON.parse((await get('/invoices')).text)).toEqual({
      page: { size: 10, totalElements: 0, totalPages: 0, number: 0 },
    });
    const pricing = JSON.parse((await get(`/products/${second.products[0]?.id}/pricing`)).text);
    expect(Object.keys(pricing)).toEqual(['content']);
    expect(pricing.content[0].rates[1].endQuantityRange).toBeNull();
    expect(Object.keys(JSON.parse((await get(`/subscriptions/${second.subscriptions[0]?.id}/history`)).text))).toEqual([
      'content',
    ]);
  });

  test('a page count that lies and rows that shift are switched on', async () => {
    pax8.setQuirks({ totalPagesOff: 1, rowsLostAfterFirstPage: 1 });
    const { get } = await session();
    expect((await get('/companies?size=1')).page).toMatchObject({ totalElements: 2, totalPages: 3 });
    expect((await get('/companies?size=1&page=1')).content).toEqual([]);
  });

  test('the thousand and first successful call of a minute is refused without a waiting time', async () => {
    pax8.setQuirks({ callsPerMinute: 2 });
    const { get, call } = await session();
    await get('/companies');
    await get('/companies/00000000-0000-4000-8000-000000000000');
    await get('/companies');
    expect(await call('GET', '/companies')).toMatchObject({ status: 429, retryAfter: null });
    clock = new Date(clock.getTime() + 60_001);
    expect((await get('/companies')).status).toBe(200);
  });
});

test.each([
  ['seconds', '20'],
  ['date', 'Wed, 07 Oct 2026 12:00:20 GMT'],
] as const)('a refused call may say when to come again: by %s', async (retryAfter, expected) => {
  clock = new Date('2026-10-07T11:59:20Z');
  pax8.setQuirks({ callsPerMinute: 1, retryAfter });
  const { get, call } = await session();
  await get('/companies');
  clock = new Date('2026-10-07T12:00:00Z');
  expect(await call('GET', '/companies')).toMatchObject({ status: 429, retryAfter: expected });
});

describe('usage', () => {
  test('lines come by day in exact decimals, and a day is required', async () => {
    const { get } = await session();
    const path = `/usage-summaries/${summary?.id}/usage-lines`;
    expect(await get(path)).toMatchObject({ status: 400 });
    const { content, text } = await get(`${path}?usageDate=2026-10-03`);
    expect(content).toMatchObject([{ quantity: 864.456, partnerTotal: 106.328, currentCharges: 129.668 }]);
    expect(text).toContain('106.328');
    const { content: summaries } = await get(`/subscriptions/${cloud?.id}/usage-summaries`);
    expect(summaries).toMatchObject([{ partnerTotal: 212.656, currentCharges: 259.337, resourceGroup: 'rg-main' }]);
  });

  test('a day that was read may change afterwards', async () => {
    const reply = await fetch(`${pax8.url}/_control/accounts/first/usage-day`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ usageSummaryId: summary?.id, usageDate: '2026-10-03', lines: [] }),
    });
    expect(reply.status).toBe(200);
    const { get } = await session();
    expect((await get(`/usage-summaries/${summary?.id}/usage-lines?usageDate=2026-10-03`)).content).toEqual([]);
  });
});

describe('invoices', () => {
  test('the final invoice appears on the 5th, with usage of the month before', async () => {
    const { get } = await session();
    expect((await get('/invoices')).page.totalElements).toBe(1);
    clock = new Date('2026-11-04T23:59:59Z');
    const later = await session();
    expect((await later.get('/invoices')).page.totalElements).toBe(1);
    clock = new Date('2026-11-05T00:00:00Z');
    const { content } = await later.get('/invoices?sort=invoiceDate,desc');
    expect(content.map((invoice: { invoiceDate: string }) => invoice.invoiceDate)).toEqual([
      '2026-11-05',
      '2026-10-05',
    ]);
    const items = (await later.get(`/invoices/${content[0].id}/items`)).content;
    expect(items).toMatchObject([
      { term: 'Monthly', quantity: 45, price: 12.5, total: 562.5, costTotal: 470.25, endPeriod: '2026-12-01' },
      { term: 'Arrears', costTotal: 212.656, startPeriod: '2026-10-01', endPeriod: '2026-10-31' },
    ]);
    expect(items[0].id).toBeUndefined();
  });

  test('drafts spell the terms as invoices do and leave usage out', async () => {
    const { get } = await session();
    const { content } = await get('/invoices/draftItems?monthOffset=0');
    expect(content.map((item: { term: string }) => item.term)).toEqual(['Monthly', '3 Year']);
    expect(await get('/invoices/draftItems?monthOffset=2')).toMatchObject({ status: 422 });
  });

  test('a quantity that lags is invoiced by the vendor’s own number', async () => {
    pax8.putAccount({
      ...first,
      subscriptions: first.subscriptions.map((subscription) => ({ ...subscription, invoicedQuantity: 50 })),
    });
    const { get } = await session();
    expect((await get('/invoices/draftItems?monthOffset=0')).content[0].quantity).toBe(50);
    const own = await get(`/subscriptions/${suite?.id}`);
    expect(own).toMatchObject({ quantity: 45 });
    expect(own.invoicedQuantity).toBeUndefined();
  });
});

describe('writes', () => {
  test('a change takes every field it is given and leaves a snapshot', async () => {
    const { call, get } = await session();
    expect(await call('PUT', `/subscriptions/${suite?.id}`, { note: 'x' })).toMatchObject({
      status: 422,
      details: [{ status: 422 }],
    });
    await call('PUT', `/subscriptions/${suite?.id}`, { quantity: 46, price: 1 });
    const { content } = await get(`/subscriptions/${suite?.id}/history`);
    expect(content.map((snapshot: { quantity: number; price: number }) => [snapshot.quantity, snapshot.price])).toEqual(
      [
        [46, 1],
        [45, 12.5],
      ],
    );
  });

  test('a mock order checks everything and changes nothing', async () => {
    const { call, get } = await session();
    const line = { productId: first.products[0]?.id, lineItemNumber: 1, quantity: 2, billingTerm: 'Monthly' };
    const order = { companyId: first.companies[0]?.id, lineItems: [line] };
    expect((await call('POST', '/orders?isMock=true', order)).status).toBe(200);
    expect((await get('/orders')).page.totalElements).toBe(0);
    expect(await call('POST', '/orders?isMock=true', { ...order, companyId: crypto.randomUUID() })).toMatchObject({
      status: 422,
      details: [{ message: expect.stringContaining('not found') }],
    });
  });

  test('what is ordered with a commitment is bought until its end', async () => {
    const { call, get } = await session();
    const [, backup] = first.products;
    const { commitmentDependencies } = await get(`/products/${backup?.id}/dependencies`);
    expect(commitmentDependencies).toMatchObject([{ term: '3-Year', allowForQuantityDecrease: false }]);
    const line = { productId: backup?.id, lineItemNumber: 1, quantity: 2, billingTerm: 'Monthly' };
    const ordered = (commitmentTermId: string) =>
      call('POST', '/orders', { companyId: first.companies[0]?.id, lineItems: [{ ...line, commitmentTermId }] });
    const [{ id }] = commitmentDependencies;
    const answer = await ordered(id);
    const { subscriptionId } = answer.lineItems[0];
    expect((await get(`/subscriptions/${subscriptionId}`)).commitmentTerm).toEqual({
      id,
      term: '3-Year',
      endDate: new Date(Date.UTC(clock.getUTCFullYear() + 3, clock.getUTCMonth(), clock.getUTCDate())).toISOString(),
    });
    expect(await ordered(crypto.randomUUID())).toMatchObject({ status: 422 });
  });

  test('an order is committed although its reply is lost', async () => {
    pax8.faults.add([{ match: { method: 'POST', path: '/orders' }, fault: { dropConnection: 'after' } }]);
    const { call, get } = await session();
    const line = { productId: first.products[0]?.id, lineItemNumber: 1, quantity: 2, billingTerm: 'Monthly' };
    await expect(call('POST', '/orders', { companyId: first.companies[0]?.id, lineItems: [line] })).rejects.toThrow(
      'fetch failed',
    );
    expect((await get('/orders')).page.totalElements).toBe(1);
    expect((await get('/subscriptions')).page.totalElements).toBe(4);
  });
});
