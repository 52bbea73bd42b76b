import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeZip } from '../stencil/testing/zip-writer.ts';
import { aStencilFile } from '../stencil/testing/a-stencil.ts';
import { catalogApi, type CatalogApi } from '../testing/catalog-api.ts';
import { visioTypes, type Media, type NewUpload, type Upload } from './contract.ts';
import { removeDeparted } from './departed-tenants.ts';
import { sweepMedia } from './sweep.ts';
import { aPdf, aPng, anSvg } from './testing/sample-files.ts';

let catalog: CatalogApi;
beforeAll(async () => {
  catalog = await catalogApi();
});
afterAll(() => catalog.close());

const png: Pick<NewUpload, 'container' | 'contentType'> = { container: 'product-images', contentType: 'image/png' };

const begin = async (wanted: NewUpload, tenantId = catalog.tenantId): Promise<Upload> => {
  const { status, body } = await catalog.ask('POST', 'media-uploads', { body: wanted, tenantId });
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
};
const finish = (id: string, tenantId = catalog.tenantId) =>
  catalog.ask('POST', `media-uploads/${id}/completion`, { tenantId });
const put = async (bytes: Buffer, as = png, tenantId = catalog.tenantId): Promise<Upload> => {
  const upload = await begin({ ...as, bytes: bytes.length }, tenantId);
  expect(catalog.blobs.put(upload.url, bytes)).toBe(201);
  return upload;
};
const keep = async (bytes: Buffer, as = png, tenantId = catalog.tenantId): Promise<Media> => {
  const { status, body } = await finish((await put(bytes, as, tenantId)).id, tenantId);
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
};
const own = (): string[] => catalog.blobs.names().filter((name) => name.includes(catalog.tenantId));
const empty = async (): Promise<void> => {
  await catalog.administrator.query('truncate catalog.media, catalog.media_uploads, catalog.media_guards cascade');
  for (const name of catalog.blobs.names()) {
    const [container = '', ...rest] = name.split('/');
    await catalog.blobs.remove({ container: container as 'documents', name: rest.join('/') });
  }
};
beforeEach(empty);

const makeOld = (table: 'media' | 'media_uploads') =>
  catalog.administrator.query(
    table === 'media'
      ? "update catalog.media set loose_since = loose_since - interval '25 hours'"
      : "update catalog.media_uploads set expires_at = now() - interval '1 second'",
  );
const sweep = () => sweepMedia(catalog);
const limitTo = (storageGiB: number) =>
  catalog.administrator.query(
    "update app.tenants set limits = limits || jsonb_build_object('storageGiB', $1::numeric) where id = $2",
    [storageGiB, catalog.tenantId],
  );

describe('a file', () => {
  it('is put by a link, looked at, and kept under its content, with a small picture', async () => {
    const bytes = aPng({ width: 640, height: 480 });
    const media = await keep(bytes);
    expect(media).toMatchObject({ ...png, bytes: bytes.length, widthPx: 640, heightPx: 480, hasThumbnail: true });
    const folder = `product-images/${catalog.tenantId}`;
    expect(own()).toEqual([`${folder}/${media.sha256}`, `${folder}/${media.sha256}-thumbnail`]);
    const { body: link } = await catalog.ask('GET', `media/${media.id}/link`);
    expect(catalog.blobs.fetch(link.url)).toMatchObject({ status: 200, bytes, contentType: 'image/png' });
    expect(Date.parse(link.expiresAt) - Date.now()).toBeLessThanOrEqual(15 * 60_000);
    expect((await catalog.ask('GET', `media/${media.id}`)).body).toEqual(media);
  });

  it('is kept once a tenant, however often and by whichever way it comes', async () => {
    const [first, second] = [await keep(aPng()), await keep(aPng())];
    expect(second.id).toBe(first.id);
    const [third, fourth] = await Promise.all([keep(aPng({ shade: 1 })), keep(aPng({ shade: 1 }))]);
    expect(fourth.id).toBe(third.id);
    const others = await keep(aPng(), png, catalog.otherTenantId);
    expect([others.id === first.id, others.sha256]).toEqual([false, first.sha256]);
    expect(own()).toHaveLength(4);
  });

  it('that is a drawing is kept without what acts in it', async () => {
    const media = await keep(anSvg('<script>alert(1)</script><path d="M0 0h8"/>'), {
      ...png,
      contentType: 'image/svg+xml',
    });
    const { body: link } = await catalog.ask('GET', `media/${media.id}/link`);
    expect(Buffer.from(catalog.blobs.fetch(link.url).bytes ?? []).toString()).not.toContain('alert');
  });

  it('that is a stencil or a document is kept as well, each in its container', async () => {
    const stencil = { container: 'visio-stencils', contentType: visioTypes.vssx } as const;
    expect((await keep(aStencilFile(), stencil)).container).toBe('visio-stencils');
    expect((await keep(aPdf(), { container: 'documents', contentType: 'application/pdf' })).hasThumbnail).toBe(false);
  });

  it('is finished twice with the same answer, also at once', async () => {
    const upload = await put(aPng());
    const answers = await Promise.all([finish(upload.id), finish(upload.id)]);
    answers.push(await finish(upload.id));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it('that has not arrived is waited for', async () => {
    const upload = await begin({ ...png, bytes: 10 });
    expect(await finish(upload.id)).toMatchObject({ status: 409, body: { code: 'media.not-arrived' } });
  });

  it('is kept at the second attempt where the storage was away at the first', async () => {
    const upload = await put(aPng());
    catalog.blobs.failNext('write');
    expect((await finish(upload.id)).status).toBe(500);
    expect((await finish(upload.id)).status).toBe(200);
  });
});

describe('what is not taken', () => {
  it.each([
    ['ten gigabytes', { ...png, bytes: 10 * 1024 ** 3 }, '/body/bytes'],
    ['nothing', { ...png, bytes: 0 }, '/body/bytes'],
    ['a type of another container', { ...png, contentType: 'application/pdf', bytes: 1 }, '/body/contentType'],
    ['a program', { ...png, contentType: 'application/x-msdownload', bytes: 1 }, '/body/contentType'],
    ['another container', { container: '../documents', contentType: 'image/png', bytes: 1 }, '/body/container'],
    ['a name of one’s own', { ...png, bytes: 1, name: '../../B/x' }, '/body/name'],
  ])('%s is refused by its field before anything is put', async (_, body, pointer) => {
    const answer = await catalog.ask('POST', 'media-uploads', { body });
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, pointer]);
  });

  it.each<[string, Buffer, Pick<NewUpload, 'container' | 'contentType'>, string]>([
    ['a page as a picture', Buffer.from('<script>alert(1)</script>'), png, 'type-untrue'],
    ['half a picture', aPng().subarray(0, 40), png, 'image-broken'],
    [
      'an archive as a stencil',
      writeZip([{ name: 'a.txt', data: Buffer.from('a') }]),
      { container: 'visio-stencils', contentType: visioTypes.vssx },
      'part-missing',
    ],
    ['a picture as a document', aPng(), { container: 'documents', contentType: 'application/pdf' }, 'type-untrue'],
  ])('%s is refused by code, and nothing is left of it', async (_, bytes, as, code) => {
    const upload = await put(bytes, as);
    const answer = await finish(upload.id);
    expect([answer.status, answer.body.code, answer.body.errors[0].code]).toEqual([422, 'media.refused', code]);
    expect(answer.body.errors[0].detail.length).toBeGreaterThan(10);
    expect(own()).toEqual([]);
    expect((await finish(upload.id)).status).toBe(404);
    expect((await catalog.ask('GET', 'media-usage')).body).toMatchObject({ keptBytes: 0, arrivingBytes: 0 });
  });

  it('more or fewer bytes than were said are not even read', async () => {
    const upload = await begin({ ...png, bytes: 5 });
    catalog.blobs.put(upload.url, aPng());
    catalog.blobs.failNext('read');
    expect((await finish(upload.id)).body.errors[0].code).toBe('size-untrue');
    expect(own()).toEqual([]);
    await expect(catalog.blobs.read({ container: 'documents', name: 'x' }, 1)).rejects.toThrow('away');
  });
});

describe('a link', () => {
  it('puts its own blob once, reads none, and opens no other', async () => {
    const [one, two] = [await begin({ ...png, bytes: 3 }), await begin({ ...png, bytes: 3 })];
    const { search } = new URL(one.url);
    expect(catalog.blobs.put(`${two.url.split('?')[0]}${search}`, Buffer.from('abc'))).toBe(403);
    expect(catalog.blobs.fetch(one.url).status).toBe(403);
    expect(catalog.blobs.put(one.url, Buffer.from('abc'))).toBe(201);
    expect(catalog.blobs.put(one.url, Buffer.from('xyz'))).toBe(403);
  });

  it('used again after the end changes nothing, and what it put there goes', async () => {
    const bytes = aPng();
    const upload = await put(bytes);
    const { body: media } = await finish(upload.id);
    expect(catalog.blobs.put(upload.url, Buffer.from('another file'))).toBe(201);
    expect((await finish(upload.id)).body).toEqual(media);
    await makeOld('media_uploads');
    await sweep();
    expect(own().filter((name) => name.includes('pending'))).toEqual([]);
    const { body: link } = await catalog.ask('GET', `media/${media.id}/link`);
    expect(catalog.blobs.fetch(link.url)).toMatchObject({ status: 200, bytes });
  });

  it('is made for nobody of another tenant, and not for a guest', async () => {
    const media = await keep(aPng());
    const upload = await put(aPng({ shade: 3 }));
    const tenantId = catalog.otherTenantId;
    const unknown = await catalog.ask('GET', `media/${media.id.replace(/.$/, '0')}`, { tenantId });
    const foreign = await catalog.ask('GET', `media/${media.id}`, { tenantId });
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    expect((await catalog.ask('GET', `media/${media.id}/link`, { tenantId })).status).toBe(404);
    expect((await finish(upload.id, tenantId)).status).toBe(404);
    expect((await catalog.ask('GET', `media/${media.id}/link`, { guest: true })).status).toBe(404);
    expect((await catalog.ask('POST', 'media-uploads', { guest: true, body: { ...png, bytes: 1 } })).status).toBe(403);
  });
});

describe('the quota', () => {
  const bytes = aPng();
  // So many bytes, in the unit of the registry.
  const room = (most: number) => limitTo(most / 1024 ** 3);
  beforeEach(() => room(bytes.length + 10));
  afterAll(() => limitTo(50));

  it('that is full says by how much', async () => {
    await keep(bytes);
    const answer = await catalog.ask('POST', 'media-uploads', { body: { ...png, bytes: 2000 } });
    expect(answer).toMatchObject({ status: 409, body: { code: 'media.quota-full' } });
    expect(answer.body.detail).toContain('10 bytes of');
    expect(answer.body.detail).toContain('(1990 bytes) too much');
  });

  it('lets one of two in that come at once and do not both fit', async () => {
    const body = { ...png, bytes: bytes.length };
    const answers = await Promise.all([1, 2, 3, 4].map(() => catalog.ask('POST', 'media-uploads', { body })));
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('has room again when an upload is over, or refused', async () => {
    await begin({ ...png, bytes: bytes.length });
    expect((await catalog.ask('GET', 'media-usage')).body).toEqual({
      keptBytes: 0,
      arrivingBytes: bytes.length,
      limitBytes: bytes.length + 10,
    });
    await makeOld('media_uploads');
    const refused = await put(Buffer.alloc(bytes.length));
    expect((await finish(refused.id)).status).toBe(422);
    await keep(bytes);
  });
});

describe('the sweep', () => {
  it('removes what nobody finished, and leaves what is still on its way', async () => {
    await put(aPng({ shade: 1 }));
    await put(aPng({ shade: 2 }), png, catalog.otherTenantId);
    await makeOld('media_uploads');
    const waiting = await put(aPng({ shade: 3 }));
    await sweep();
    expect(catalog.blobs.names().map((name) => name.split('/').at(-1))).toEqual([`pending-${waiting.id}`]);
  });

  it('removes what was written and never kept', async () => {
    const upload = await put(aPng());
    await catalog.administrator.query(`update catalog.media_uploads set sha256 = repeat('ab', 32)`);
    const name = `${catalog.tenantId}/${'ab'.repeat(32)}`;
    await catalog.blobs.write({ container: 'product-images', name }, aPng(), 'image/png');
    await makeOld('media_uploads');
    await sweep();
    expect(own()).toEqual([]);
    expect((await finish(upload.id)).status).toBe(404);
  });

  it('removes media that nothing has named for a day, and nothing younger', async () => {
    const media = await keep(aPng());
    await sweep();
    expect((await catalog.ask('GET', `media/${media.id}`)).status).toBe(200);
    await makeOld('media');
    await sweep();
    expect((await catalog.ask('GET', `media/${media.id}`)).status).toBe(404);
    expect(own()).toEqual([]);
  });

  it('leaves media that are about to be kept anew', async () => {
    await keep(aPng());
    const again = await put(aPng());
    await catalog.administrator.query(
      'update catalog.media_uploads u set sha256 = m.sha256 from catalog.media m where u.media_id is null',
    );
    await makeOld('media');
    await sweep();
    expect(own().filter((name) => !name.includes('pending'))).toHaveLength(2);
    expect((await finish(again.id)).status).toBe(200);
  });

  it('keeps the row of what could not be removed, and removes the rest', async () => {
    await put(aPng({ shade: 1 }));
    await put(aPng({ shade: 2 }));
    await makeOld('media_uploads');
    catalog.blobs.failNext('remove');
    await expect(sweep()).rejects.toThrow('1 files that are over are still there');
    expect(own()).toHaveLength(1);
    await sweep();
    expect(own()).toEqual([]);
  });
});

it('what no row tells of goes a day later, of who has left and of a link after a refusal, and nothing else', async () => {
  const gone = '0190f000-0000-7000-8000-00000000dead';
  const refused = await put(Buffer.from('no picture'));
  expect((await finish(refused.id)).status).toBe(422);
  expect(catalog.blobs.put(refused.url, Buffer.alloc(1000))).toBe(201);
  const place = (name: string) => ({ container: 'documents', name }) as const;
  for (const name of [`${gone}/a`, `${gone}/b`, `${catalog.tenantId}/c`, 'others/d'])
    await catalog.blobs.write(place(name), Buffer.from('abc'), 'application/pdf');
  expect(await removeDeparted(catalog)).toBe(0);
  const now = () => new Date(Date.now() + 25 * 60 * 60_000);
  expect(await removeDeparted({ ...catalog, now })).toBe(3);
  expect(catalog.blobs.names()).toEqual([`documents/${catalog.tenantId}/c`, 'documents/others/d']);
});
