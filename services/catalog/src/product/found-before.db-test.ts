import { expect, it } from 'vitest';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { beforeMigration } from '@legendops/kit/testing/before-migration';

it('products that were there before words were are found by their SKU, name and manufacturer, each tenant’s its own', async () => {
  const database = await beforeMigration('catalog_db', '0003_products-in-full.sql');
  const { administrator } = database;
  const tenants = [await aTenant(administrator), await aTenant(administrator)];
  for (const tenant of tenants)
    await administrator.query(
      "insert into catalog.products (tenant_id, sku, name, manufacturer) values ($1, 'WS-C2960X', 'Access  Switch, 24', 'Cisco')",
      [tenant],
    );

  await database.migrate();

  const { rows } = await administrator.query<{ tenant_id: string; words: string[] }>(
    `select w.tenant_id, array_agg(w.word order by w.word) as words from catalog.product_words w
     join catalog.products p on (p.tenant_id, p.id) = (w.tenant_id, w.product_id) group by 1`,
  );
  const words = ['24', 'access', 'c2960x', 'cisco', 'switch', 'ws'];
  expect(rows.toSorted((a, b) => (a.tenant_id < b.tenant_id ? -1 : 1))).toEqual(
    tenants.toSorted().map((tenant) => ({ tenant_id: tenant, words })),
  );
  const { rows: forced } = await administrator.query(
    "select relname from pg_class where relnamespace = 'catalog'::regnamespace and relkind = 'r' and not relforcerowsecurity",
  );
  expect(forced).toEqual([]);
  await database.close();
});
