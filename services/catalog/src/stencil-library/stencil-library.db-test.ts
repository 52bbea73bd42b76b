import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRectangle, aShape, aStencil, aStencilFile, type GivenMaster } from '../stencil/testing/a-stencil.ts';
import { writeZip } from '../stencil/testing/zip-writer.ts';
import {
  cabinet,
  clip,
  namesOf,
  secret,
  server,
  stencilLibrary,
  type StencilLibrary,
} from './testing/stencil-library.ts';

let catalog: StencilLibrary;
beforeAll(async () => {
  catalog = await stencilLibrary();
});
afterAll(() => catalog.close());

describe('a stencil', () => {
  it('is kept as it was uploaded, with its masters in their order', async () => {
    const { status, body } = await catalog.send('Servers', catalog.aFile(server(), clip, cabinet, secret));
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
    const shapes = await catalog.masters(`stencilId=${body.id}`);
    expect(namesOf(shapes)).toEqual(['Rack server', 'Cabinet']);
    expect(shapes.map(({ id }) => id)).toEqual(body.sampleMasterIds);
    expect(namesOf(await catalog.masters(`stencilId=${body.id}&kind=pattern`))).toEqual(['clip-path']);
    expect(namesOf(await catalog.masters(`stencilId=${body.id}&kind=hidden`))).toEqual(['Part']);
  });

  it('tells of a master what the file says', async () => {
    const inner = `${aRectangle}<Section N='Connection'><Row IX='0'><Cell N='X' V='1'/><Cell N='Y' V='0.5'/></Row></Section>
      <Section N='Property'><Row N='Units'><Cell N='Label' V='Height units'/><Cell N='Value' V='2'/></Row></Section>`;
    const id = await catalog.aStencil(server({ shapes: aShape(inner) }));
    const [master] = await catalog.masters(`stencilId=${id}`);
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
    const file = catalog.aFile(server());
    const first = await catalog.send('Twice', file);
    const again = await catalog.send('Twice', file);
    expect([first.status, again.status, again.body]).toEqual([201, 200, first.body]);
    expect((await catalog.send('twice', catalog.aFile(cabinet))).body.code).toBe('stencil.name-taken');
    const { rows } = await catalog.administrator.query(
      "select payload ->> 'act' as act from app.outbox where payload -> 'subject' ->> 'name' = 'Twice'",
    );
    expect(rows).toEqual([{ act: 'stencil.created' }]);
  });

  it('that may hold macros is kept under a name that says so, and no other', async () => {
    const file = writeZip([
      ...aStencil({ masters: [server()] }),
      { name: 'visio/vbaProject.bin', data: Buffer.from('x') },
    ]);
    const id = await catalog.aStencil(cabinet);
    for (const answer of [
      await catalog.send('Macros', file, 'servers.vssx'),
      await catalog.addVersion(id, file, 'servers.VSDX'),
    ])
      expect([answer.status, answer.body.errors?.[0]]).toMatchObject([
        400,
        { pointer: '/body/fileName', code: 'macros-hidden' },
      ]);
    const { status, body } = await catalog.send('Macros', file, 'servers.VSSM');
    expect([status, body.hasMacros]).toEqual([201, true]);
  });

  it('is renamed, published and removed by its version, with everything that it holds', async () => {
    const id = await catalog.aStencil(server());
    await catalog
      .aStencil(cabinet)
      .then((other) => catalog.ask('PATCH', `stencils/${other}`, { body: { name: 'Other' }, version: 1 }));
    expect((await catalog.ask('PATCH', `stencils/${id}`, { body: { name: 'OTHER' }, version: 1 })).body.code).toBe(
      'stencil.name-taken',
    );
    const changed = await catalog.ask('PATCH', `stencils/${id}`, { body: { name: 'Mine' }, version: 1 });
    expect([changed.status, changed.body.name, changed.body.version]).toEqual([200, 'Mine', 2]);
    expect((await catalog.ask('DELETE', `stencils/${id}`, { version: 1 })).status).toBe(412);
    const [master] = await catalog.masters(`stencilId=${id}`);
    expect((await catalog.ask('DELETE', `stencils/${id}`, { version: 2 })).status).toBe(204);
    expect((await catalog.ask('GET', `stencil-masters/${master?.id}/preview`)).status).toBe(404);
    const { rows } = await catalog.administrator.query('select from catalog.stencil_words where master_id = $1', [
      master?.id,
    ]);
    expect(rows).toEqual([]);
  });

  it('has an address for each version, at which its package is as it was uploaded', async () => {
    const file = catalog.aFile(server());
    const { id } = (await catalog.send(catalog.newName(), file)).body;
    const { url, expiresAt } = (await catalog.ask('GET', `stencils/${id}/versions/1/link`)).body;
    expect(Buffer.from(catalog.blobs.fetch(url).bytes ?? []).equals(file)).toBe(true);
    expect(Date.parse(expiresAt)).toBeLessThanOrEqual(Date.now() + 15 * 60_000);
    expect((await catalog.ask('GET', `stencils/${id}/versions/2/link`)).body.code).toBe('stencil.not-found');
  });

  it.each(['servers.vss', 'servers', '../servers.vssx', 'a"b.vssx', 'servers.vssx.exe'])(
    'is not called %s by whoever uploads it',
    async (fileName) => {
      const { status, body } = await catalog.send(catalog.newName(), catalog.aFile(server()), fileName);
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
    const { body: media } = await uploadWhole(catalog.aFile(server()));
    await catalog.administrator.query('update catalog.media set loose_since = null where id = $1', [media.id]);
    const sent = { name: catalog.newName(), fileName: 'whole.vssx', mediaId: media.id };
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
    const { status, body } = await catalog.send('Refused', Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    expect([status, body.code, body.errors[0]]).toMatchObject([
      422,
      'stencil.refused',
      { pointer: '/body/mediaId', code: 'binary-visio', detail: expect.stringContaining('.vssx') },
    ]);
    const { rows } = await catalog.administrator.query("select from catalog.stencils where name = 'Refused'");
    expect(rows).toEqual([]);
  });

  it('as a new version leaves the stencil as it was', async () => {
    const id = await catalog.aStencil(server());
    const before = (await catalog.ask('GET', `stencils/${id}`)).body;
    expect((await catalog.addVersion(id, Buffer.from('PK'))).status).toBe(422);
    expect((await catalog.ask('GET', `stencils/${id}`)).body).toEqual(before);
  });

  it('is another tenant’s, as far as this one can tell, when it is not there', async () => {
    const mediaId = await catalog.arrive(catalog.aFile(server()), catalog.otherTenantId);
    const theirs = await catalog.ask('POST', 'stencils', { body: { name: 'Theirs', fileName: 'a.vssx', mediaId } });
    expect(theirs.status).toBe(404);
  });
});

describe('versions of a stencil', () => {
  const renamed: GivenMaster = {
    ...server(),
    attributes: "ID='2' Name='Blade server' NameU='Server' UniqueID='{U-S}' BaseID='{B-S}' Prompt='Two units'",
  };
  const redrawn: GivenMaster = { ...cabinet, shapes: aShape(aRectangle, undefined, { Width: 3 }) };

  it('are compared by master: what was added, removed, changed, and in what', async () => {
    const id = await catalog.aStencil(server(), cabinet, secret);
    const { status, body } = await catalog.addVersion(id, catalog.aFile(renamed, redrawn, clip), 'servers-2.vssx');
    expect([status, body.latest, body.fileName]).toEqual([201, 2, 'servers-2.vssx']);
    const compared = (await catalog.ask('GET', `stencils/${id}/comparison?before=1&after=2`)).body;
    expect(compared).toMatchObject({ before: 1, after: 2, same: 0 });
    expect([namesOf(compared.added), namesOf(compared.removed)]).toEqual([['clip-path'], ['Part']]);
    expect(
      compared.changed.map(
        ({ before, after, fields }: { before: { name: string }; after: { name: string }; fields: string[] }) => [
          before.name,
          after.name,
          fields,
        ],
      ),
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
    const id = await catalog.aStencil(server());
    await catalog.addVersion(id, catalog.aFile(renamed));
    const { data } = (await catalog.ask('GET', `stencils/${id}/versions`)).body;
    expect(data.map(({ number }: { number: number }) => number)).toEqual([2, 1]);
    expect(namesOf(await catalog.masters(`stencilId=${id}`))).toEqual(['Blade server']);
    expect(namesOf(await catalog.masters(`stencilId=${id}&number=1`))).toEqual(['Rack server']);
    expect(await catalog.masters(`stencilId=${id}&search=rack+two+prompt`)).toEqual([]);
  });

  it('are none where the same bytes come again', async () => {
    const file = catalog.aFile(server());
    const { body } = await catalog.send(catalog.newName(), file);
    const again = await catalog.addVersion(body.id, file);
    expect([again.status, again.body.latest]).toEqual([200, 1]);
  });

  it('take over the products that their masters draw', async () => {
    const id = await catalog.aStencil(server(), secret);
    const product = await catalog.idOf('products', { sku: 'SRV', name: 'Server' });
    for (const kind of ['shape', 'hidden']) {
      const [master] = await catalog.masters(`stencilId=${id}&kind=${kind}`);
      await catalog.ask('POST', `products/${product}/stencil-masters`, { body: { masterId: master?.id } });
    }
    await catalog.addVersion(id, catalog.aFile(renamed));
    const { data } = (await catalog.ask('GET', `products/${product}/stencil-masters`)).body;
    expect(data.map(({ name, number }: { name: string; number: number }) => [name, number]).toSorted()).toEqual([
      ['Blade server', 2],
      ['Part', 1],
    ]);
  });
});

it('has pictures that count as what the provider keeps, and is refused where there is no room for them', async () => {
  const kept = async () => (await catalog.ask('GET', 'media-usage')).body.keptBytes as number;
  const limitTo = (bytes: number) =>
    catalog.administrator.query(
      "update app.tenants set limits = limits || jsonb_build_object('storageGiB', $1::numeric) where id = $2",
      [bytes / 1024 ** 3, catalog.tenantId],
    );
  const [name, file] = [catalog.newName(), catalog.aFile(server(), cabinet)];
  const before = await kept();
  const { body } = await catalog.send(name, file);
  const { rows } = await catalog.administrator.query(
    `select sum(octet_length(preview) + coalesce(octet_length(icon), 0))::int as bytes from catalog.stencil_masters where stencil_id = $1`,
    [body.id],
  );
  const pictures = rows[0]?.bytes as number;
  expect([await kept(), pictures > 500]).toEqual([before + file.length + pictures, true]);

  const more = catalog.aFile(server(), secret);
  await limitTo((await kept()) + more.length + 100);
  const refused = await catalog.addVersion(body.id, more);
  expect(refused).toMatchObject({ status: 409, body: { code: 'media.quota-full' } });
  expect(refused.body.detail).toMatch(/^The pictures of its masters have .* too much\. Press .*“Remove stencil”/);
  expect((await catalog.ask('GET', `stencils/${body.id}`)).body.latest).toBe(1);
  expect((await catalog.send(name, file)).status).toBe(200);
  await limitTo(50 * 1024 ** 3);
  await catalog.ask('DELETE', `stencils/${body.id}`, { version: body.version });
  expect(await kept()).toBe(before + file.length + more.length);
});
