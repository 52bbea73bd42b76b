import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aLink, aNewDesign, someContent } from '../testing/a-design.ts';
import { catalogApi, type CatalogApi } from '../testing/catalog-api.ts';

let catalog: CatalogApi;
beforeAll(async () => {
  catalog = await catalogApi();
});
afterAll(() => catalog.close());

const path = 'cabling-designs';
// Whom the guests of these tests belong to.
const customerId = '0190f000-0000-7000-8000-0000000000cc';
const otherCustomerId = '0190f000-0000-7000-8000-0000000000cd';

const make = (fields: object = {}) => catalog.ask('POST', path, { body: aNewDesign({ ...fields }) });
const idOf = async (fields: object = {}): Promise<string> => (await make(fields)).body.id;
const get = (id: string, asking: object = {}) => catalog.ask('GET', `${path}/${id}`, asking);
const pointersOf = ({ body }: { body: { errors?: { pointer: string }[] } }) =>
  body.errors?.map(({ pointer }) => pointer);

describe('a cabling design', () => {
  it('is computed when it is saved, and kept with versions and inputs', async () => {
    const { status, body } = await make({ content: someContent({ links: [aLink(1, { runM: 95 })] }) });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: 'Floor 1',
      version: 1,
      links: 1,
      warnings: 2,
      refusals: 1,
      labelClass: 1,
      newer: [],
    });
    expect(body.labels).toEqual([
      { key: 'l1', id: '1A-B01', atPanel: '1A-B01 to Room 101', atOutlet: '1A-B01 from 1A, panel B' },
    ]);
    const answer = await get(body.id);
    expect(answer.headers.get('etag')).toBe('"v1"');
    expect(answer.body).toEqual(body);
    expect(answer.body.checks[0]).toMatchObject({
      calculator: { id: 'channel-check', version: 1 },
      input: { permanentLinkM: 95 },
    });
  });

  it('is changed and removed by version', async () => {
    const id = await idOf();
    const change = (body: object, version?: number) =>
      catalog.ask('PATCH', `${path}/${id}`, { body, ...(version !== undefined && { version }) });
    expect((await change({ name: 'X' })).status).toBe(428);
    const content = someContent({ links: [aLink(1), aLink(2)] });
    expect((await change({ content }, 1)).body).toMatchObject({ name: 'Floor 1', links: 2, version: 2 });
    expect((await change({ name: 'X' }, 1)).status).toBe(412);
    expect((await change({ name: 'X' }, 2)).body).toMatchObject({ name: 'X', links: 2, version: 3 });
    expect((await catalog.ask('DELETE', `${path}/${id}`, { version: 2 })).status).toBe(412);
    expect((await catalog.ask('DELETE', `${path}/${id}`, { version: 3 })).status).toBe(204);
    expect((await get(id)).body.code).toBe('cabling-design.not-found');
  });

  it('is listed by words and customer, page by page', async () => {
    await idOf({ name: 'Listed, west', customerId });
    await idOf({ name: 'Listed, east' });
    const names = async (query: string) =>
      (await catalog.ask('GET', `${path}?${query}`)).body.data.map(({ name }: { name: string }) => name);
    expect(await names('search=LISTED')).toEqual(['Listed, east', 'Listed, west']);
    expect(await names('search=%25')).toEqual([]);
    expect(await names(`search=listed&customerId=${customerId}`)).toEqual(['Listed, west']);
    const first = (await catalog.ask('GET', `${path}?search=listed&limit=1`)).body;
    expect(await names(`search=listed&limit=1&cursor=${first.page.next}`)).toEqual(['Listed, west']);
  });

  it('of another tenant is answered as one that is not there', async () => {
    const id = await idOf();
    const unknown = '0190f000-0000-7000-8000-00000000000f';
    const calls = [
      ['GET', ''],
      ['GET', '/recalculation'],
      ['GET', '/pdf'],
      ['GET', '/bill'],
      ['GET', '/links'],
      ['PATCH', '', { body: { name: 'X' }, version: 1 }],
      ['PUT', '/recalculation', { version: 1 }],
      ['DELETE', '', { version: 1 }],
    ] as const;
    for (const [method, below, asking] of calls) {
      const ask = async (of: string) => {
        const { status, body } = await catalog.ask(method, `${path}/${of}${below}`, {
          ...asking,
          tenantId: catalog.otherTenantId,
        });
        const { requestId: _each, ...same } = body;
        return [status, same];
      };
      expect(await ask(id)).toEqual(await ask(unknown));
      expect((await ask(id))[0]).toBe(404);
    }
    expect((await get(id)).status).toBe(200);
  });

  it('names nothing of another tenant’s catalog: such a product is not there', async () => {
    const foreign = await catalog.ask('POST', 'products', {
      body: { sku: 'F', name: 'Secret foreign cable', unit: 'm' },
      tenantId: catalog.otherTenantId,
    });
    const content = someContent({ links: [aLink(1, { cableProductId: foreign.body.id })] });
    const { body } = await make({ content });
    expect(body.bill.lines).toMatchObject([
      { name: '', amountMinor: null, problem: expect.stringMatching(/not in the catalog/) },
    ]);
    expect(JSON.stringify(body)).not.toContain('Secret');
  });
});

describe('wrong input is refused by field and stores nothing:', () => {
  const link = (fields: object) => someContent({ links: [aLink(1, fields as never)] });
  const feed = (input: object) =>
    someContent({ feeds: [{ key: 'f', name: 'F', calculation: { calculator: 'device-supply', input } }] });
  it.each([
    ['a negative length', link({ runM: -1 }), ['/links/0/runM']],
    ['an unknown gauge', link({ copper: { cordAwg: 25 } }), ['/links/0/copper/cordAwg']],
    [
      'a formula for a label',
      link({ from: { floor: '=1', space: 'A', panel: 'B', port: 1 } }),
      ['/links/0/from/floor'],
    ],
    ['the same label twice', someContent({ links: [aLink(1), { ...aLink(1), key: 'x' }] }), ['/links/1/from/port']],
    [
      'a supply that its calculator cannot read',
      feed({ supplyV: -5 }),
      [
        '/feeds/0/calculation/input/supplyV',
        '/feeds/0/calculation/input/lengthM',
        '/feeds/0/calculation/input/conductor',
      ],
    ],
  ])('%s', async (_case, content, pointers) => {
    const before = (await catalog.ask('GET', `${path}?limit=200`)).body.data.length;
    const answer = await make({ content });
    expect([answer.status, pointersOf(answer)]).toEqual([400, pointers.map((pointer) => `/body/content${pointer}`)]);
    expect((await catalog.ask('GET', `${path}?limit=200`)).body.data.length).toBe(before);
  });

  it('more links than a design has', async () => {
    const links = Array.from({ length: 301 }, (_, index) => aLink(index + 1));
    const answer = await make({ content: someContent({ links }) });
    expect([answer.status, pointersOf(answer), answer.body.errors[0].detail]).toEqual([
      400,
      ['/body/content/links'],
      expect.stringMatching(/300/),
    ]);
    expect((await make({ content: someContent({ links: links.slice(1) }) })).body).toMatchObject({ links: 300 });
  });

  it('a supply that its calculator reads and refuses is kept, and told where it is', async () => {
    const { status, body } = await make({
      content: feed({ supplyV: 12, powerW: 500, lengthM: 100, conductor: { awg: 22 } }),
    });
    expect([status, body.refusals]).toEqual([201, 1]);
    expect(body.checks.filter((one: { refused: object[] }) => one.refused.length > 0)).toMatchObject([
      { about: { part: 'feed', name: 'F' }, output: null, refused: [{ field: 'powerW' }] },
    ]);
  });
});

describe('guests', () => {
  it('are shown designs of a customer alone: one of nobody cannot be published', async () => {
    const ofNobody = await make({ isPublished: true });
    expect([ofNobody.status, pointersOf(ofNobody)]).toEqual([400, ['/body/customerId']]);
    const id = await idOf({ customerId: otherCustomerId, isPublished: true });
    const body = { customerId: null };
    expect((await catalog.ask('PATCH', `${path}/${id}`, { body, version: 1 })).status).toBe(400);
  });

  it('see what was published for their customer, without a price, and nothing else', async () => {
    const cable = await catalog.idOf('products', { sku: 'G-CAB', name: 'Guest cable', unit: 'm', packSize: 305 });
    const list = await catalog.idOf('price-lists', { name: 'Guests', currency: 'USD' });
    const price = { productId: cable, validFrom: '2026-01-01', amountMinor: '85' };
    await catalog.ask('PUT', `price-lists/${list}/prices`, { body: price });
    const content = someContent({ priceListId: list, links: [aLink(1, { cableProductId: cable })] });
    const shown = await idOf({ name: 'Shown', customerId, isPublished: true, content });
    const hidden = [
      await idOf({ name: 'Not published', customerId }),
      await idOf({ name: 'Somebody else’s', customerId: otherCustomerId, isPublished: true }),
      await idOf({ name: 'Nobody’s' }),
    ];
    expect((await get(shown)).body.bill).toMatchObject({ totalMinor: '25925', currency: 'USD', missing: 0 });
    const seen = (await catalog.ask('GET', path, { guest: true })).body.data;
    expect(seen.map(({ id }: { id: string }) => id)).toEqual([shown]);
    for (const id of hidden) expect((await get(id, { guest: true })).body.code).toBe('cabling-design.not-found');
    const { body } = await get(shown, { guest: true });
    expect(body.bill).toMatchObject({
      totalMinor: null,
      currency: null,
      lines: [{ name: 'Guest cable', unitPriceMinor: null }],
    });
    expect(JSON.stringify(body)).not.toMatch(/25925|"85"|Guests/);
    const table = (await catalog.ask('GET', `${path}/${shown}/bill`, { guest: true })).body as string;
    expect([table.includes('Guest cable'), table.includes('0.85')]).toEqual([true, false]);
    const act = { guest: true, version: 1 };
    expect((await catalog.ask('PATCH', `${path}/${shown}`, { ...act, body: { name: 'Mine' } })).status).toBe(403);
    expect((await catalog.ask('GET', `${path}/${shown}/recalculation`, { guest: true })).status).toBe(403);
  });
});

describe('years later', () => {
  const older = async (): Promise<string> => {
    const id = await idOf();
    // As a release before a calculator's change has left it.
    await catalog.administrator.query(
      `update catalog.cabling_designs set computed = jsonb_set(jsonb_set(computed, '{checks,0,calculator,version}', '0'),
        '{checks,0,output,channelLimitM}', '99') where id = $1`,
      [id],
    );
    return id;
  };

  it('a design computes to the same, where calculators, products and prices are the same', async () => {
    const id = await idOf({ content: someContent({ ambientC: 35, links: [aLink(1), aLink(2, { runM: 95 })] }) });
    expect((await catalog.ask('GET', `${path}/${id}/recalculation`)).body).toEqual({
      isSame: true,
      differences: [],
      further: 0,
    });
  });

  it('says what it said, offers the newer version, and takes it over only when it is asked to', async () => {
    const id = await older();
    const { body: kept } = await get(id);
    expect(kept.newer).toEqual([{ id: 'channel-check', from: 0, to: 1 }]);
    expect(kept.checks[0]).toMatchObject({ calculator: { version: 0 }, output: { channelLimitM: 99 } });
    expect((await catalog.ask('GET', `${path}/${id}/recalculation`)).body).toEqual({
      isSame: false,
      differences: [
        {
          about: '1A-B01',
          of: 'channel-check',
          fromVersion: 0,
          toVersion: 1,
          field: 'channelLimitM',
          before: '99',
          after: '98',
        },
      ],
      further: 0,
    });
    const renamed = await catalog.ask('PATCH', `${path}/${id}`, { body: { name: 'Renamed' }, version: kept.version });
    expect(renamed.body.checks[0].output.channelLimitM).toBe(99);
    const same = await catalog.ask('PATCH', `${path}/${id}`, {
      body: { content: kept.content },
      version: renamed.body.version,
    });
    expect([same.status, same.body.checks[0].output.channelLimitM]).toEqual([200, 99]);
    const content = someContent({ links: [aLink(1), aLink(2)] });
    const silently = await catalog.ask('PATCH', `${path}/${id}`, { body: { content }, version: same.body.version });
    expect([silently.status, silently.body.code]).toEqual([409, 'cabling-design.newer-calculators']);
    const anew = await catalog.ask('PUT', `${path}/${id}/recalculation`, { version: same.body.version });
    expect(anew.body.newer).toEqual([]);
    expect(anew.body.checks[0]).toMatchObject({ calculator: { version: 1 }, output: { channelLimitM: 98 } });
    expect(
      (await catalog.ask('PATCH', `${path}/${id}`, { body: { content }, version: anew.body.version })).status,
    ).toBe(200);
  });

  it('keeps its prices, and shows what they have become', async () => {
    const cable = await catalog.idOf('products', { sku: 'Y-CAB', name: 'Cable', unit: 'm', packSize: 305 });
    const list = await catalog.idOf('price-lists', { name: 'Yearly', currency: 'EUR' });
    const set = (amountMinor: string) =>
      catalog.ask('PUT', `price-lists/${list}/prices`, {
        body: { productId: cable, validFrom: '2026-01-01', amountMinor },
      });
    await set('85');
    const content = someContent({ priceListId: list, links: [aLink(1, { cableProductId: cable })] });
    const id = await idOf({ content });
    await set('90');
    expect((await get(id)).body.bill.totalMinor).toBe('25925');
    const { body } = await catalog.ask('GET', `${path}/${id}/recalculation`);
    expect(body.differences).toMatchObject([
      { about: 'Y-CAB', of: 'bill', field: 'amountMinor', before: '25925', after: '27450' },
      { field: 'unitPriceMinor', before: '85', after: '90' },
      { about: 'Bill of materials', field: 'totalMinor' },
    ]);
    expect((await catalog.ask('DELETE', `products/${cable}`, { version: 1 })).status).toBe(204);
    expect((await get(id)).body.bill.lines).toMatchObject([{ name: 'Cable', amountMinor: '25925' }]);
    const anew = await catalog.ask('PUT', `${path}/${id}/recalculation`, { version: 1 });
    expect(anew.body.bill).toMatchObject({ totalMinor: null, missing: 1 });
  });
});

it.each([
  ['pdf', 'application/pdf', '.pdf'],
  ['bill', 'text/csv; charset=utf-8', '-bill.csv'],
  ['links', 'text/csv; charset=utf-8', '-links.csv'],
])('its %s is a file of its own name', async (below, type, ending) => {
  const id = await idOf({ name: 'Fabrikam: floor 1/2' });
  const { status, headers } = await catalog.ask('GET', `${path}/${id}/${below}`);
  expect([status, headers.get('content-type')]).toEqual([200, type]);
  expect(headers.get('content-disposition')).toBe(`attachment; filename="cabling-${id.slice(-12)}-v1${ending}"`);
});
