import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Media } from '../media/contract.ts';
import { sweepMedia } from '../media/sweep.ts';
import { aPdf, aPng } from '../media/testing/sample-files.ts';
import { catalogApi, type CatalogApi } from '../testing/catalog-api.ts';
import type { ShownFile, ShownFiles } from './contract.ts';

let catalog: CatalogApi;
let product: string;
let products = 0;
beforeAll(async () => {
  catalog = await catalogApi();
});
afterAll(() => catalog.close());
beforeEach(async () => {
  product = await catalog.idOf('products', { sku: `P-${(products += 1)}`, name: 'Switch', isPublished: true });
});

const types = { picture: 'image/png', document: 'application/pdf' } as const;
const containers = { picture: 'product-images', document: 'documents' } as const;

const upload = async (bytes: Buffer, kind: 'picture' | 'document', tenantId = catalog.tenantId): Promise<Media> => {
  const body = { container: containers[kind], contentType: types[kind], bytes: bytes.length };
  const { body: begun } = await catalog.ask('POST', 'media-uploads', { body, tenantId });
  catalog.blobs.put(begun.url, bytes);
  return (await catalog.ask('POST', `media-uploads/${begun.id}/completion`, { tenantId })).body;
};
interface Adding {
  kind?: 'picture' | 'document';
  name?: string;
  of?: string;
}
const add = (mediaId: string, { kind = 'picture', name = 'Front', of = product }: Adding = {}) =>
  catalog.ask('POST', `products/${of}/files`, { body: { kind, mediaId, name } });
const addNew = async (shade: number, name: string): Promise<string> =>
  (await add((await upload(aPng({ shade }), 'picture')).id, { name })).body.id;
const files = async (asking = {}, of = product): Promise<ShownFiles> =>
  (await catalog.ask('GET', `products/${of}/files`, asking)).body;
const names = (shown: readonly ShownFile[]): string[] => shown.map(({ name }) => name);

describe('files of a product', () => {
  it('are pictures with what they show, and documents with a title, each behind an address of minutes', async () => {
    const bytes = aPng({ width: 640, height: 480 });
    await add((await upload(bytes, 'picture')).id);
    await add((await upload(aPdf(), 'document')).id, { kind: 'document', name: 'Data sheet' });
    const { pictures, documents, expiresAt } = await files();
    expect(pictures).toMatchObject([{ name: 'Front', widthPx: 640, heightPx: 480, contentType: 'image/png' }]);
    expect(documents).toMatchObject([{ name: 'Data sheet', thumbnailUrl: null }]);
    expect(catalog.blobs.fetch(pictures[0]?.url ?? '')).toMatchObject({ status: 200, bytes });
    expect(catalog.blobs.fetch(pictures[0]?.thumbnailUrl ?? '')).toMatchObject({ contentType: 'image/webp' });
    expect(catalog.blobs.fetch(documents[0]?.url ?? '').status).toBe(200);
    expect(Date.parse(expiresAt ?? '') - Date.now()).toBeLessThanOrEqual(15 * 60_000);
  });

  it('have a main picture, small, that is found for many products at once, by who sees them alone', async () => {
    const other = await catalog.idOf('products', { sku: `P-${(products += 1)}`, name: 'Hidden' });
    await addNew(1, 'First');
    await addNew(2, 'Second');
    await add((await upload(aPng({ shade: 3, width: 640, height: 480 }), 'picture')).id, { of: other, name: 'Back' });
    const none = await catalog.idOf('products', { sku: `P-${(products += 1)}`, name: 'Bare' });
    const asked = (asking = {}) =>
      catalog.ask('GET', `product-pictures?productIds=${[product, other, none].join(',')}`, asking);
    const { body } = await asked();
    const said = body.data.map(({ productId, name }: { productId: string; name: string }) => [productId, name]);
    expect(Object.fromEntries(said)).toEqual({ [product]: 'First', [other]: 'Back' });
    const small = body.data.find(({ name }: { name: string }) => name === 'Back');
    expect(catalog.blobs.fetch(small.url)).toMatchObject({ status: 200, contentType: 'image/webp' });
    expect(Date.parse(body.expiresAt) - Date.now()).toBeLessThanOrEqual(15 * 60_000);
    expect((await asked({ guest: true })).body.data).toMatchObject([{ productId: product }]);
    const elsewhere = await asked({ tenantId: catalog.otherTenantId });
    expect(elsewhere.body).toEqual({ data: [], expiresAt: null });
    expect((await catalog.ask('GET', 'product-pictures?productIds=x')).status).toBe(400);
  });

  it('are shown in their order, the main picture first, and put in another one as a whole', async () => {
    const ids = [await addNew(1, 'A'), await addNew(2, 'B'), await addNew(3, 'C')] as const;
    const order = (wanted: readonly string[]) =>
      catalog.ask('PUT', `products/${product}/files/order`, { body: { kind: 'picture', ids: wanted } });
    expect((await order([ids[2], ids[0], ids[1]])).status).toBe(204);
    expect(names((await files()).pictures)).toEqual(['C', 'A', 'B']);
    for (const wrong of [[ids[0]], [ids[0], ids[0], ids[1]], [...ids.slice(0, 2), product]])
      expect((await order(wrong)).body.code).toBe('product-file.order-stale');
    await catalog.ask('DELETE', `products/${product}/files/${ids[2]}`);
    await addNew(4, 'D');
    expect(names((await files()).pictures)).toEqual(['A', 'B', 'D']);
  });

  it('are renamed, and removed once', async () => {
    const id = await addNew(5, 'Front');
    const path = `products/${product}/files/${id}`;
    expect((await catalog.ask('PATCH', path, { body: { name: 'Back' } })).status).toBe(204);
    expect(names((await files()).pictures)).toEqual(['Back']);
    expect((await catalog.ask('PATCH', path, { body: { name: '' } })).status).toBe(400);
    expect((await catalog.ask('DELETE', path)).status).toBe(204);
    expect((await catalog.ask('DELETE', path)).body.code).toBe('product-file.not-found');
    expect((await files()).pictures).toEqual([]);
  });

  it('are once each, of their own kind, and twenty at most', async () => {
    const media = await upload(aPng({ shade: 6 }), 'picture');
    expect((await add(media.id)).status).toBe(201);
    expect((await add(media.id)).body.code).toBe('product-file.exists');
    expect((await add(media.id, { kind: 'document' })).body.code).toBe('media.not-found');
    const { administrator, tenantId } = catalog;
    await administrator.query(
      `with m as (insert into catalog.media (tenant_id, container, sha256, content_type, bytes)
        select $1, 'product-images', lpad(n::text, 64, 'e'), 'image/png', 1 from generate_series(1, 19) n returning tenant_id, id)
       insert into catalog.product_files (tenant_id, product_id, media_id, kind, position, name)
       select m.tenant_id, $2, m.id, 'picture', 1 + row_number() over (), 'x' from m`,
      [tenantId, product],
    );
    const answer = await add((await upload(aPng({ shade: 7 }), 'picture')).id);
    expect([answer.status, answer.body.code]).toEqual([409, 'product-file.too-many']);
  });

  it('are a guest’s to see where the product is published, and nobody’s of another tenant', async () => {
    const media = await upload(aPng({ shade: 8 }), 'picture');
    await add(media.id);
    const hidden = await catalog.idOf('products', { sku: `P-${(products += 1)}`, name: 'Secret' });
    const hiddenMedia = await upload(aPng({ shade: 9 }), 'picture');
    await add(hiddenMedia.id, { of: hidden });
    const guest = { guest: true };
    expect(names((await files(guest)).pictures)).toEqual(['Front']);
    expect((await catalog.ask('GET', `media/${media.id}/link`, guest)).status).toBe(200);
    expect((await catalog.ask('GET', `products/${hidden}/files`, guest)).status).toBe(404);
    expect((await catalog.ask('GET', `media/${hiddenMedia.id}/link`, guest)).status).toBe(404);
    expect((await catalog.ask('DELETE', `products/${product}/files/${hidden}`, guest)).status).toBe(403);
    const foreign = { tenantId: catalog.otherTenantId };
    expect((await catalog.ask('GET', `products/${product}/files`, foreign)).status).toBe(404);
    const theirs = await upload(aPng({ shade: 10 }), 'picture', catalog.otherTenantId);
    expect((await add(theirs.id)).body.code).toBe('media.not-found');
  });

  it('keep their bytes as long as a product has them, and a day longer', async () => {
    const media = await upload(aPng({ shade: 11 }), 'picture');
    const other = await catalog.idOf('products', { sku: `P-${(products += 1)}`, name: 'Same picture' });
    const { body: file } = await add(media.id);
    await add(media.id, { of: other });
    const sweepTomorrow = async (): Promise<number> => {
      await catalog.administrator.query("update catalog.media set loose_since = loose_since - interval '25 hours'");
      await sweepMedia(catalog);
      return (await catalog.ask('GET', `media/${media.id}`)).status;
    };
    expect(await sweepTomorrow()).toBe(200);
    await catalog.ask('DELETE', `products/${product}/files/${file.id}`);
    expect(await sweepTomorrow()).toBe(200);
    // With the product go its files.
    expect((await catalog.ask('DELETE', `products/${other}`, { version: 1 })).status).toBe(204);
    expect((await catalog.ask('GET', `media/${media.id}`)).status).toBe(200);
    expect(await sweepTomorrow()).toBe(404);
    expect(catalog.blobs.names().filter((name) => name.includes(media.sha256))).toEqual([]);
  });
});
