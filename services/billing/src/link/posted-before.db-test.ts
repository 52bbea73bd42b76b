import { expect, it } from 'vitest';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { beforeMigration } from '@legendops/kit/testing/before-migration';

it('a customer of QuickBooks that was posted to before links were is confirmed by that, each tenant’s its own', async () => {
  const database = await beforeMigration('billing_db', '0033_links.sql');
  const { administrator } = database;
  const remember = async (remoteId: string) => {
    const tenant = await aTenant(administrator);
    await administrator.query(
      `with customer as (
         insert into billing.customers (tenant_id, id, name, state, entity_version)
           values ($1, app.uuid_v7(), 'Fabrikam', 'active', 1) returning id)
       insert into billing.quickbooks_customers (tenant_id, customer_id, realm_id, remote_id)
         select $1, id, '9130', $2 from customer`,
      [tenant, remoteId],
    );
    return { tenant_id: tenant, remote_id: remoteId };
  };
  const remembered = [await remember('7'), await remember('8')];

  await database.migrate();

  const { rows } = await administrator.query(
    `select tenant_id, remote_id, realm_id, kind, remote_name, origin, gone_at, customer_id is not null as has_customer
     from billing.links order by remote_id`,
  );
  const common = { realm_id: '9130', kind: 'customer', remote_name: 'Fabrikam', origin: 'posted', gone_at: null };
  expect(rows).toEqual(remembered.map((row) => ({ ...row, ...common, has_customer: true })));
  await database.close();
});
