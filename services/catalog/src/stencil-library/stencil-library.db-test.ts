import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inertFindings } from '../stencil/testing/inert-svg.ts';
import { aRectangle, aShape, aStencilFile, type GivenMaster } from '../stencil/testing/a-stencil.ts';
import { catalogApi, type CatalogApi } from '../testing/catalog-api.ts';

let catalog: CatalogApi;
beforeAll(async () => {
  catalog = await catalogApi();
});
afterAll(() => catalog.close());

const server = (more: GivenMaster = {}): GivenMaster => ({
  attributes: "ID='2' Name='Rack server' NameU='Server' UniqueID='{U-S}' BaseID='{B-S}' Prompt='Two units'",
  page: { ShapeKeywords: 'rack,host', PageWidth: 2 },
  ...more,
});
const cabinet: GivenMaster = { attributes: "ID='3' Name='Cabinet' NameU='Cabinet' UniqueID='{U-C}' BaseID='{B-C}'" };
const clip: GivenMaster = { attributes: "ID='4' Name='clip-path' UniqueID='{U-P}' BaseID='{B-P}' PatternFlags='4'" };
const secret: GivenMaster = { attributes: "ID='5' Name='Part' UniqueID='{U-H}' BaseID='{B-H}' Hidden='1'" };

let made = 0;
/** A stencil's file that is like no other, and still holds these masters. */
const aFile = (...masters: GivenMaster[]): Buffer => aStencilFile({ masters, document: `<!--${(made += 1)}-->` });

const send = async (name: string, file: Uint8Array, fileName = 'servers.vssx') =>
  catalog.ask('POST', 'stencils', { body: { name, fileName, mediaId: await catalog.arrive(file) } });
const addVersion = async (id: string, file: Uint8Array, fileName = 'servers.vssx') =>
  catalog.ask('POST', `stencils/${id}/versions`, { body: { fileName, mediaId: await catalog.arrive(file) } });
const aStencil = async (...masters: GivenMaster[]): Promise<string> => {
  const { body } = await send(`Stencil ${(made += 1)}`, aFile(...masters));
  return body.id;
};
const publish = (id: string, version = 1) =>
  catalog.ask('PATCH', `stencils/${id}`, { body: { isPublished: true }, version });

interface Named {
  id: string;
  name: string;
}
const masters = async (query: string, guest = false): Promise<Named[]> =>
  (await catalog.ask('GET', `stencil-masters?${query}`, { guest })).body.data;
const namesOf = (found: readonly Named[]): string[] => found.map(({ name }) => name);

describe('a stencil', () => {
  it('is kept as it was uploaded, with its masters in their order', async () => {
    const { status, body } = await send('Servers', aFile(server(), clip, cabinet, secret));
    expect([status, body]).toMatchObject([
      201,
      {
        name: 'Servers',
        latest: 1,
        fileName: 'servers.vssx',
        hasMacros: false,
        isPublished: false,
        counts: { shape: 2, pattern: 1, hidden: 1 },
      },
    ]);
    expect(body.sampleMasterIds).toHaveLength(2);
    const shapes = await masters(`stencilId=${body.id}`);
    expect(namesOf(shapes)).toEqual(['Rack server', 'Cabinet']);
    expect(shapes.map(({ id }) => id)).toEqual(body.sampleMasterIds);
    expect(namesOf(await masters(`stencilId=${body.id}&kind=pattern`))).toEqual(['clip-path']);
    expect(namesOf(await masters(`stencilId=${body.id}&kind=hidden`))).toEqual(['Part']);
  });

  it('tells of a master what the file says', async () => {
    const inner = `${aRectangle}<Section N='Connection'><Row IX='0'><Cell N='X' V='1'/><Cell N='Y' V='0.5'/></Row></Section>
      <Section N='Property'><Row N='Units'><Cell N='Label' V='Height units'/><Cell N='Value' V='2'/></Row></Section>`;
    const id = await aStencil(server({ shapes: aShape(inner) }));
    const [master] = await masters(`stencilId=${id}`);
    const { body } = await catalog.ask('GET', `stencil-masters/${master?.id}`);
    expect(body).toMatchObject({
      name: 'Rack server',
      nameU: 'Server',
      uniqueId: '{U-S}',
      baseId: '{B-S}',
      prompt: 'Two units',
      keywords: ['rack', 'host'],
      widthMm: 50.8,
      heightMm: 25.4,
      connectionPoints: [{ x: 25.4, y: 12.7 }],
      properties: [{ name: 'Units', label: 'Height units', value: '2', shape: { id: '5', name: 'Box' } }],
      hasIcon: false,
      products: [],
    });
  });

  it('is the same one when the same bytes come under its name again, and nobody else’s', async () => {
    const file = aFile(server());
    const first = await send('Twice', file);
    const again = await send('Twice', file);
    expect([first.status, again.status, again.body]).toEqual([201, 200, first.body]);
    expect((await send('twice', aFile(cabinet))).body.code).toBe('stencil.name-taken');
    const { rows } = await catalog.administrator.query(
      "select payload ->> 'act' as act from app.outbox where payload -> 'subject' ->> 'name' = 'Twice'",
    );
    expect(rows).toEqual([{ act: 'stencil.created' }]);
  });

  it('is renamed, published and removed by its version, with everything that it holds', async () => {
    const id = await aStencil(server());
    await aStencil(cabinet).then((other) =>
      catalog.ask('PATCH', `stencils/${other}`, { body: { name: 'Other' }, version: 1 }),
    );
    expect((await catalog.ask('PATCH', `stencils/${id}`, { body: { name: 'OTHER' }, version: 1 })).body.code).toBe(
      'stencil.name-taken',
    );
    const changed = await catalog.ask('PATCH', `stencils/${id}`, { body: { name: 'Mine' }, version: 1 });
    expect([changed.status, changed.body.name, changed.body.version]).toEqual([200, 'Mine', 2]);
    expect((await catalog.ask('DELETE', `stencils/${id}`, { version: 1 })).status).toBe(412);
    const [master] = await masters(`stencilId=${id}`);
    expect((await catalog.ask('DELETE', `stencils/${id}`, { version: 2 })).status).toBe(204);
    expect((await catalog.ask('GET', `stencil-masters/${master?.id}/preview`)).status).toBe(404);
    const { rows } = await catalog.administrator.query('select from catalog.stencil_words where master_id = $1', [
      master?.id,
    ]);
    expect(rows).toEqual([]);
  });

  it('has an address for each version, at which its package is as it was uploaded', async () => {
    const file = aFile(server());
    const { id } = (await send(`Stencil ${(made += 1)}`, file)).body;
    const { url, expiresAt } = (await catalog.ask('GET', `stencils/${id}/versions/1/link`)).body;
    expect(Buffer.from(catalog.blobs.fetch(url).bytes ?? []).equals(file)).toBe(true);
    expect(Date.parse(expiresAt)).toBeLessThanOrEqual(Date.now() + 15 * 60_000);
    expect((await catalog.ask('GET', `stencils/${id}/versions/2/link`)).body.code).toBe('stencil.not-found');
  });

  it.each(['servers.vss', 'servers', '../servers.vssx', 'a"b.vssx', 'servers.vssx.exe'])(
    'is not called %s by whoever uploads it',
    async (fileName) => {
      const { status, body } = await send(`Named ${(made += 1)}`, aFile(server()), fileName);
      expect([status, body.errors[0].pointer]).toEqual([400, '/body/fileName']);
    },
  );
});

/** The whole way of a file, as a browser takes it. */
const uploadWhole = async (file: Uint8Array) => {
  const body = {
    container: 'visio-stencils',
    contentType: 'application/vnd.ms-visio.stencil.main+xml',
    bytes: file.length,
  };
  const upload = (await catalog.ask('POST', 'media-uploads', { body })).body;
  expect(catalog.blobs.put(upload.url, file)).toBe(201);
  return catalog.ask('POST', `media-uploads/${upload.id}/completion`);
};
const looseSince = async (mediaId: string): Promise<unknown> =>
  (await catalog.administrator.query('select loose_since from catalog.media where id = $1', [mediaId])).rows[0]
    ?.loose_since;

describe('an upload', () => {
  it('is kept as long as a version names it', async () => {
    const { body: media } = await uploadWhole(aFile(server()));
    await catalog.administrator.query('update catalog.media set loose_since = null where id = $1', [media.id]);
    const sent = { name: `Whole ${(made += 1)}`, fileName: 'whole.vssx', mediaId: media.id };
    const stencil = (await catalog.ask('POST', 'stencils', { body: sent })).body;
    expect(await looseSince(media.id)).toBeNull();
    await catalog.ask('DELETE', `stencils/${stencil.id}`, { version: 1 });
    expect(await looseSince(media.id)).toEqual(expect.any(Date));
  });

  it('is refused by the codes of stencils before anything is kept', async () => {
    const before = catalog.blobs.names();
    const { status, body } = await uploadWhole(aStencilFile({ masters: [{ page: { DrawingScale: 0 } }] }));
    expect([status, body.errors[0].code]).toEqual([422, 'size-invalid']);
    expect(catalog.blobs.names()).toEqual(before);
  });
});

describe('a file that is refused', () => {
  it('says why by its code, and leaves nothing', async () => {
    const { status, body } = await send('Refused', Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    expect([status, body.code, body.errors[0]]).toMatchObject([
      422,
      'stencil.refused',
      { pointer: '/body/mediaId', code: 'binary-visio', detail: expect.stringContaining('.vssx') },
    ]);
    const { rows } = await catalog.administrator.query("select from catalog.stencils where name = 'Refused'");
    expect(rows).toEqual([]);
  });

  it('as a new version leaves the stencil as it was', async () => {
    const id = await aStencil(server());
    const before = (await catalog.ask('GET', `stencils/${id}`)).body;
    expect((await addVersion(id, Buffer.from('PK'))).status).toBe(422);
    expect((await catalog.ask('GET', `stencils/${id}`)).body).toEqual(before);
  });

  it('is another tenant’s, as far as this one can tell, when it is not there', async () => {
    const mediaId = await catalog.arrive(aFile(server()), catalog.otherTenantId);
    const theirs = await catalog.ask('POST', 'stencils', { body: { name: 'Theirs', fileName: 'a.vssx', mediaId } });
    expect(theirs.status).toBe(404);
  });
});

describe('a preview', () => {
  it('is an inert picture that a browser keeps, and asks nobody for again', async () => {
    const id = await aStencil(server());
    const [master] = await masters(`stencilId=${id}`);
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
    const id = await aStencil(server());
    const [master] = await masters(`stencilId=${id}`);
    expect((await catalog.ask('GET', `stencil-masters/${master?.id}/icon`)).body.code).toBe('stencil-master.not-found');
  });
});

describe('masters are found', () => {
  beforeAll(async () => {
    await aStencil({
      attributes: "ID='2' Name='Crème Brûlée' Prompt='A dessert' UniqueID='{D}'",
      page: { ShapeKeywords: 'sweet;spoon' },
    });
  });

  it.each(['search=creme', 'search=BRUL', 'search=spoo', 'search=dessert+creme', 'search=sweet'])(
    'by the beginnings of words in their names, keywords and prompts: %s',
    async (query) => expect(namesOf(await masters(query))).toEqual(['Crème Brûlée']),
  );

  it('by no word that they do not have', async () => expect(await masters('search=creme+rack')).toEqual([]));

  it('page by page, each once', async () => {
    const id = await aStencil(server(), cabinet, { attributes: "ID='9' Name='Shelf' UniqueID='{F}'" });
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

describe('versions of a stencil', () => {
  const renamed: GivenMaster = {
    ...server(),
    attributes: "ID='2' Name='Blade server' NameU='Server' UniqueID='{U-S}' BaseID='{B-S}' Prompt='Two units'",
  };
  const redrawn: GivenMaster = { ...cabinet, shapes: aShape(aRectangle, undefined, { Width: 3 }) };

  it('are compared by master: what was added, removed, changed, and in what', async () => {
    const id = await aStencil(server(), cabinet, secret);
    const { status, body } = await addVersion(id, aFile(renamed, redrawn, clip), 'servers-2.vssx');
    expect([status, body.latest, body.fileName]).toEqual([201, 2, 'servers-2.vssx']);
    const compared = (await catalog.ask('GET', `stencils/${id}/comparison?before=1&after=2`)).body;
    expect(compared).toMatchObject({ before: 1, after: 2, same: 0 });
    expect([namesOf(compared.added), namesOf(compared.removed)]).toEqual([['clip-path'], ['Part']]);
    expect(
      compared.changed.map(({ before, after, fields }: { before: Named; after: Named; fields: string[] }) => [
        before.name,
        after.name,
        fields,
      ]),
    ).toEqual([
      ['Rack server', 'Blade server', ['name', 'drawing']],
      ['Cabinet', 'Cabinet', ['drawing']],
    ]);
    expect((await catalog.ask('GET', `stencils/${id}/comparison?before=2&after=2`)).body.same).toBe(3);
    expect((await catalog.ask('GET', `stencils/${id}/comparison?before=1&after=3`)).body.code).toBe(
      'stencil.not-found',
    );
  });

  it('are all there, the newest is what is searched', async () => {
    const id = await aStencil(server());
    await addVersion(id, aFile(renamed));
    const { data } = (await catalog.ask('GET', `stencils/${id}/versions`)).body;
    expect(data.map(({ number }: { number: number }) => number)).toEqual([2, 1]);
    expect(namesOf(await masters(`stencilId=${id}`))).toEqual(['Blade server']);
    expect(namesOf(await masters(`stencilId=${id}&number=1`))).toEqual(['Rack server']);
    expect(await masters(`stencilId=${id}&search=rack+two+prompt`)).toEqual([]);
  });

  it('are none where the same bytes come again', async () => {
    const file = aFile(server());
    const { body } = await send(`Same ${(made += 1)}`, file);
    const again = await addVersion(body.id, file);
    expect([again.status, again.body.latest]).toEqual([200, 1]);
  });

  it('take over the products that their masters draw', async () => {
    const id = await aStencil(server(), secret);
    const product = await catalog.idOf('products', { sku: 'SRV', name: 'Server' });
    for (const kind of ['shape', 'hidden']) {
      const [master] = await masters(`stencilId=${id}&kind=${kind}`);
      await catalog.ask('POST', `products/${product}/stencil-masters`, { body: { masterId: master?.id } });
    }
    await addVersion(id, aFile(renamed));
    const { data } = (await catalog.ask('GET', `products/${product}/stencil-masters`)).body;
    expect(data.map(({ name, number }: { name: string; number: number }) => [name, number]).toSorted()).toEqual([
      ['Blade server', 2],
      ['Part', 1],
    ]);
  });
});

describe('a product', () => {
  it('is drawn by masters, each once, until they are taken away', async () => {
    const id = await aStencil(server());
    const [master] = await masters(`stencilId=${id}`);
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
    const id = await aStencil(server());
    const [master] = await masters(`stencilId=${id}`);
    const product = await catalog.idOf('products', { sku: 'LEAVES', name: 'Leaves' });
    await catalog.ask('POST', `products/${product}/stencil-masters`, { body: { masterId: master?.id } });
    expect((await catalog.ask('DELETE', `products/${product}`, { version: 1 })).status).toBe(204);
    expect((await catalog.ask('GET', `stencil-masters/${master?.id}`)).body.products).toEqual([]);
  });
});

describe('the people of a customer', () => {
  it('see the newest version of what was published, and nothing else', async () => {
    const [shown, kept] = [await aStencil(server()), await aStencil(cabinet)];
    const [old] = await masters(`stencilId=${shown}`);
    await addVersion(shown, aFile(server(), cabinet));
    await publish(shown, 2);
    const { data } = (await catalog.ask('GET', 'stencils', { guest: true })).body;
    expect(data.map(({ id }: { id: string }) => id)).toEqual([shown]);
    expect(namesOf(await masters('search=rack', true))).toEqual(['Rack server']);
    expect(await masters(`stencilId=${kept}`, true)).toEqual([]);
    expect(await masters(`stencilId=${shown}&number=1`, true)).toEqual([]);
    for (const path of [
      `stencils/${kept}`,
      `stencils/${kept}/versions/1/link`,
      `stencils/${shown}/versions/1/link`,
      `stencils/${shown}/comparison?before=1&after=2`,
      `stencil-masters/${old?.id}`,
      `stencil-masters/${old?.id}/preview`,
    ])
      expect([path, (await catalog.ask('GET', path, { guest: true })).status]).toEqual([path, 404]);
    const [now] = await masters(`stencilId=${shown}`, true);
    expect((await catalog.ask('GET', `stencil-masters/${now?.id}/preview`, { guest: true })).status).toBe(200);
    expect((await catalog.ask('GET', `stencils/${shown}/versions/2/link`, { guest: true })).status).toBe(200);
  });

  it('see of a published product the drawings that are published', async () => {
    const [shown, kept] = [await aStencil(server()), await aStencil(cabinet)];
    await publish(shown);
    const product = await catalog.idOf('products', { sku: 'PUB', name: 'Published', isPublished: true });
    for (const id of [shown, kept]) {
      const [master] = await masters(`stencilId=${id}`);
      await catalog.ask('POST', `products/${product}/stencil-masters`, { body: { masterId: master?.id } });
    }
    const { data } = (await catalog.ask('GET', `products/${product}/stencil-masters`, { guest: true })).body;
    expect(namesOf(data)).toEqual(['Rack server']);
  });
});

it('another tenant has nothing of all this', async () => {
  const id = await aStencil(server());
  const [master] = await masters(`stencilId=${id}`);
  const tenantId = catalog.otherTenantId;
  expect((await catalog.ask('GET', 'stencils', { tenantId })).body.data).toEqual([]);
  for (const path of [`stencils/${id}`, `stencils/${id}/versions`, `stencil-masters/${master?.id}/preview`])
    expect((await catalog.ask('GET', path, { tenantId })).status).toBe(404);
});
