import { expect, it } from 'vitest';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { beforeMigration } from '@legendops/kit/testing/before-migration';

it('what two tenants had connected before stays with the first, also under two keys of one partner', async () => {
  const database = await beforeMigration('billing_db', '0006_vendor-accounts.sql');
  const { administrator } = database;
  const tenants = [await aTenant(administrator), await aTenant(administrator), await aTenant(administrator)];
  const [first, second, retained] = tenants;
  const connect = (tenantId: string | undefined, vendor: string, account: string, day: number) =>
    administrator.query(
      `insert into billing.connections (tenant_id, vendor, state, account, created_at)
       values ($1, $2, 'connected', $3, make_timestamptz(2026, 1, $4, 0, 0, 0))`,
      [tenantId, vendor, account, day],
    );
  await connect(retained, 'quickbooks', '1', 1);
  await connect(first, 'quickbooks', '1', 2);
  await connect(second, 'quickbooks', '1', 3);
  await connect(first, 'pax8', 'key', 2);
  await connect(second, 'pax8', 'another key', 3);
  await administrator.query("update app.tenants set state = 'retained' where id = $1", [retained]);
  const company = '0190d000-0000-7000-8000-000000000001';
  for (const tenantId of [first, second])
    await administrator.query(
      'insert into billing.pax8_companies (tenant_id, id, name, status) values ($1, $2, $3, $4)',
      [tenantId, company, 'Fabrikam', 'Active'],
    );

  await database.migrate();

  const connections = await administrator.query('select tenant_id, vendor from billing.connections order by vendor');
  expect(connections.rows).toEqual([
    { tenant_id: first, vendor: 'pax8' },
    { tenant_id: first, vendor: 'quickbooks' },
  ]);
  const accounts = await administrator.query('select tenant_id, account from billing.vendor_accounts order by account');
  expect(accounts.rows).toEqual([company, '1', 'key'].toSorted().map((account) => ({ tenant_id: first, account })));
  await database.close();
});
