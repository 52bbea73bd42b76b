import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inertFindings } from '../stencil/testing/inert-svg.ts';
import { cabinet, namesOf, server, stencilLibrary, type StencilLibrary } from './testing/stencil-library.ts';

let catalog: StencilLibrary;
beforeAll(async () => {
  catalog = await stencilLibrary();
});
afterAll(() => catalog.close());

describe('a preview', () => {
  it('is an inert picture that a browser keeps, and asks nobody for again', async () => {
    const id = await catalog.aStencil(server());
    const [master] = await catalog.masters(`stencilId=${id}`);
    const path = `stencil-masters/${master?.id}/preview`;
    const { status, headers, body } = await catalog.ask('GET', path);
    expect([status, inertFindings(body)]).toEqual([200, []]);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'private, max-age=31536000, immutable',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
    });
    const again = await catalog.ask('GET', path, { headers: { 'if-none-match': headers.get('etag') ?? '' } });
    expect([again.status, again.headers.get('cache-control'), again.body]).toEqual([
      304,
      'private, max-age=31536000, immutable',
      undefined,
    ]);
  });

  it('has an icon beside it where the file brings one', async () => {
    const id = await catalog.aStencil(server());
    const [master] = await catalog.masters(`stencilId=${id}`);
    expect((await catalog.ask('GET', `stencil-masters/${master?.id}/icon`)).body.code).toBe('stencil-master.not-found');
  });
});

describe('masters are found', () => {
  beforeAll(async () => {
    await catalog.aStencil({
      attributes: "ID='2' Name='Crème Brûlée' Prompt='A dessert' UniqueID='{D}'",
      page: { ShapeKeywords: 'sweet;spoon' },
    });
  });

  it.each(['search=creme', 'search=BRUL', 'search=spoo', 'search=dessert+creme', 'search=sweet'])(
    'by the beginnings of words in their names, keywords and prompts: %s',
    async (query) => expect(namesOf(await catalog.masters(query))).toEqual(['Crème Brûlée']),
  );

  it('by no word that they do not have', async () => expect(await catalog.masters('search=creme+rack')).toEqual([]));

  it('page by page, each once', async () => {
    const id = await catalog.aStencil(server(), cabinet, { attributes: "ID='9' Name='Shelf' UniqueID='{F}'" });
    const found: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const at: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await catalog.ask('GET', `stencil-masters?stencilId=${id}&limit=2${at}`);
      found.push(...namesOf(body.data));
      cursor = body.page.next;
    }
    expect(found).toEqual(['Rack server', 'Cabinet', 'Shelf']);
  });
});

describe('a product', () => {
  it('is drawn by masters, each once, until they are taken away', async () => {
    const id = await catalog.aStencil(server());
    const [master] = await catalog.masters(`stencilId=${id}`);
    const product = await catalog.idOf('products', { sku: 'DRAWN', name: 'Drawn' });
    const path = `products/${product}/stencil-masters`;
    const body = { masterId: master?.id };
    expect((await catalog.ask('POST', path, { body })).body).toMatchObject({ id: master?.id, name: 'Rack server' });
    expect((await catalog.ask('POST', path, { body })).body.code).toBe('stencil-master.linked');
    expect((await catalog.ask('GET', `stencil-masters/${master?.id}`)).body.products).toEqual([
      { id: product, sku: 'DRAWN', name: 'Drawn' },
    ]);
    expect((await catalog.ask('DELETE', `${path}/${master?.id}`)).status).toBe(204);
    expect((await catalog.ask('DELETE', `${path}/${master?.id}`)).body.code).toBe('stencil-master.not-found');
    expect((await catalog.ask('GET', path)).body.data).toEqual([]);
  });

  it('that is removed leaves the master as it was', async () => {
    const id = await catalog.aStencil(server());
    const [master] = await catalog.masters(`stencilId=${id}`);
    const product = await catalog.idOf('products', { sku: 'LEAVES', name: 'Leaves' });
    await catalog.ask('POST', `products/${product}/stencil-masters`, { body: { masterId: master?.id } });
    expect((await catalog.ask('DELETE', `products/${product}`, { version: 1 })).status).toBe(204);
    expect((await catalog.ask('GET', `stencil-masters/${master?.id}`)).body.products).toEqual([]);
  });
});

describe('the people of a customer', () => {
  it('see the newest version of what was published, and nothing else', async () => {
    const [shown, kept] = [await catalog.aStencil(server()), await catalog.aStencil(cabinet)];
    const [old] = await catalog.masters(`stencilId=${shown}`);
    await catalog.addVersion(shown, catalog.aFile(server(), cabinet));
    await catalog.publish(shown, 2);
    const { data } = (await catalog.ask('GET', 'stencils', { guest: true })).body;
    expect(data.map(({ id }: { id: string }) => id)).toEqual([shown]);
    expect(namesOf(await catalog.masters('search=rack', true))).toEqual(['Rack server']);
    expect(await catalog.masters(`stencilId=${kept}`, true)).toEqual([]);
    expect(await catalog.masters(`stencilId=${shown}&number=1`, true)).toEqual([]);
    for (const path of [
      `stencils/${kept}`,
      `stencils/${kept}/versions/1/link`,
      `stencils/${shown}/versions/1/link`,
      `stencils/${shown}/comparison?before=1&after=2`,
      `stencil-masters/${old?.id}`,
      `stencil-masters/${old?.id}/preview`,
    ])
      expect([path, (await catalog.ask('GET', path, { guest: true })).status]).toEqual([path, 404]);
    const [now] = await catalog.masters(`stencilId=${shown}`, true);
    expect((await catalog.ask('GET', `stencil-masters/${now?.id}/preview`, { guest: true })).status).toBe(200);
    expect((await catalog.ask('GET', `stencils/${shown}/versions/2/link`, { guest: true })).status).toBe(200);
  });

  it('see of a published product the drawings that are published', async () => {
    const [shown, kept] = [await catalog.aStencil(server()), await catalog.aStencil(cabinet)];
    await catalog.publish(shown);
    const product = await catalog.idOf('products', { sku: 'PUB', name: 'Published', isPublished: true });
    for (const id of [shown, kept]) {
      const [master] = await catalog.masters(`stencilId=${id}`);
      await catalog.ask('POST', `products/${product}/stencil-masters`, { body: { masterId: master?.id } });
    }
    const { data } = (await catalog.ask('GET', `products/${product}/stencil-masters`, { guest: true })).body;
    expect(namesOf(data)).toEqual(['Rack server']);
  });
});

it('another tenant has nothing of all this', async () => {
  const id = await catalog.aStencil(server());
  const [master] = await catalog.masters(`stencilId=${id}`);
  const tenantId = catalog.otherTenantId;
  expect((await catalog.ask('GET', 'stencils', { tenantId })).body.data).toEqual([]);
  for (const path of [`stencils/${id}`, `stencils/${id}/versions`, `stencil-masters/${master?.id}/preview`])
    expect((await catalog.ask('GET', path, { tenantId })).status).toBe(404);
});
