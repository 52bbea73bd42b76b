import { jobDatabase, type Scope, type TenantDatabase } from '@legendops/kit/db/tenant-database';
import { createPool } from '@legendops/kit/db/pool';
import { benchServer, type BenchServer } from '../bench-server.ts';

export const customers = 1_000;
export const subscriptionsEach = 50;
const products = 500;

export interface BillingWorld {
  server: BenchServer;
  scope: Scope;
  /** As the tenant's own login, as its jobs have it. */
  database: TenantDatabase;
  /** The same for a process of its own. */
  url: string;
  stop(): Promise<void>;
}

const uuid = (kind: string, n: string): string => `md5('${kind}' || ${n})::uuid`;

/**
 * billing_db with one tenant of 1,000 customers with 50 subscriptions each, of 500 products, and a price book of 601 rules:
 * a price for each product, a markup for every tenth customer, and the general one.
 */
export const billingWorld = async (): Promise<BillingWorld> => {
  const server = await benchServer('billing_db');
  const { administrator } = server;
  const { rows } = await administrator.query<{ id: string }>(
    `insert into app.tenants (id, name, display_name, state, limits, owner_uid)
     values (app.uuid_v7(), 'bench', 'Bench', 'active', '{}', gen_random_uuid()) returning id`,
  );
  const tenantId = rows[0]?.id ?? '';
  const login = `t_${tenantId.replaceAll('-', '')}_a`;
  await administrator.query(`create role ${login} login`);
  await administrator.query(`grant tenant_job to ${login} with inherit true, set false`);
  // A company belongs to the tenant of the session that brings it.
  await administrator.query(`set app.tenant_id = '${tenantId}'`);
  await administrator.query(`
    insert into billing.pax8_companies (tenant_id, id, name, status)
    select '${tenantId}', ${uuid('company', 'n')}, 'Customer ' || n, 'Active' from generate_series(1, ${customers}) n`);
  await administrator.query(`
    insert into billing.customers (tenant_id, id, name, pax8_company_id, state, entity_version)
    select tenant_id, app.uuid_v7(), name, id, 'active', 1 from billing.pax8_companies`);
  await administrator.query(`
    insert into billing.pax8_subscriptions (tenant_id, id, company_id, product_id, product_name, quantity_e6, status,
      billing_term, start_date, price_e8, cost_e8, currency, effective_from)
    select '${tenantId}', ${uuid('subscription', `n || ':' || s`)}, ${uuid('company', 'n')},
      ${uuid('product', `(n + s * 10) % ${products}`)}, 'Product ' || (n + s * 10) % ${products}, (1 + (n + s) % 40) * 1000000,
      'Active', 'Monthly', '2025-05-01', 0, (1 + (n + s) % 30) * 10000000000, 'USD', '2025-05-01'
    from generate_series(1, ${customers}) n, generate_series(1, ${subscriptionsEach}) s`);
  await administrator.query(`
    insert into billing.price_rules (tenant_id, product_id, kind, unit_price_e8, currency, billing_term)
    select '${tenantId}', ${uuid('product', 'n')}, 'fixed', 220000000000, 'USD', 'Monthly'
    from generate_series(0, ${products} - 1) n`);
  await administrator.query(`
    insert into billing.price_rules (tenant_id, customer_id, kind, markup_ppm)
    select tenant_id, id, 'markup', 300000 from billing.customers where right(id::text, 1) in ('0', '8')`);
  await administrator.query(
    `insert into billing.price_rules (tenant_id, kind, markup_ppm) values ('${tenantId}', 'markup', 250000)`,
  );
  await administrator.query('vacuum analyze');
  const url = await server.urlOf(login);
  const pool = createPool({ connectionString: url, max: 3 });
  return {
    server,
    scope: { tenantId },
    database: jobDatabase(pool, tenantId),
    url,
    stop: async () => {
      await pool.end();
      await server.stop();
    },
  };
};
