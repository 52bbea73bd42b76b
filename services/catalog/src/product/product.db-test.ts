import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { auditedIn, auditedRoutes } from '@legendops/kit/testing/audited-routes';
import { denyMatrix } from '@legendops/kit/testing/deny-matrix';
import { forgedCursors } from '@legendops/kit/testing/forged-cursors';
import { testApi, type TestApi } from '@legendops/kit/testing/test-api';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { catalogApp } from '../app.ts';
import { memoryBlobStore } from '../media/testing/memory-blob-store.ts';
import { arrivedPackage } from '../stencil-library/testing/arrived-package.ts';
import { aStencilFile } from '../stencil/testing/a-stencil.ts';
import { aNewDesign } from '../testing/a-design.ts';

let database: TestDatabase;
let api: TestApi;
let tenantId: string;
const blobs = memoryBlobStore();

beforeAll(async () => {
  database = await testDatabase('catalog_db');
  tenantId = await aTenant(database.administrator, { limits: { requestsPerMinute: 100_000 } });
  const pool = database.pool('svc_catalog');
  api = await testApi({
    service: 'catalog',
    routes: catalogApp({ database: serviceDatabase(pool), platform: platformDatabase(pool), blobs }).routes,
    pool,
    // More refusals than one address may collect: each comes from an address of its own.
    trustedProxyHops: 1,
  });
});
afterAll(async () => {
  await api.close();
  await database.close();
});

const products = '/api/catalog/v1/products';
let keys = 0;
const as = () => ({ actor: { tenantId } });
const newKey = () => ({ 'idempotency-key': `k${(keys += 1)}` });
const create = (body: object) => api.call('POST', products, { ...as(), body, headers: newKey() });

describe('products', () => {
  it('are created, changed and removed by version', async () => {
    const { body } = await create({ sku: 'A-1', name: 'Switch' });
    expect(body).toMatchObject({ sku: 'A-1', name: 'Switch', manufacturer: '', lifecycle: 'active', version: 1 });
    const path = `${products}/${body.id}`;
    const changed = await api.call('PATCH', path, {
      ...as(),
      body: { name: 'Switch 24' },
      headers: { 'if-match': '"v1"' },
    });
    expect(changed.body).toMatchObject({ sku: 'A-1', name: 'Switch 24', version: 2 });
    expect((await api.call('DELETE', path, { ...as(), headers: { 'if-match': '"v1"' } })).status).toBe(412);
    expect((await api.call('DELETE', path, { ...as(), headers: { 'if-match': '"v2"' } })).status).toBe(204);
    expect((await api.call('GET', path, as())).body.code).toBe('product.not-found');
  });

  it('have a SKU of their own, within the tenant', async () => {
    await create({ sku: 'B-1', name: 'One' });
    expect((await create({ sku: 'B-1', name: 'Two' })).body).toMatchObject({ status: 409, code: 'product.sku-taken' });
    const two = await create({ sku: 'B-2', name: 'Two' });
    const taken = await api.call('PATCH', `${products}/${two.body.id}`, {
      ...as(),
      body: { sku: 'B-1' },
      headers: { 'if-match': '"v1"' },
    });
    expect(taken.body.code).toBe('product.sku-taken');
  });

  it('have names of one line that can be seen', async () => {
    const line = { sku: 'C-1', name: 'Switch', manufacturer: 'Contoso' };
    for (const field of ['sku', 'name', 'manufacturer'])
      expect((await create({ ...line, [field]: 'a\u202eb\n' })).body.errors).toMatchObject([
        { pointer: `/body/${field}` },
      ]);
  });

  it('are listed newest first', async () => {
    const { body } = await api.call('GET', `${products}?limit=1`, as());
    expect([body.data[0].sku, typeof body.page.next]).toEqual(['B-2', 'string']);
  });
});

const { routes } = catalogApp({} as never);

describe('the catalog writes down', () => {
  const anyOne = async () => (await api.call('GET', `${products}?limit=1`, as())).body.data[0];
  const post = async (path: string, body: object) =>
    (await api.call('POST', `/api/catalog/v1/${path}`, { ...as(), body, headers: newKey() })).body;
  const remove = (path: string, version?: number) =>
    api.call('DELETE', `/api/catalog/v1/${path}`, {
      ...as(),
      ...(version !== undefined && { headers: { 'if-match': `"v${version}"` } }),
    });
  const twoProducts = async () => [
    (await create({ sku: `E-${(keys += 1)}`, name: 'One' })).body.id,
    (await create({ sku: `E-${(keys += 1)}`, name: 'Two' })).body.id,
  ];
  const related = async () => {
    const [from, to] = await twoProducts();
    const { id } = await post(`products/${from}/relations`, { kind: 'requires', productId: to });
    return { from, id };
  };
  const withFile = async (count: number) => {
    const [product] = await twoProducts();
    const path = `/api/catalog/v1/products/${product}/files`;
    const ids: string[] = [];
    for (let file = 0; file < count; file += 1) {
      const { rows } = await database.administrator.query<{ id: string }>(
        `insert into catalog.media (tenant_id, container, sha256, content_type, bytes)
         values ($1, 'documents', $2, 'application/pdf', 1) returning id`,
        [tenantId, String((keys += 1)).padStart(64, '0')],
      );
      const body = { kind: 'document', mediaId: rows[0]?.id, name: `Sheet ${file}` };
      ids.push((await api.call('POST', path, { ...as(), body, headers: newKey() })).body.id);
    }
    return { path, ids };
  };
  const uploaded = async () => ({
    fileName: 'a.vssx',
    mediaId: await arrivedPackage(
      { ...database, blobs },
      tenantId,
      aStencilFile({ document: `<!--${(keys += 1)}-->` }),
    ),
  });
  const stencil = async () => post('stencils', { ...(await uploaded()), name: `Stencil ${keys}` });
  const drawn = async () => {
    const [{ sampleMasterIds }, [productId]] = [await stencil(), await twoProducts()];
    const [masterId] = sampleMasterIds;
    await post(`products/${productId}/stencil-masters`, { masterId });
    return { productId, masterId };
  };
  const takenProduct = async (): Promise<string> => {
    const key = `base.${(keys += 1)}`;
    await database.administrator.query(
      `insert into catalog.base_products (key, kind, name, description, manufacturer, mpn, lifecycle, unit, pack_size, words)
       values ($1, 'product', 'Shelf', '', '', '', 'active', 'each', 1, ' shelf')`,
      [key],
    );
    return (await post('base-products/takings', { products: [{ key }] })).products[0].productId;
  };
  const adopted = async () => {
    const [key, mpn] = [`base.${(keys += 1)}`, `M-${(keys += 1)}`];
    await database.administrator.query(
      `insert into catalog.base_products (key, kind, name, description, manufacturer, mpn, lifecycle, unit, pack_size, words)
       values ($1, 'product', 'Shelf', '', '', $2, 'active', 'each', 1, ' shelf')`,
      [key, mpn],
    );
    const { id } = (await create({ sku: mpn, name: 'Our shelf', mpn })).body;
    await api.call('PUT', `${products}/${id}/base`, { ...as(), body: { key }, headers: { 'if-match': '"v1"' } });
  };
  auditedRoutes(
    routes,
    {
      'post /v1/products: product.created': () => create({ sku: 'D-1', name: 'Rack' }),
      'patch /v1/products/{productId}: product.changed': async () => {
        const { id, version } = await anyOne();
        const headers = { 'if-match': `"v${version}"` };
        await api.call('PATCH', `${products}/${id}`, { ...as(), body: { name: 'Rack 42U' }, headers });
      },
      'post /v1/products/bulk-changes: product.changed': async () => {
        const { id } = await anyOne();
        await post('products/bulk-changes', { ids: [id], change: { lifecycle: 'end-of-sale' } });
      },
      'post /v1/base-products/takings: product.taken': takenProduct,
      'delete /v1/products/{productId}/own-fields/{field}: product.taken-back': async () => {
        const path = `${products}/${await takenProduct()}`;
        const headers = (version: number) => ({ headers: { 'if-match': `"v${version}"` } });
        await api.call('PATCH', path, { ...as(), body: { name: 'Ours' }, ...headers(1) });
        await api.call('DELETE', `${path}/own-fields/name`, { ...as(), ...headers(2) });
      },
      'put /v1/products/{productId}/base: product.adopted': adopted,
      'delete /v1/products/{productId}/base: product.let-go': async () => {
        const id = await takenProduct();
        await api.call('DELETE', `${products}/${id}/base`, { ...as(), headers: { 'if-match': '"v1"' } });
      },
      'post /v1/product-imports: products.imported': () => post('product-imports', { text: 'sku,name\nF-1,Fan' }),
      'post /v1/categories: category.created': () => post('categories', { name: 'Racks' }),
      'patch /v1/categories/{categoryId}: category.changed': async () => {
        const { id } = await post('categories', { name: 'Cabels' });
        const headers = { 'if-match': '"v1"' };
        await api.call('PATCH', `/api/catalog/v1/categories/${id}`, { ...as(), body: { name: 'Cables' }, headers });
      },
      'delete /v1/categories/{categoryId}: category.removed': async () =>
        remove(`categories/${(await post('categories', { name: 'Misc' })).id}`, 1),
      'post /v1/products/{productId}/relations: relation.created': related,
      'delete /v1/products/{productId}/relations/{relationId}: relation.removed': async () => {
        const { from, id } = await related();
        await remove(`products/${from}/relations/${id}`);
      },
      'post /v1/price-lists: price-list.created': () => post('price-lists', { name: 'List', currency: 'USD' }),
      'delete /v1/price-lists/{priceListId}: price-list.removed': async () =>
        remove(`price-lists/${(await post('price-lists', { name: 'Old', currency: 'USD' })).id}`, 1),
      'put /v1/price-lists/{priceListId}/prices: price.set': async () => {
        const { id } = await post('price-lists', { name: 'New', currency: 'EUR' });
        const body = { productId: (await anyOne()).id, validFrom: '2026-01-01', amountMinor: '100' };
        await api.call('PUT', `/api/catalog/v1/price-lists/${id}/prices`, { ...as(), body });
      },
      'post /v1/products/{productId}/files: product-file.added': () => withFile(1),
      'patch /v1/products/{productId}/files/{fileId}: product-file.renamed': async () => {
        const { path, ids } = await withFile(1);
        await api.call('PATCH', `${path}/${ids[0]}`, { ...as(), body: { name: 'Back' } });
      },
      'put /v1/products/{productId}/files/order: product-files.ordered': async () => {
        const { path, ids } = await withFile(2);
        await api.call('PUT', `${path}/order`, { ...as(), body: { kind: 'document', ids: ids.toReversed() } });
      },
      'delete /v1/products/{productId}/files/{fileId}: product-file.removed': async () => {
        const { path, ids } = await withFile(1);
        await api.call('DELETE', `${path}/${ids[0]}`, as());
      },
      'post /v1/stencils: stencil.created': stencil,
      'post /v1/stencils/{stencilId}/versions: stencil.version-added': async () =>
        post(`stencils/${(await stencil()).id}/versions`, await uploaded()),
      'patch /v1/stencils/{stencilId}: stencil.changed': async () => {
        const { id } = await stencil();
        const headers = { 'if-match': '"v1"' };
        await api.call('PATCH', `/api/catalog/v1/stencils/${id}`, { ...as(), body: { isPublished: true }, headers });
      },
      'delete /v1/stencils/{stencilId}: stencil.removed': async () => remove(`stencils/${(await stencil()).id}`, 1),
      'post /v1/products/{productId}/stencil-masters: product-master.linked': drawn,
      'delete /v1/products/{productId}/stencil-masters/{masterId}: product-master.unlinked': async () => {
        const { productId, masterId } = await drawn();
        await remove(`products/${productId}/stencil-masters/${masterId}`);
      },
      'post /v1/cabling-designs: cabling-design.created': () => post('cabling-designs', aNewDesign()),
      'patch /v1/cabling-designs/{designId}: cabling-design.changed': async () => {
        const { id } = await post('cabling-designs', aNewDesign());
        const headers = { 'if-match': '"v1"' };
        await api.call('PATCH', `/api/catalog/v1/cabling-designs/${id}`, {
          ...as(),
          body: { name: 'Floor 2' },
          headers,
        });
      },
      'put /v1/cabling-designs/{designId}/recalculation: cabling-design.recalculated': async () => {
        const { id } = await post('cabling-designs', aNewDesign());
        const headers = { 'if-match': '"v1"' };
        await api.call('PUT', `/api/catalog/v1/cabling-designs/${id}/recalculation`, { ...as(), headers });
      },
      'delete /v1/cabling-designs/{designId}: cabling-design.removed': async () =>
        remove(`cabling-designs/${(await post('cabling-designs', aNewDesign())).id}`, 1),
      'delete /v1/products/{productId}: product.removed': async () => {
        const { id } = (await create({ sku: 'G-1', name: 'Gone' })).body;
        await remove(`products/${id}`, 1);
      },
    },
    () => ({ administrator: database.administrator, tenantId }),
  );

  it('what was different before and after, and nothing of what was refused', async () => {
    const entries = await auditedIn(database.administrator);
    expect(entries.find(({ act, subject }) => act === 'product.changed' && subject.name === 'Rack 42U')).toMatchObject({
      author: { kind: 'member', name: 'Ada', email: 'ada@northwind.example' },
      changes: [{ field: 'name', before: 'Rack', after: 'Rack 42U' }],
    });
    expect((await create({ sku: 'B-2', name: 'Once more' })).status).toBe(409);
    expect(await auditedIn(database.administrator)).toEqual(entries);
  });
});

describe('who may', () => {
  denyMatrix('/api/catalog', routes, () => ({ api, tenantId }));
  forgedCursors(
    '/api/catalog',
    routes,
    {
      '/v1/products': { list: 'products', by: 'instant' },
      '/v1/base-products': { list: 'base-products ""', by: 'text', rest: [] },
      '/v1/stencils': { list: 'stencils', by: 'instant' },
      '/v1/stencil-masters': { list: 'stencil-masters ["shape",null,null,null]', by: 'id', rest: ['integer'] },
      '/v1/cabling-designs': { list: 'cabling-designs ["",""]', by: 'instant' },
    },
    () => ({ api, tenantId }),
  );
});
