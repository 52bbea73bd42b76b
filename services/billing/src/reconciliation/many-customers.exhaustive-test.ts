import { afterAll, beforeAll, expect, it } from 'vitest';
import { billingWorld, type BillingWorld } from '../testing/billing-world.ts';
import type { ReconciledLine } from './contract.ts';

const customers = 1_000;
const subscriptions = 50;

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
  const seed = (statement: string) => world.rows(statement, [world.tenantId]);
  await seed(`insert into billing.runs (tenant_id, job, fence, state) values ($1, 'invoice-run', 1, 'done')`);
  await seed(`
    insert into billing.customers (tenant_id, id, name, pax8_company_id, state, entity_version)
    select $1, app.uuid_v7(), 'Customer ' || n, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'active', 1
    from generate_series(1, ${customers}) n`);
  await seed(`
    insert into billing.pax8_subscriptions (tenant_id, id, company_id, product_id, product_name, quantity_e6, status,
      billing_term, start_date, price_e8, cost_e8, currency, effective_from)
    select $1, ('10000000-0000-4000-8000-' || lpad((k * ${customers} + n)::text, 12, '0'))::uuid,
      ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, ('20000000-0000-4000-8000-' || lpad(k::text, 12, '0'))::uuid,
      'Product ' || k, 5000000, 'Active', 'Monthly', '2026-01-01', 0, 200000000000, 'USD', '2026-01-01'
    from generate_series(1, ${customers}) n, generate_series(1, ${subscriptions}) k`);
  // Of each fiftieth customer one subscription is billed by Pax8 for one seat more.
  await seed(`
    insert into billing.pax8_invoice_items (tenant_id, invoice_id, invoice_month, fingerprint, type, company_id, company_name,
      subscription_id, product_id, product_name, term, period, quantity_e6, cost_e8, currency)
    select $1, '30000000-0000-4000-8000-000000000001', '2026-01-01', s.id::text, 'subscription', s.company_id, 'x', s.id,
      s.product_id, s.product_name, 'Monthly', '2026-01-01', q * 1000000, q * 200000000000, 'USD'
    from billing.pax8_subscriptions s cross join lateral (select case when s.product_name = 'Product 1'
      and right(s.company_id::text, 4)::integer % 50 = 0 then 6 else 5 end as q) q where s.tenant_id = $1`);
  await seed(`
    insert into billing.invoices (tenant_id, customer_id, customer_name, period_start, period_end, currency, total_minor,
      content_hash, run_id)
    select c.tenant_id, c.id, c.name, '2026-01-01', '2026-02-01', 'USD', ${subscriptions} * 12500, 'x', r.id
    from billing.customers c join billing.runs r on r.tenant_id = c.tenant_id where c.tenant_id = $1`);
  await seed(`
    insert into billing.invoice_lines (tenant_id, invoice_id, position, source_key, description, quantity_e6, unit_price_e8,
      amount_minor, cost_minor, explanation)
    select i.tenant_id, i.id, row_number() over (partition by i.id order by s.id), 'subscription:' || s.id || ':2026-01-01',
      s.product_name, 5000000, 250000000000, 12500, 10000, '{"steps": []}'
    from billing.invoices i join billing.customers c on c.tenant_id = i.tenant_id and c.id = i.customer_id
    join billing.pax8_subscriptions s on s.tenant_id = c.tenant_id and s.company_id = c.pax8_company_id where i.tenant_id = $1`);
  await world.rows('analyze');
}, 120_000);
afterAll(() => world.close());

const get = async (path: string) => {
  const began = performance.now();
  const answer = await world.api.call('GET', `/api/billing/v1/reconciliations/2026-01-01${path}`, {
    actor: { tenantId: world.tenantId },
  });
  process.stderr.write(`reconciliation${path.split('?')[0]}: ${Math.round(performance.now() - began)} ms\n`);
  return answer.body;
};

it(`${customers} customers with ${subscriptions} subscriptions each are compared in one statement a page`, async () => {
  const summary = await get('');
  const all = customers * subscriptions;
  expect(summary.totals).toMatchObject([
    {
      costMinor: String(all * 10_000 + (customers / 50) * 2_000),
      billedMinor: String(all * 12_500),
      unbilledSeats: String(customers / 50),
    },
  ]);
  expect(summary.differences).toMatchObject([
    { reason: 'not-posted', count: all - customers / 50 },
    { reason: 'quantity-differs', count: customers / 50, atStakeMinor: String((customers / 50) * 2_000) },
  ]);
  const first = await get('/lines?limit=200');
  expect(first.data).toHaveLength(200);
  const second = await get(`/lines?limit=200&cursor=${first.page.next}`);
  const ids = new Set([...first.data, ...second.data].map(({ id }: ReconciledLine) => id));
  expect(ids.size).toBe(400);
  expect((await get('/margins?by=product&limit=200')).data).toHaveLength(subscriptions);
  expect((await get('/margins?limit=200')).page.next).not.toBeNull();
  expect(String(await get('/export')).split('\r\n')).toHaveLength(all + 2);
});
