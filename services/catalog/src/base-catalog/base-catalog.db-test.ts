import { testPassword } from '@legendops/kit/testing/postgres-server';
import { sql } from '@legendops/kit/db/sql';
import { createPool } from '@legendops/kit/db/pool';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { catalogApi, type CatalogApi } from '../testing/catalog-api.ts';
import { applyBaseCatalog, plannedBase } from './apply-base-catalog.ts';
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
  description: 'Rack-mounted',
  manufacturer: 'Contoso',
  mpn: 'SW-24',
  gtin: '4006381333931',
};
const anAccessPoint = { key: 'contoso.ap-6', name: 'Contoso access point', manufacturer: 'Contoso', mpn: 'AP-6' };

const apply = (...rows: object[]) => {
  const { entries, errors } = readBaseCatalog(JSON.stringify(rows));
  expect(errors).toEqual([]);
  return applyBaseCatalog(pool, entries);
};
const take = async (key: string, asking: { sku?: string; tenantId?: string } = {}) => {
  const { sku, tenantId } = asking;
  const body = { products: [{ key, ...(sku !== undefined && { sku }) }] };
  return api.ask('POST', 'base-products/takings', { body, ...(tenantId !== undefined && { tenantId }) });
};
const taken = async (key: string, tenantId?: string): Promise<string> => {
  const { body } = await take(key, tenantId === undefined ? {} : { tenantId });
  return (body as { products: { productId: string }[] }).products[0]?.productId ?? JSON.stringify(body);
};
const found = async (search: string, guest = false): Promise<string[]> =>
  (await api.ask('GET', `products?search=${search}`, { guest })).body.data.map(({ sku }: { sku: string }) => sku);
const change = async (id: string, body: object) => {
  const { version } = (await api.ask('GET', `products/${id}`)).body;
  return (await api.ask('PATCH', `products/${id}`, { body, version })).body;
};

beforeEach(async () => {
  await api.administrator.query('delete from catalog.relations');
  await api.administrator.query('delete from catalog.products');
  await api.administrator.query('delete from catalog.base_products');
  await apply(aSwitch, anAccessPoint);
});

it('is taken, extended and overridden; what a product did not override follows, in words, facets and the trail', async () => {
  const id = await taken(aSwitch.key);
  expect(await found('rack')).toEqual(['SW-24']);
  const changed = await change(id, { name: 'Our switch', isPublished: true });
  expect(changed).toMatchObject({ base: { key: aSwitch.key, ownFields: ['name'] }, gtin: '04006381333931' });
  await change(id, { manufacturer: 'CONTOSO ' });

  const later = { ...aSwitch, name: 'Contoso switch 24 v2', description: 'Wall-mounted', manufacturer: 'Contoso Ltd' };
  expect(await apply(later, anAccessPoint)).toMatchObject({ counts: { changed: 1, unchanged: 1 }, followed: 1 });
  const after = (await api.ask('GET', `products/${id}`)).body;
  expect(after).toMatchObject({ name: 'Our switch', description: 'Wall-mounted', manufacturer: 'CONTOSO' });
  expect([await found('rack'), await found('wall'), await found('wall', true)]).toEqual([[], ['SW-24'], ['SW-24']]);
  expect((await api.ask('GET', 'products/facets')).body.manufacturers).toEqual([{ value: 'CONTOSO', count: 1 }]);
  const { rows } = await api.administrator.query(
    `select payload -> 'author' ->> 'kind' as author, payload -> 'changes' as changes from app.outbox
     where payload ->> 'act' = 'product.followed' and tenant_id = $1`,
    [api.tenantId],
  );
  expect(rows).toEqual([
    { author: 'operator', changes: [{ field: 'description', before: 'Rack-mounted', after: 'Wall-mounted' }] },
  ]);

  const body = (await api.ask('DELETE', `products/${id}/own-fields/name`, { version: after.version })).body;
  expect(body).toMatchObject({ name: later.name, base: { ownFields: ['manufacturer'] } });
  expect(await found('v2')).toEqual(['SW-24']);
  await apply({ ...later, name: 'Contoso switch 24 v3' }, anAccessPoint);
  expect((await api.ask('GET', `products/${id}`)).body).toMatchObject({ name: 'Contoso switch 24 v3' });
});

it('an import and a change of many make what they change its own, and nothing else', async () => {
  await taken(aSwitch.key);
  const text = 'sku,name,manufacturer,mpn,description\nSW-24,Contoso switch 24,Contoso,SW-24X,Rack-mounted\n';
  await api.ask('POST', 'product-imports', { body: { text } });
  const [product] = (await api.ask('GET', 'products')).body.data;
  expect(product.base.ownFields).toEqual(['mpn']);
  await api.ask('POST', 'products/bulk-changes', { body: { ids: [product.id], change: { lifecycle: 'end-of-sale' } } });
  expect((await api.ask('GET', `products/${product.id}`)).body.base.ownFields).toEqual(['mpn', 'lifecycle']);
  expect(await apply(aSwitch, anAccessPoint)).toMatchObject({ followed: 0 });
});

it('applied once more changes nothing; looked at, it says what it would do', async () => {
  await taken(aSwitch.key);
  const { entries } = readBaseCatalog(JSON.stringify([anAccessPoint, { ...anAccessPoint, key: 'x', mpn: '' }]));
  expect(await plannedBase(pool, entries)).toEqual({
    counts: { added: 1, changed: 0, retired: 1, unchanged: 1 },
    retired: [{ key: aSwitch.key, name: aSwitch.name }],
  });
  expect(await apply(aSwitch, anAccessPoint)).toEqual({
    counts: { added: 0, changed: 0, retired: 0, unchanged: 2 },
    retired: [],
    followed: 0,
    behind: [],
    keptUnit: [],
  });
});

it('what is retired stays where it was taken, is told there, is offered to nobody, and comes back', async () => {
  const id = await taken(aSwitch.key);
  await apply(anAccessPoint);
  expect((await api.ask('GET', `products/${id}`)).body).toMatchObject({ name: aSwitch.name });
  expect((await api.ask('GET', `base-products/${aSwitch.key}`)).body.retiredAt).toEqual(expect.any(String));
  expect(await take(aSwitch.key, { tenantId: api.otherTenantId })).toMatchObject({
    body: { code: 'base-product.not-found', detail: 'Contoso switch 24 was retired' },
  });
  const elsewhere = await api.ask('GET', 'base-products', { tenantId: api.otherTenantId });
  expect(elsewhere.body.data.map(({ key }: { key: string }) => key)).toEqual([anAccessPoint.key]);
  await apply(aSwitch, anAccessPoint);
  expect((await api.ask('GET', `base-products/${aSwitch.key}`)).body).toMatchObject({ retiredAt: null, productId: id });
});

it('is searched by beginnings of words, and says what is taken, by this tenant alone', async () => {
  const id = await taken(aSwitch.key);
  const search = async (words: string, tenantId: string) =>
    (await api.ask('GET', `base-products?search=${words}`, { tenantId })).body.data.map(
      ({ key, productId }: { key: string; productId: string | null }) => [key, productId],
    );
  expect(await search('cont acc', api.tenantId)).toEqual([[anAccessPoint.key, null]]);
  expect(await search('sw24', api.tenantId)).toEqual([[aSwitch.key, id]]);
  expect(await search('sw24', api.otherTenantId)).toEqual([[aSwitch.key, null]]);
  const first = (await api.ask('GET', 'base-products?limit=1')).body;
  const second = (await api.ask('GET', `base-products?limit=1&cursor=${first.page.next}`)).body;
  expect([first.data[0].key, second.data[0].key, second.page.next]).toEqual([anAccessPoint.key, aSwitch.key, null]);
});

it('many are taken, or none; what stands in the way is named', async () => {
  await api.idOf('products', { sku: 'OLD', name: 'An old one', manufacturer: 'contoso', mpn: 'ap-6' });
  const body = { products: [{ key: aSwitch.key }, { key: anAccessPoint.key }] };
  expect((await api.ask('POST', 'base-products/takings', { body })).body).toMatchObject({
    code: 'product.part-taken',
    detail: 'OLD of yours is Contoso access point already: open it, and press “Adopt into base catalog”',
  });
  expect(await found('contoso')).toEqual(['OLD']);
  const many = await api.ask('POST', 'base-products/takings', { body, tenantId: api.otherTenantId });
  expect([many.status, many.body.products.length]).toEqual([201, 2]);
  expect((await take(aSwitch.key, { tenantId: api.otherTenantId })).body.code).toBe('base-product.taken');
  expect((await take('nothing')).body.code).toBe('base-product.not-found');
});

it('a product that has its number from another one stays behind, the others follow, and both swap where they can', async () => {
  const other = { ...anAccessPoint, key: 'contoso.ap-7', mpn: 'AP-7' };
  await apply(aSwitch, anAccessPoint, other);
  for (const key of [aSwitch.key, anAccessPoint.key, other.key]) await taken(key);
  await apply(aSwitch, { ...anAccessPoint, mpn: 'AP-7' }, { ...other, mpn: 'AP-6' });
  const mpns = async () =>
    (await api.ask('GET', 'products')).body.data
      .map(({ base, mpn }: { base: { key: string } | null; mpn: string }) => `${base?.key ?? 'own'} ${mpn}`)
      .toSorted();
  expect(await mpns()).toEqual(['contoso.ap-6 AP-7', 'contoso.ap-7 AP-6', 'contoso.sw-24 SW-24']);
  await api.idOf('products', { sku: 'MINE', name: 'Mine', manufacturer: 'Contoso', mpn: 'AP-8' });
  const stuck = [
    { ...aSwitch, mpn: 'SW-25' },
    { ...anAccessPoint, mpn: 'AP-8' },
    { ...other, mpn: 'AP-9' },
  ];
  expect(await apply(...stuck)).toMatchObject({
    followed: 2,
    behind: [{ tenantId: api.tenantId, key: anAccessPoint.key }],
  });
  expect(await mpns()).toEqual(['contoso.ap-6 AP-7', 'contoso.ap-7 AP-9', 'contoso.sw-24 SW-25', 'own AP-8']);
});

it('two exchange their numbers also while a third one cannot have its own', async () => {
  const other = { ...anAccessPoint, key: 'contoso.ap-7', mpn: 'AP-7' };
  await apply(aSwitch, anAccessPoint, other);
  for (const key of [aSwitch.key, anAccessPoint.key, other.key]) await taken(key);
  await api.idOf('products', { sku: 'MINE', name: 'Mine', manufacturer: 'Contoso', mpn: 'AP-8' });
  const exchanged = [
    { ...aSwitch, mpn: 'AP-8' },
    { ...anAccessPoint, mpn: 'AP-7' },
    { ...other, mpn: 'AP-6' },
  ];
  expect(await apply(...exchanged)).toMatchObject({ followed: 2, behind: [{ sku: 'SW-24', key: aSwitch.key }] });
});

it('a product keeps the unit that its prices and quantities are by, until it is taken back', async () => {
  const [priced, free] = [await taken(aSwitch.key), await taken(anAccessPoint.key)];
  const list = await api.idOf('price-lists', { name: 'Standard', currency: 'USD' });
  const price = { productId: priced, validFrom: '2026-01-01', amountMinor: '19900' };
  expect((await api.ask('PUT', `price-lists/${list}/prices`, { body: price })).status).toBe(200);
  const by = { unit: 'box', packSize: 10 };
  const boxed = [
    { ...aSwitch, ...by, description: 'In boxes' },
    { ...anAccessPoint, ...by },
  ] as const;
  expect(await apply(...boxed)).toMatchObject({ followed: 2, keptUnit: [{ sku: 'SW-24', key: aSwitch.key }] });
  expect((await api.ask('GET', `products/${free}`)).body).toMatchObject(by);
  const kept = (await api.ask('GET', `products/${priced}`)).body;
  expect(kept).toMatchObject({
    unit: 'each',
    packSize: 1,
    description: 'In boxes',
    base: { ownFields: ['unit', 'packSize'] },
  });
  expect(await apply(...boxed)).toMatchObject({ followed: 0, keptUnit: [] });
  const { version } = kept;
  expect((await api.ask('DELETE', `products/${priced}/own-fields/unit`, { version })).body.unit).toBe('box');
  const whole = { ...anAccessPoint, ...by, unit: 'pallet' };
  await api.idOf(`products/${priced}/relations`, { kind: 'requires', productId: free, quantity: 2 });
  expect(await apply(boxed[0], whole)).toMatchObject({ keptUnit: [{ sku: 'AP-6' }] });
});

it('a key never comes to be another product’s, neither while it is offered nor once it was retired', async () => {
  const id = await taken(aSwitch.key);
  const toner = { key: aSwitch.key, name: 'Toner', manufacturer: 'Fabrikam', mpn: 'T-1' };
  const reused = [{ key: aSwitch.key, was: aSwitch.name, now: 'Toner' }];
  await expect(apply(toner, anAccessPoint)).rejects.toMatchObject({ reused });
  await apply(anAccessPoint);
  await expect(apply(toner, anAccessPoint)).rejects.toMatchObject({ reused });
  await expect(plannedBase(pool, readBaseCatalog(JSON.stringify([toner])).entries)).rejects.toMatchObject({ reused });
  expect((await api.ask('GET', `products/${id}`)).body).toMatchObject({ name: aSwitch.name });
  const renamed = { ...aSwitch, name: 'Contoso switch 24, second edition', mpn: 'SW-24-2' };
  expect(await apply(renamed, anAccessPoint)).toMatchObject({ counts: { changed: 1 }, followed: 1 });
});

it('a run that was overtaken by another follows what the base says by then', async () => {
  const id = await taken(aSwitch.key);
  await taken(anAccessPoint.key, api.otherTenantId);
  const lock = api.administrator;
  await lock.query('begin');
  await lock.query('select from catalog.products where id = $1 for update', [id]);
  const older = apply({ ...aSwitch, name: 'Older' }, { ...anAccessPoint, name: 'Older' });
  const waiting = "select from pg_locks where not granted and locktype in ('transactionid', 'tuple')";
  await expect.poll(async () => (await lock.query(waiting)).rows.length, { timeout: 20_000 }).toBeGreaterThan(0);
  const second = createPool({ connectionString: api.url('legendops_migrator', testPassword) });
  const newer = readBaseCatalog(JSON.stringify([aSwitch, { ...anAccessPoint, name: 'Newer' }])).entries;
  await applyBaseCatalog(second, newer);
  await lock.query('commit');
  await Promise.all([older, second.end()]);
  const elsewhere = await api.ask('GET', 'products', { tenantId: api.otherTenantId });
  expect([(await api.ask('GET', `products/${id}`)).body.name, elsewhere.body.data[0].name]).toEqual([
    aSwitch.name,
    'Newer',
  ]);
});

it('is nothing that customers’ people see, and nothing that a service writes', async () => {
  const id = await taken(aSwitch.key);
  await change(id, { isPublished: true });
  expect((await api.ask('GET', `products/${id}`, { guest: true })).body).toMatchObject({
    name: aSwitch.name,
    base: null,
  });
  expect((await api.ask('GET', 'base-products', { guest: true })).status).toBe(403);
  const customerId = '0190f000-0000-7000-8000-0000000000cc';
  const all = sql<{ key: string }>`select b.key from catalog.base_products b`;
  expect(await api.database.read({ tenantId: api.tenantId, customerId }, all)).toEqual([]);
  for (const text of [sql`delete from catalog.base_products`, sql`update catalog.base_products set name = 'x'`])
    await expect(api.database.write({ tenantId: api.tenantId }, (tx) => tx.change(text))).rejects.toThrow(/permission/);
});

it('a wrong file is refused row by row', () => {
  const { errors } = readBaseCatalog(
    JSON.stringify([
      aSwitch,
      { ...aSwitch, gtin: '4006381333932' },
      { key: 'A b', name: '' },
      { ...aSwitch, 'sku\u001b[2J': 'x', key: 'more' },
      { ...anAccessPoint, key: aSwitch.key },
    ]),
  );
  expect(errors).toEqual([
    'Row 2, gtin: The last digit does not fit the others: one of them is mistyped',
    expect.stringMatching(/^Row 3, name: /),
    expect.stringMatching(/^Row 3, key: A key has small letters/),
    'Row 4: Unrecognized key: "sku [2J"',
    'Row 5, key: row 1 has it already',
  ]);
  expect(readBaseCatalog(JSON.stringify([{ ...aSwitch, name: 'Caf\ufffd' }])).errors).toEqual([
    expect.stringMatching(/is not UTF-8/),
  ]);
  for (const text of ['', '{}', '[]']) expect(readBaseCatalog(text).errors).toHaveLength(1);
});
