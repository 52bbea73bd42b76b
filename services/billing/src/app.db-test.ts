import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { denyMatrix } from '@legendops/kit/testing/deny-matrix';
import { sessionId } from '@legendops/kit/testing/test-api';
import { forgedCursors, type CursorList } from '@legendops/kit/testing/forged-cursors';
import { billingApp } from './app.ts';
import { syncFromPax8 } from './pax8/sync-from-pax8.ts';
import { draftInvoices } from './invoice/draft-invoices.ts';
import { billingWorld, clientId, importCustomers, realmId, type BillingWorld } from './testing/billing-world.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world.close());

let keys = 0;
const call = (
  method: string,
  path: string,
  body?: unknown,
  more: { role?: 'guest'; customerId?: string; headers?: Record<string, string> } = {},
) => {
  const { headers, ...actor } = more;
  return world.api.call(method, `/api/billing/v1/${path}`, {
    actor: { tenantId: world.tenantId, ...actor },
    ...(body !== undefined && { body }),
    headers: { 'idempotency-key': `key-${(keys += 1)}`, ...headers },
  });
};

describe('connections', () => {
  it('to Pax8 are made with credentials that Pax8 accepts, which then are in the vault alone', async () => {
    const wrong = await call('PUT', 'connections/pax8', { clientId, clientSecret: 'wrong' });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'connection.refused']);
    expect(world.vault.secrets.size).toBe(0);
    const { body } = await call('PUT', 'connections/pax8', { clientId, clientSecret: 'local' });
    expect(body).toMatchObject({ vendor: 'pax8', state: 'connected', account: clientId });
    expect(JSON.stringify((await call('GET', 'connections')).body)).not.toContain('local');
    expect(world.vault.secrets.get(`${world.tenantId}/pax8`)).toEqual({ clientId, clientSecret: 'local' });
    const stored = await world.rows<{ row: string }>('select c::text as row from billing.connections c');
    expect(stored.map(({ row }) => row).join()).not.toContain('local');
  });

  it('say so when the vendor cannot be asked', async () => {
    world.pax8.faults.add([{ match: { path: '/v1/token', count: 1 }, fault: { status: 500 } }]);
    expect((await call('PUT', 'connections/pax8', { clientId, clientSecret: 'local' })).body.code).toBe(
      'vendor.unavailable',
    );
    world.pax8.faults.clear();
  });

  it('to QuickBooks are made by the browser that began, and by no other', async () => {
    const { body, headers } = await call('POST', 'connections/quickbooks/authorization');
    const state = new URL(body.url).searchParams.get('state') ?? '';
    const cookie = headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/^__Host-.*; Path=\/; .*Secure; HttpOnly; SameSite=Lax$/);
    const callback = async (query: string, sent: string) =>
      (
        await world.api.call('GET', `/api/billing/v1/connections/quickbooks/callback?${query}`, {
          headers: { cookie: sent },
        })
      ).headers.get('location');
    const own = cookie.split(';')[0] ?? '';
    expect(await callback(`state=${state}&code=x&realmId=${realmId}`, '')).toContain('problem=connection.refused');
    expect(await callback(`state=tampered&code=x&realmId=${realmId}`, own)).toContain('problem=connection.refused');
    expect(await callback('error=access_denied', own)).toContain('problem=connection.cancelled');
    expect(await callback(`state=${state}&code=forged&realmId=${realmId}`, own)).toContain('problem=');
    expect(await callback(`state=${state}&code=x&realmId=1%2F..%2Fother`, own)).toBeNull();
    expect(world.vault.secrets.has(`${world.tenantId}/quickbooks`)).toBe(false);
    await world.connectQuickBooks();
    expect((await call('GET', 'connections')).body.data).toMatchObject([
      { vendor: 'pax8' },
      { vendor: 'quickbooks', state: 'connected', account: realmId, accountName: 'Northwind Books', failure: null },
    ]);
  });
});

describe('connecting QuickBooks again', () => {
  const kept = () => world.vault.secrets.get(`${world.tenantId}/quickbooks`);

  it('leaves the old connection whole when the new account does not answer', async () => {
    const before = kept();
    world.quickbooks.faults.add([{ match: { path: '/companyinfo' }, fault: { status: 500, body: {} } }]);
    await world.connectQuickBooks();
    world.quickbooks.faults.clear();
    expect(kept()).toEqual(before);
  });

  it('is not done for somebody who was put out before they came back: the account may be their own', async () => {
    const before = kept();
    await world.connectQuickBooks(realmId, world.tenantId, () => world.ended.add(sessionId));
    world.ended.clear();
    expect(kept()).toEqual(before);
    await world.connectQuickBooks();
    expect(kept()).not.toEqual(before);
  });
});

describe('the price book', () => {
  it.each<[string, object, string]>([
    [
      'an unknown customer',
      { kind: 'markup', markupPercent: '1', customerId: '0190f000-0000-7000-8000-00000000000f' },
      '/body/customerId',
    ],
    ['an unknown currency', { kind: 'fixed', unitPrice: '1', currency: 'ABC' }, '/body/currency'],
    ['a markup that pays the customer', { kind: 'markup', markupPercent: '-101' }, '/body/markupPercent'],
    ['a price with too many digits', { kind: 'fixed', unitPrice: '1.1234567', currency: 'USD' }, '/body/unitPrice'],
    [
      'a price and a markup',
      { kind: 'fixed', unitPrice: '1', currency: 'USD', markupPercent: '1' },
      '/body/markupPercent',
    ],
  ])('refuses %s', async (_title, body, pointer) => {
    const answer = await call('POST', 'price-rules', body);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([400, pointer]);
  });

  it('holds a rule once, and gives it back by its version', async () => {
    const { body } = await call('POST', 'price-rules', { kind: 'markup', markupPercent: '12.5' });
    expect(body).toMatchObject({ kind: 'markup', markupPercent: '12.5', validFrom: '2000-01-01', version: 1 });
    expect((await call('POST', 'price-rules', { kind: 'markup', markupPercent: '20' })).body.code).toBe(
      'price-rule.exists',
    );
    expect(
      (await call('DELETE', `price-rules/${body.id}`, undefined, { headers: { 'if-match': '"v2"' } })).status,
    ).toBe(412);
    expect(
      (await call('DELETE', `price-rules/${body.id}`, undefined, { headers: { 'if-match': '"v1"' } })).status,
    ).toBe(204);
    expect((await call('GET', 'price-rules')).body.data).toEqual([]);
  });
});

describe('a guest', () => {
  it('sees the own usage and invoices, and no cost', async () => {
    await world.run({ name: 'usage-sync', work: syncFromPax8 });
    await importCustomers(world);
    await call('POST', 'price-rules', { kind: 'markup', markupPercent: '25' });
    await world.run({ name: 'invoice-run', work: draftInvoices });
    const [fabrikam, tailspin] = await world.rows<{ id: string }>('select id from billing.customers order by name');
    const guest = { role: 'guest' as const, customerId: tailspin?.id ?? '' };

    expect((await call('GET', 'invoices', undefined, guest)).body.data).toEqual([]);
    await world.rows("update billing.invoices set status = 'posted', approved_hash = content_hash");
    const invoices = (await call('GET', 'invoices', undefined, guest)).body.data;
    expect(invoices.map(({ customerName }: { customerName: string }) => customerName)).toEqual(['Tailspin Toys']);
    const detail = (await call('GET', `invoices/${invoices[0].id}`, undefined, guest)).body;
    expect(detail.lines[0]).toMatchObject({ costMinor: null, steps: [] });
    expect(detail).toMatchObject({ posting: null, acts: { approve: { may: false }, post: { may: false } } });
    expect((await call('GET', 'usage-lines', undefined, guest)).body.data).toEqual([]);
    const subscriptions = (await call('GET', 'subscriptions', undefined, guest)).body.data;
    expect(subscriptions).toMatchObject([{ customerName: 'Tailspin Toys', cost: null, price: null }]);

    const all = (await call('GET', 'invoices')).body.data;
    const theirs = all.find(({ customerId }: { customerId: string }) => customerId === fabrikam?.id);
    expect((await call('GET', `invoices/${theirs.id}`, undefined, guest)).body.code).toBe('invoice.not-found');
    const usage = (await call('GET', 'usage-lines?from=2026-01-02&to=2026-01-03')).body.data;
    expect(usage).toMatchObject([{ usageDate: '2026-01-03', cost: '106.328' }, { usageDate: '2026-01-02' }]);
    expect((await call('GET', 'usage-lines?from=0000-01-01')).body.code).toBe('request.invalid');
    expect((await call('GET', 'products')).body.data.map(({ name }: { name: string }) => name)).toContain(
      'Cloud consumption',
    );
  });
});

describe('who may', () => {
  const { routes } = billingApp({ pax8: { url: '' }, stateKey: Buffer.alloc(32) } as never);
  const context = () => ({ api: world.api, tenantId: world.tenantId });
  denyMatrix('/api/billing', routes, context);
  it('is asked once more before each answer that was waited for', () => {
    const waiting = routes.filter(({ query }) => query instanceof z.ZodObject && 'wait' in query.shape);
    expect(waiting.map(({ path, waits }) => [path, waits])).toEqual([['/v1/changes', true]]);
  });
  const shadowRunId = '0190f000-0000-7000-8000-00000000000e';
  beforeAll(() =>
    world.rows(
      `insert into billing.shadow_runs (tenant_id, id, period, dated_from, dated_to, realm_id, started_by, result)
       values ($1, $2, '2026-01-01', '2026-01-01', '2026-01-31', 'x', $2,
         '{"outcomes": [], "customers": 0, "unlinked": {"customers": 0, "totals": []}, "unrated": {"count": 0, "totals": []}, "otherInvoices": 0}')`,
      [world.tenantId, shadowRunId],
    ),
  );
  const customerId = '0190f000-0000-7000-8000-0000000000ab';
  beforeAll(() =>
    world.rows(
      "insert into billing.customers (tenant_id, id, name, state, entity_version) values ($1, $2, 'Litware', 'active', 1)",
      [world.tenantId, customerId],
    ),
  );
  const lists: Record<string, CursorList> = {
    '/v1/customers/{customerId}/pax8-orders': {
      list: `pax8-orders:${customerId}`,
      by: 'date',
      rest: ['text'],
      at: `/v1/customers/${customerId}/pax8-orders`,
    },
    '/v1/exceptions': { list: 'exceptions:', by: 'instant' },
    '/v1/invoices': { list: 'invoices:::::', by: 'instant' },
    '/v1/links': { list: 'links', by: 'text' },
    '/v1/reconciliations/{period}/lines': {
      list: 'reconciliation:2026-01-01::',
      by: 'text',
      rest: ['text'],
      at: '/v1/reconciliations/2026-01-01/lines',
    },
    '/v1/reconciliations/{period}/margins': {
      list: 'margins:2026-01-01:customer',
      by: 'text',
      rest: ['text', 'text'],
      at: '/v1/reconciliations/2026-01-01/margins',
    },
    '/v1/notices': { list: 'notices', by: 'instant' },
    '/v1/runs': { list: 'runs', by: 'instant' },
    '/v1/shadow-runs/{shadowRunId}/lines': {
      list: `shadow-lines:${shadowRunId}:`,
      by: 'text',
      rest: [],
      at: `/v1/shadow-runs/${shadowRunId}/lines`,
    },
    '/v1/subscriptions': { list: 'subscriptions:', by: 'text' },
    '/v1/usage-lines': { list: 'usage:::', by: 'date' },
  };
  forgedCursors('/api/billing', routes, lists, context);
});
