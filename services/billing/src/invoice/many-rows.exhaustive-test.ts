import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '@legendops/kit/db/sql';
import { serviceDatabase } from '@legendops/kit/db/tenant-database';
import { ordersPage } from '../evidence/store.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

const invoices = 5_000;

let t: PostingWorld;
beforeAll(async () => {
  t = await postingWorld();
  await t.world.rows(`set session_replication_role = replica;
    insert into billing.invoices (tenant_id, customer_id, customer_name, period_start, period_end, currency, total_minor,
        content_hash, status, approved_hash, run_id, created_at)
      select i.tenant_id, app.uuid_v7(), 'Customer ' || n, '2025-12-01', '2026-01-01', 'USD', n, 'x', 'posted', 'x', i.run_id,
        now() - make_interval(secs => n / 50)
      from generate_series(1, ${invoices}) n, (select tenant_id, run_id from billing.invoices limit 1) i;
    insert into billing.pax8_evidence (tenant_id, kind, subject, id, body, effective_from)
      select c.tenant_id, 'order', '', app.uuid_v7()::text, jsonb_build_object('companyId', case when n % 100 = 0
          then c.pax8_company_id else app.uuid_v7() end, 'createdDate', '2025-12-' || lpad((n % 28 + 1)::text, 2, '0'), 'lineItems', '[]'::jsonb),
        '2025-12-01'
      from generate_series(1, 10000) n, (select * from billing.customers where name = 'Fabrikam') c;
    set session_replication_role = origin; analyze billing.invoices; analyze billing.pax8_evidence`);
});
afterAll(() => t.world.close());

it(`${invoices} invoices are in their table, each once, and its last row says that it is whole`, async () => {
  const { body } = await t.call('GET', 'invoices/export?from=2025-12-01&to=2025-12-01');
  const rows = String(body).trim().split('\r\n').slice(1);
  expect(rows.pop()).toContain(`"Whole table: ${invoices} invoices"`);
  expect(rows).toHaveLength(invoices);
  expect(new Set(rows).size).toBe(invoices);
});

it('a page of orders reads those of its customer in their order, and no others', async () => {
  const [customer] = await t.world.rows<{ id: string }>("select id from billing.customers where name = 'Fabrikam'");
  const database = serviceDatabase(t.world.database.pool('svc_billing'));
  const page = { customerId: customer?.id ?? '', limit: 20 };
  for (const after of [undefined, ['2025-12-15', 'x']]) {
    const plan = await database.read(
      { tenantId: t.world.tenantId },
      sql<Record<'QUERY PLAN', unknown>>`explain (format json) ${ordersPage({ ...page, after })}`,
    );
    const text = JSON.stringify(plan);
    expect(text).toContain('"Index Name":"pax8_evidence_orders"');
    expect(text).not.toContain('"Sort Key":["e.ordered_on');
  }
});
