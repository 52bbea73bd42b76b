import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogApi, type CatalogApi } from '../testing/catalog-api.ts';

let catalog: CatalogApi;
beforeAll(async () => {
  catalog = await catalogApi();
});
afterAll(() => catalog.close());

let made = 0;
const aProduct = (fields: object = {}) =>
  catalog.idOf('products', { sku: `P-${(made += 1)}`, name: `Product ${made}`, ...fields });
const relate = (from: string, kind: string, productId: string, more: object = {}) =>
  catalog.ask('POST', `products/${from}/relations`, { body: { kind, productId, ...more } });
const relationsOf = async (id: string, guest = false) =>
  (await catalog.ask('GET', `products/${id}/relations`, { guest })).body;

describe('products', () => {
  it('require others, and what those require, so many of each', async () => {
    const [rack, device, supply] = [await aProduct(), await aProduct(), await aProduct()];
    await relate(rack, 'requires', device, { quantity: 2 });
    await relate(device, 'requires', supply, { quantity: 2 });
    await relate(rack, 'requires', supply);
    const { data, required } = await relationsOf(rack);
    expect(data).toHaveLength(2);
    const counts = required.map((one: { product: { id: string }; quantity: number }) => [one.product.id, one.quantity]);
    expect(Object.fromEntries(counts)).toEqual({ [device]: 2, [supply]: 5 });
    expect((await relate(supply, 'requires', rack)).body.code).toBe('relation.circular');
  });

  it('go together both ways, and that once', async () => {
    const [one, two] = [await aProduct(), await aProduct()];
    expect((await relate(two, 'compatible', one)).status).toBe(201);
    expect((await relate(one, 'compatible', two)).body.code).toBe('relation.exists');
    for (const [id, other] of [
      [one, two],
      [two, one],
    ] as const)
      expect((await relationsOf(id)).data).toMatchObject([{ kind: 'compatible', product: { id: other } }]);
  });

  it('are replaced one after the other; the newest that is sold stands for all before it', async () => {
    const [v1, v2, v3] = [await aProduct(), await aProduct(), await aProduct({ lifecycle: 'end-of-life' })];
    await relate(v2, 'replaces', v1);
    await relate(v3, 'replaces', v2);
    expect((await relationsOf(v1)).newest.id).toBe(v2);
    expect((await relate(v1, 'replaces', v3)).body.code).toBe('relation.circular');
    expect((await relate(await aProduct(), 'replaces', v1)).body.code).toBe('relation.second-successor');
  });

  it('do not lead back to themselves, also where two relations are made at once', async () => {
    const [a, b, c, d] = [await aProduct(), await aProduct(), await aProduct(), await aProduct()];
    await relate(b, 'bundles', c);
    await relate(d, 'bundles', a);
    const both = await Promise.all([relate(a, 'bundles', b), relate(c, 'bundles', d)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const self = await relate(a, 'compatible', a);
    expect([self.status, self.body.errors[0].pointer]).toEqual([400, '/body/productId']);
  });

  it('stay as long as others are related to them', async () => {
    const [one, two] = [await aProduct(), await aProduct()];
    const { id } = (await relate(one, 'requires', two)).body;
    expect((await catalog.ask('DELETE', `products/${two}`, { version: 1 })).body.code).toBe('product.in-use');
    expect((await catalog.ask('DELETE', `products/${await aProduct()}/relations/${id}`)).status).toBe(404);
    expect((await catalog.ask('DELETE', `products/${two}/relations/${id}`)).status).toBe(204);
    expect((await catalog.ask('DELETE', `products/${two}`, { version: 1 })).status).toBe(204);
  });

  it('are related to none of another tenant', async () => {
    const foreign = await catalog.ask('POST', 'products', {
      body: { sku: 'F', name: 'Foreign' },
      tenantId: catalog.otherTenantId,
    });
    expect((await relate(await aProduct(), 'requires', foreign.body.id)).body.code).toBe('product.not-found');
  });

  it('are shown to a guest with those related products that are published as well', async () => {
    const [shown, also, hidden] = [
      await aProduct({ isPublished: true }),
      await aProduct({ isPublished: true }),
      await aProduct(),
    ];
    await relate(shown, 'requires', also);
    await relate(shown, 'requires', hidden);
    await relate(hidden, 'replaces', shown);
    expect(await relationsOf(shown, true)).toMatchObject({
      data: [{ product: { id: also } }],
      required: [{ product: { id: also } }],
      newest: null,
    });
  });
});

describe('prices', () => {
  it('hold from a day on, by each list; a bundle costs what its parts do unless it has a price of its own', async () => {
    const [kit, device] = [await aProduct(), await aProduct()];
    await relate(kit, 'bundles', device, { quantity: 3 });
    const list = await catalog.idOf('price-lists', { name: 'Standard', currency: 'USD' });
    const set = (productId: string, validFrom: string, amountMinor: string | null) =>
      catalog.ask('PUT', `price-lists/${list}/prices`, { body: { productId, validFrom, amountMinor } });
    const price = async (id: string, on: string) => {
      const { body } = await catalog.ask('GET', `products/${id}/prices?on=${on}`);
      const [{ amountMinor, origin }] = body.data;
      return [amountMinor, origin];
    };
    await set(device, '2026-01-01', '1000');
    await set(device, '2026-07-01', '1200');
    expect(await price(device, '2025-12-31')).toEqual([null, 'none']);
    expect(await price(device, '2026-06-30')).toEqual(['1000', 'own']);
    expect(await price(device, '2026-07-01')).toEqual(['1200', 'own']);
    expect(await price(kit, '2026-07-01')).toEqual(['3600', 'sum']);
    await set(kit, '2026-08-01', '3000');
    expect(await price(kit, '2026-08-01')).toEqual(['3000', 'own']);
    await set(kit, '2026-09-01', null);
    expect(await price(kit, '2026-09-01')).toEqual(['3600', 'sum']);
    await set(device, '2026-09-01', null);
    expect(await price(kit, '2026-09-01')).toEqual([null, 'none']);
    await set(device, '2026-07-01', '1300');
    expect(await price(device, '2026-07-01')).toEqual(['1300', 'own']);
  });

  it('are no floats and not below nothing; a list is gone with its prices', async () => {
    const product = await aProduct();
    const list = await catalog.idOf('price-lists', { name: 'Other', currency: 'EUR' });
    for (const amountMinor of ['-1', '1.5', '1e3', '', ' 1', '9'.repeat(16)])
      expect(
        (
          await catalog.ask('PUT', `price-lists/${list}/prices`, {
            body: { productId: product, validFrom: '2026-01-01', amountMinor },
          })
        ).status,
      ).toBe(400);
    expect((await catalog.ask('POST', 'price-lists', { body: { name: 'OTHER', currency: 'USD' } })).body.code).toBe(
      'price-list.name-taken',
    );
    expect((await catalog.ask('DELETE', `price-lists/${list}`, { version: 1 })).status).toBe(204);
    expect((await catalog.ask('GET', `products/${product}/prices`)).body.data).toHaveLength(1);
  });
});

it('a tenant is removed with all of it, and no other one', async () => {
  const category = await catalog.idOf('categories', { name: 'Cables' });
  await catalog.idOf('products', { sku: 'LAST', name: 'Last', categoryId: category });
  const { administrator, tenantId } = catalog;
  await administrator.query("update app.tenants set state = 'deleting' where id = $1", [tenantId]);
  await administrator.query('select app.remove_tenant(id, owner_uid) from app.tenants where id = $1', [tenantId]);
  const tables = ['products', 'product_words', 'categories', 'relations', 'relation_guards', 'price_lists', 'prices'];
  for (const table of tables) {
    const { rows } = await administrator.query(`select from catalog.${table} where tenant_id = $1`, [tenantId]);
    expect([table, rows.length]).toEqual([table, 0]);
  }
  const { rows } = await administrator.query('select sku from catalog.products');
  expect(rows).toEqual([{ sku: 'F' }]);
});
