import { expect, it } from 'vitest';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { beforeMigration } from '@legendops/kit/testing/before-migration';

it('what one column said of a connection is its account’s name, or why it does not work', async () => {
  const database = await beforeMigration('billing_db', '0014_connection-account-name.sql');
  const { administrator } = database;
  const connect = async (state: string, detail: string, sentAs = '') => {
    const tenant = await aTenant(administrator);
    const account = tenant.slice(-12);
    await administrator.query("insert into billing.vendor_accounts values ($1, 'quickbooks', $2)", [tenant, account]);
    await administrator.query(
      `insert into billing.connections (tenant_id, vendor, state, account, detail)
       values ($1, 'quickbooks', $2, $3, $4)`,
      [tenant, state, account, detail],
    );
    if (sentAs !== '') await post(tenant, account, sentAs);
    return tenant;
  };
  const post = (tenant: string, account: string, name: string) =>
    administrator.query(
      `with customer as (
         insert into billing.customers (tenant_id, id, name, state, entity_version)
           values ($1, app.uuid_v7(), 'Fabrikam', 'active', 1) returning id),
       run as (insert into billing.runs (tenant_id, job, fence) values ($1, 'invoice-run', 1) returning id),
       invoice as (
         insert into billing.invoices (tenant_id, customer_id, customer_name, period_start, period_end, currency,
             total_minor, content_hash, run_id)
           select $1, customer.id, 'Fabrikam', '2026-01-01', '2026-02-01', 'USD', 1, '', run.id from customer, run
           returning id)
       insert into billing.postings (tenant_id, invoice_id, generation, request_id, doc_number, realm_id, realm_name)
         select $1, invoice.id, 1, 'request', 'LO000001L', $2, $3 from invoice`,
      [tenant, account, name],
    );
  const books = await connect('connected', 'Northwind Books');
  const nameless = await connect('connected', '');
  const paused = await connect('paused', 'QuickBooks says 1', 'Northwind Books');
  const lost = await connect('reconnect', 'No longer accepted');

  await database.migrate();

  const { rows } = await administrator.query<{ tenant_id: string }>(
    'select tenant_id, account_name, failure, version from billing.connections',
  );
  expect(new Map(rows.map(({ tenant_id, ...row }) => [tenant_id, row]))).toEqual(
    new Map([
      [books, { account_name: 'Northwind Books', failure: null, version: 1 }],
      [nameless, { account_name: null, failure: null, version: 1 }],
      [paused, { account_name: 'Northwind Books', failure: 'QuickBooks says 1', version: 1 }],
      [lost, { account_name: null, failure: 'No longer accepted', version: 1 }],
    ]),
  );
  await database.close();
});
