import { createPool } from '@legendops/kit/db/pool';
import { testPassword } from '@legendops/kit/testing/postgres-server';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { catalogApi, type CatalogApi } from '../testing/catalog-api.ts';
import { applyBaseCatalog } from './apply-base-catalog.ts';
import { readBaseCatalog } from './read-base-catalog.ts';

let api: CatalogApi;
let pool: ReturnType<typeof createPool>;

beforeAll(async () => {
  api = await catalogApi();
  pool = createPool({ connectionString: api.url('legendops_migrator', testPassword) });
});
afterAll(async () => {
  await pool.end();
  await api.close();
});

const aSwitch = {
  key: 'contoso.sw-24',
  name: 'Contoso switch 24',
  manufacturer: 'Contoso',
  mpn: 'SW-24',
  unit: 'each',
};
const ours = { sku: 'OURS', name: 'Our switch', manufacturer: 'contoso', mpn: 'sw-24', unit: 'box', packSize: 2 };

const apply = (...rows: object[]) => applyBaseCatalog(pool, readBaseCatalog(JSON.stringify(rows)).entries);
const read = async (id: string) => (await api.ask('GET', `products/${id}`)).body;
const adopt = (id: string, version: number, key = aSwitch.key) =>
  api.ask('PUT', `products/${id}/base`, { body: { key }, version });
const leave = (id: string, version: number) => api.ask('DELETE', `products/${id}/base`, { version });

beforeEach(async () => {
  await api.administrator.query('delete from catalog.relations');
  await api.administrator.query('delete from catalog.products');
  await api.administrator.query('delete from catalog.base_products');
  await apply(aSwitch, { key: 'other', name: 'Other', manufacturer: 'Contoso', mpn: 'X-1' });
});

it('an own product is found beside the one of the base catalog that it is, by this tenant alone', async () => {
  const id = await api.idOf('products', ours);
  const like = async (tenantId: string) =>
    (await api.ask('GET', 'base-products', { tenantId })).body.data.map(
      ({ key, likeProductId }: { key: string; likeProductId: string | null }) => [key, likeProductId],
    );
  expect(await like(api.tenantId)).toEqual([
    [aSwitch.key, id],
    ['other', null],
  ]);
  expect(await like(api.otherTenantId)).toEqual([
    [aSwitch.key, null],
    ['other', null],
  ]);
  const match = async (of: string) => (await api.ask('GET', `products/${of}/base-match`)).body.base;
  expect(await match(id)).toMatchObject({ key: aSwitch.key, name: aSwitch.name, likeProductId: id });
  expect(await match(await api.idOf('products', { sku: 'Y', name: 'Y', mpn: 'SW-24' }))).toBeNull();
  expect(await match(await api.idOf('products', { sku: 'Z', name: 'Nothing' }))).toBeNull();
});

it('is adopted as it is, and follows field by field as its own are taken back', async () => {
  const id = await api.idOf('products', ours);
  const before = await read(id);
  const { body } = await adopt(id, before.version);
  const own = ['name', 'manufacturer', 'mpn', 'unit', 'packSize'];
  expect(body).toEqual({
    ...before,
    base: { key: aSwitch.key, ownFields: own },
    version: before.version + 1,
    updatedAt: expect.any(String),
  });
  expect((await api.ask('GET', `products/${id}/base-match`)).body.base).toBeNull();
  await apply({ ...aSwitch, name: 'Renamed', description: 'With 24 ports' });
  expect(await read(id)).toMatchObject({ name: ours.name, description: 'With 24 ports', unit: 'box' });
  const { version } = await read(id);
  const back = await api.ask('DELETE', `products/${id}/own-fields/name`, { version });
  expect(back.body).toMatchObject({ name: 'Renamed', base: { ownFields: own.slice(1) } });
});

it('nothing of its own is lost: prices, relations, files and designs are of the same product; and it is let go of again', async () => {
  const id = await api.idOf('products', ours);
  const other = await api.idOf('products', { sku: 'B', name: 'Bracket' });
  await api.idOf(`products/${id}/relations`, { kind: 'requires', productId: other, quantity: 2 });
  const list = await api.idOf('price-lists', { name: 'Standard', currency: 'USD' });
  await api.ask('PUT', `price-lists/${list}/prices`, {
    body: { productId: id, validFrom: '2026-01-01', amountMinor: '19900' },
  });
  const all = async () => {
    const parts = ['relations', 'prices?on=2026-03-01', 'files'].map((part) =>
      api.ask('GET', `products/${id}/${part}`),
    );
    return (await Promise.all(parts)).map(({ body }) => body);
  };
  const [before, product] = [await all(), await read(id)];
  await adopt(id, product.version);
  expect(await all()).toEqual(before);
  const { body } = await leave(id, product.version + 1);
  expect(body).toEqual({ ...product, version: product.version + 2, updatedAt: expect.any(String) });
  expect(await all()).toEqual(before);
  await apply({ ...aSwitch, description: 'Later' });
  expect((await read(id)).description).toBe('');
  const { rows } = await api.administrator.query(
    `select payload ->> 'act' as act, payload -> 'changes' as changes from app.outbox
     where payload -> 'subject' ->> 'id' = $1 and payload ->> 'act' in ('product.adopted', 'product.let-go') order by seq`,
    [id],
  );
  expect(rows).toEqual([
    {
      act: 'product.adopted',
      changes: [
        { field: 'base', before: null, after: aSwitch.key },
        { field: 'ownFields', before: null, after: 'name, manufacturer, mpn, unit, packSize' },
      ],
    },
    {
      act: 'product.let-go',
      changes: [
        { field: 'base', before: aSwitch.key, after: null },
        { field: 'ownFields', before: 'name, manufacturer, mpn, unit, packSize', after: null },
      ],
    },
  ]);
});

it('is refused where it would be of another product, and says why', async () => {
  const id = await api.idOf('products', ours);
  const stranger = await api.idOf('products', { sku: 'S', name: 'Stranger', manufacturer: 'Contoso', mpn: 'S-1' });
  expect((await adopt(stranger, 1)).body).toMatchObject({
    code: 'base-product.another',
    detail: 'S has the part number S-1 of Contoso, and Contoso switch 24 has SW-24 of Contoso',
  });
  expect((await adopt(id, 2)).status).toBe(412);
  expect((await adopt(id, 1, 'nothing')).body.code).toBe('base-product.not-found');
  expect(
    (await api.ask('PUT', `products/${id}/base`, { body: { key: aSwitch.key }, version: 1, guest: true })).status,
  ).toBe(403);
  expect((await adopt(id, 1)).status).toBe(200);
  expect((await adopt(id, 2)).body.version).toBe(2);
  expect((await adopt(id, 2, 'other')).body).toMatchObject({
    code: 'base-product.another',
    detail: 'OURS follows contoso.sw-24 already: press “Stop following” first',
  });
  expect((await leave(stranger, 1)).body.version).toBe(1);
  expect((await leave(id, 2)).status).toBe(200);
  await apply({ key: 'other', name: 'Other', mpn: 'X-1' });
  expect((await adopt(id, 3)).body).toMatchObject({
    code: 'base-product.not-found',
    detail: 'Contoso switch 24 was retired',
  });
  expect((await api.ask('GET', `products/${id}/base-match`)).body.base).toBeNull();
});
