import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogApi, type CatalogApi } from '../testing/catalog-api.ts';
import { filtered } from './product-filter.ts';

let catalog: CatalogApi;
beforeAll(async () => {
  catalog = await catalogApi();
});
afterAll(() => catalog.close());

it('a search reads the words that begin so and no others, also under row level security and by a plan for any words', async () => {
  const { administrator, tenantId } = catalog;
  await administrator.query(
    "insert into catalog.products (tenant_id, sku, name) select $1, 'S' || i, 'x' from generate_series(1, 2000) i",
    [tenantId],
  );
  await administrator.query(
    'insert into catalog.product_words (tenant_id, word, product_id) select tenant_id, lower(sku), id from catalog.products',
  );
  await administrator.query('analyze');
  await administrator.query('begin; set local role app_service; set local plan_cache_mode = force_generic_plan');
  await administrator.query("select set_config('app.tenant_id', $1, true)", [tenantId]);
  const { text, values } = filtered({ search: 's199' });
  const { rows } = await administrator.query<{ 'QUERY PLAN': string }>(
    `explain (analyze, costs off, timing off, summary off) select p.id from catalog.products p where ${text}`,
    [...values],
  );
  await administrator.query('rollback');
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toMatch(/product_words_pkey[^\n]*rows=11(\.00)? [^]*Index Cond:[^\n]*word >= [^\n]*word < /);
});
