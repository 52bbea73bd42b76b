import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogApi, type CatalogApi } from '../testing/catalog-api.ts';

let catalog: CatalogApi;
beforeAll(async () => {
  catalog = await catalogApi();
});
afterAll(() => catalog.close());

const skus = async (query: string, guest = false): Promise<string[]> => {
  const { body } = await catalog.ask('GET', `products?${query}`, { guest });
  return body.data.map(({ sku }: { sku: string }) => sku).toSorted();
};

describe('products', () => {
  let network: string;
  let switches: string;
  beforeAll(async () => {
    network = await catalog.idOf('categories', { name: 'Network' });
    switches = await catalog.idOf('categories', { name: 'Switches', parentId: network });
    const many = [
      {
        sku: 'SW-24',
        name: 'Catalyst Switch 24',
        manufacturer: 'Cisco',
        mpn: 'WS-C2960X-24TS-L',
        categoryId: switches,
      },
      { sku: 'SW-48', name: 'Catalyst Switch 48', manufacturer: 'Cisco', categoryId: switches, isPublished: true },
      { sku: 'AP-6', name: 'Access Point', manufacturer: 'Ubiquiti', categoryId: network, lifecycle: 'end-of-sale' },
      { sku: 'HR-1', name: 'Übernahme vor Ort', kind: 'service', unit: 'hour', isPublished: true },
      { sku: '100%_x', name: 'Percent', gtin: '4006381333931' },
    ];
    for (const product of many) await catalog.idOf('products', product);
  });

  it.each([
    ['search=switch', ['SW-24', 'SW-48']],
    ['search=SWI+cata', ['SW-24', 'SW-48']],
    ['search=catalyst+48', ['SW-48']],
    ['search=wsc2960', ['SW-24']],
    ['search=WS-C2960X', ['SW-24']],
    ['search=ubernahme', ['HR-1']],
    ['search=%C3%BCber', ['HR-1']],
    ['search=4006381333931', ['100%_x']],
    ['search=witch', []],
    ['search=%25', ['100%_x', 'AP-6', 'HR-1', 'SW-24', 'SW-48']],
    [`search=%F0%9F%98%80`, ['100%_x', 'AP-6', 'HR-1', 'SW-24', 'SW-48']],
    ['manufacturer=CISCO', ['SW-24', 'SW-48']],
    ['lifecycle=end-of-sale', ['AP-6']],
    ['kind=service', ['HR-1']],
    ['isPublished=true', ['HR-1', 'SW-48']],
    ['manufacturer=cisco&isPublished=false', ['SW-24']],
  ])('%s finds %j', async (query, expected) => {
    expect(await skus(query)).toEqual(expected);
  });

  it('of a category are those of what is below it as well', async () => {
    expect(await skus(`categoryId=${network}`)).toEqual(['AP-6', 'SW-24', 'SW-48']);
    expect(await skus(`categoryId=${switches}`)).toEqual(['SW-24', 'SW-48']);
  });

  it('are walked page by page, and a cursor of one filter is none of another', async () => {
    const first = (await catalog.ask('GET', 'products?search=switch&limit=1')).body;
    const second = (await catalog.ask('GET', `products?search=switch&limit=1&cursor=${first.page.next}`)).body;
    expect([first.data[0].sku, second.data[0].sku, second.page.next]).toEqual(['SW-48', 'SW-24', null]);
    expect((await catalog.ask('GET', `products?search=point&cursor=${first.page.next}`)).status).toBe(400);
  });

  it('are counted by each further choice, the other choices kept', async () => {
    const { body } = await catalog.ask('GET', 'products/facets?manufacturer=Cisco');
    expect(body).toEqual({
      kinds: [{ value: 'product', count: 2 }],
      lifecycles: [{ value: 'active', count: 2 }],
      manufacturers: [
        { value: 'Cisco', count: 2 },
        { value: 'Ubiquiti', count: 1 },
      ],
      categories: [{ value: switches, count: 2 }],
    });
  });

  it('are found by what they are called now, and no more by what they were called', async () => {
    const id = await catalog.idOf('products', { sku: 'OLD', name: 'Before' });
    await catalog.ask('PATCH', `products/${id}`, { body: { name: 'Afterwards' }, version: 1 });
    expect([await skus('search=before'), await skus('search=afterw')]).toEqual([[], ['OLD']]);
    expect((await catalog.ask('DELETE', `products/${id}`, { version: 2 })).status).toBe(204);
    expect(await skus('search=afterw')).toEqual([]);
  });

  it('share no part number of a manufacturer, whatever its case, and no GTIN, however many digits it was given in', async () => {
    const make = async (product: object) => (await catalog.ask('POST', 'products', { body: product })).body;
    const part = { sku: 'X-1', name: 'X', manufacturer: 'CISCO', mpn: 'ws-c2960x-24ts-l' };
    expect(await make(part)).toMatchObject({ code: 'product.part-taken' });
    expect(await make({ ...part, manufacturer: 'Other' })).toMatchObject({ sku: 'X-1' });
    expect(await make({ sku: 'X-2', name: 'X', gtin: '04006381333931' })).toMatchObject({ code: 'product.gtin-taken' });
    const wrong = await make({ sku: 'X-3', name: 'X', gtin: '4006381333932', unspsc: '1', packSize: 0 });
    expect(wrong.errors.map(({ pointer }: { pointer: string }) => pointer).toSorted()).toEqual([
      '/body/gtin',
      '/body/packSize',
      '/body/unspsc',
    ]);
  });

  it('lie in no category of another tenant, which is answered as one that is not there', async () => {
    const body = { sku: 'Y-1', name: 'Y', categoryId: network };
    const foreign = await catalog.ask('POST', 'products', { body, tenantId: catalog.otherTenantId });
    const unknown = await catalog.ask('POST', 'products', {
      body: { ...body, categoryId: '0190f000-0000-7000-8000-00000000000f' },
      tenantId: catalog.otherTenantId,
    });
    const { requestId: _one, ...first } = foreign.body;
    const { requestId: _two, ...second } = unknown.body;
    expect(first).toEqual(second);
    expect(first.code).toBe('category.not-found');
  });

  it('are changed alike, all or none', async () => {
    const ids = async () =>
      (await catalog.ask('GET', 'products?search=switch')).body.data.map(({ id }: { id: string }) => id);
    const change = { lifecycle: 'end-of-life', categoryId: null };
    const missing = [...(await ids()), '0190f000-0000-7000-8000-00000000000f'];
    const refused = await catalog.ask('POST', 'products/bulk-changes', { body: { ids: missing, change } });
    expect([refused.status, await skus('lifecycle=end-of-life')]).toEqual([404, []]);
    const done = await catalog.ask('POST', 'products/bulk-changes', { body: { ids: await ids(), change } });
    expect([done.body, await skus('lifecycle=end-of-life')]).toEqual([{ changed: 2 }, ['SW-24', 'SW-48']]);
    const again = await catalog.ask('POST', 'products/bulk-changes', { body: { ids: await ids(), change } });
    expect(again.body).toEqual({ changed: 0 });
  });
});

describe('a guest', () => {
  it('sees what is published, in lists, searches, counts and tables, and nothing else', async () => {
    expect(await skus('', true)).toEqual(['HR-1', 'SW-48']);
    expect(await skus('search=switch', true)).toEqual(['SW-48']);
    const { body } = await catalog.ask('GET', 'products/facets', { guest: true });
    expect(body.manufacturers).toEqual([{ value: 'Cisco', count: 1 }]);
    const table = (await catalog.ask('GET', 'products/export', { guest: true })).body as string;
    expect([table.includes('SW-48'), table.includes('SW-24')]).toEqual([true, false]);
    const hidden = (await catalog.ask('GET', 'products?search=access')).body.data[0].id;
    expect((await catalog.ask('GET', `products/${hidden}`, { guest: true })).body.code).toBe('product.not-found');
    expect((await catalog.ask('GET', `products/${hidden}/relations`, { guest: true })).status).toBe(404);
  });

  it('learns of no category without something published in it, and of no price', async () => {
    const cables = await catalog.idOf('categories', { name: 'Secret cables' });
    await catalog.idOf('categories', { name: 'Empty' });
    await catalog.idOf('products', { sku: 'CAB-1', name: 'Cable', categoryId: cables });
    const names = async () =>
      (await catalog.ask('GET', 'categories', { guest: true })).body.data.map(({ name }: { name: string }) => name);
    expect(await names()).toEqual([]);
    await catalog.idOf('products', { sku: 'CAB-2', name: 'Cable', categoryId: cables, isPublished: true });
    expect(await names()).toEqual(['Secret cables']);
    expect((await catalog.ask('GET', 'price-lists', { guest: true })).status).toBe(403);
  });
});

describe('categories', () => {
  it('lie below each other without a circle, and are removed when they are empty', async () => {
    const top = await catalog.idOf('categories', { name: 'Top' });
    const middle = await catalog.idOf('categories', { name: 'Middle', parentId: top });
    const move = (id: string, parentId: string | null, version: number) =>
      catalog.ask('PATCH', `categories/${id}`, { body: { parentId }, version });
    expect((await move(top, middle, 1)).body.code).toBe('category.below-itself');
    expect((await catalog.ask('DELETE', `categories/${top}`, { version: 1 })).body.code).toBe('category.in-use');
    expect((await move(middle, null, 1)).body).toMatchObject({ parentId: null, version: 2 });
    expect((await catalog.ask('DELETE', `categories/${top}`, { version: 1 })).status).toBe(204);
  });

  it('of two that are moved below each other at once, one stays where it is', async () => {
    const [one, two] = [
      await catalog.idOf('categories', { name: 'P' }),
      await catalog.idOf('categories', { name: 'Q' }),
    ];
    const moves = await Promise.all([
      catalog.ask('PATCH', `categories/${one}`, { body: { parentId: two }, version: 1 }),
      catalog.ask('PATCH', `categories/${two}`, { body: { parentId: one }, version: 1 }),
    ]);
    expect(moves.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  it('of one place have different names, whatever their case', async () => {
    await catalog.idOf('categories', { name: 'Twice' });
    const again = await catalog.ask('POST', 'categories', { body: { name: 'TWICE' } });
    expect(again.body.code).toBe('category.name-taken');
  });
});
