import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogApi, type CatalogApi } from '../testing/catalog-api.ts';

let catalog: CatalogApi;
beforeAll(async () => {
  catalog = await catalogApi();
});
afterAll(() => catalog.close());

const preview = async (csv: string) =>
  (await catalog.ask('POST', 'product-imports/preview', { body: { text: csv } })).body;
const apply = (csv: string) => catalog.ask('POST', 'product-imports', { body: { text: csv } });
const table = async () => (await catalog.ask('GET', 'products/export')).body as string;

interface Row {
  line: number;
  fate: string;
  changes: unknown[];
  errors: { field: string; detail: string }[];
}
const fates = (rows: Row[]) => rows.map(({ line, fate, errors }) => [line, fate, ...errors.map(({ field }) => field)]);

describe('an import', () => {
  it('has one SKU however it is written, in the file and in the catalog', async () => {
    await catalog.idOf('products', { sku: 'Caf\u00e9-1', name: 'Here' });
    const lines = ['sku,name', 'cafe\u0301-1,a', 'Cafe\u0301-1,b', 'Caf\u00e9-1,c', 'New-1,d', 'NEW-1,e'];
    const { rows } = await preview(lines.join('\n'));
    expect(fates(rows)).toEqual([
      [2, 'refused', 'sku'],
      [3, 'changed'],
      [4, 'refused', 'sku'],
      [5, 'new'],
      [6, 'refused', 'sku'],
    ]);
    expect([rows[0].errors[0].detail, rows[4].errors[0].detail]).toEqual([
      'It is written Caf\u00e9-1 there: write it alike, or give it another one',
      'It is written New-1 there: write it alike, or give it another one',
    ]);
    const taken = { code: 'product.sku-taken', detail: 'It is written Caf\u00e9-1 there' };
    const body = { sku: 'CAF\u00e9-1', name: 'There' };
    expect((await catalog.ask('POST', 'products', { body })).body).toMatchObject(taken);
    const other = await catalog.ask('POST', 'products', { body: { ...body, sku: 'Tea-1' } });
    const change = (id: string, sku: string) => catalog.ask('PATCH', `products/${id}`, { body: { sku }, version: 1 });
    expect((await change(other.body.id, body.sku)).body).toMatchObject(taken);
    expect((await change(other.body.id, 'TEA-1')).body).toMatchObject({ sku: 'TEA-1' });
    await catalog.administrator.query('delete from catalog.products');
  });

  it('of a file that is no UTF-8 is refused by its line, and spoils no name', async () => {
    const text = new TextDecoder().decode(Buffer.from('sku,name\nA,Tea\nB,Caf\xe9\n', 'latin1'));
    const { errors } = await preview(text);
    expect(errors).toMatchObject([{ detail: expect.stringMatching(/^Line 3 .*Excel calls CSV UTF-8/) }]);
  });

  it('says of each row what becomes of it, and writes nothing', async () => {
    await catalog.idOf('products', { sku: 'A', name: 'Alpha', manufacturer: 'M', mpn: '1', gtin: '96385074' });
    await catalog.idOf('products', { sku: 'B', name: 'Beta' });
    const before = await table();
    const file = [
      'SKU;Name;Manufacturer;MPN;GTIN;Category;Pack size;Published',
      'A;Alpha;M;1;96385074;;1;no',
      'B;Beta 2;;;;Cabling > Copper;;yes',
      'C;Gamma;;;;Cabling > Copper;305;',
      'D;Delta;m;1;;;;',
      'E;Epsilon;;;96385074;;;',
      'C;Twice;;;;;;',
      ';Nameless;;;;;;',
      'F;;;;;;;',
      'G;Gee;;;1;;zero;maybe',
      'H;Aitch;;;;;;;;;',
      'A;Alpha;M;1;96385074;;1;no',
    ].join('\n');
    const outcome = await preview(file);
    expect(fates(outcome.rows)).toEqual([
      [2, 'unchanged'],
      [3, 'changed'],
      [4, 'new'],
      [5, 'refused', 'mpn'],
      [6, 'refused', 'gtin'],
      [7, 'refused', 'sku'],
      [8, 'refused', 'sku'],
      [9, 'refused', 'name'],
      [10, 'refused', 'gtin', 'packSize', 'isPublished'],
      [11, 'refused', ''],
      [12, 'refused', 'sku'],
    ]);
    expect(outcome.rows[6].errors).toEqual([{ field: 'sku', detail: 'It cannot be empty' }]);
    expect(outcome.counts).toEqual({ new: 1, changed: 1, unchanged: 1, refused: 8 });
    expect(outcome.newCategories).toEqual(['Cabling', 'Cabling > Copper']);
    expect(outcome.rows[1].changes).toEqual([
      { field: 'name', before: 'Beta', after: 'Beta 2' },
      { field: 'isPublished', before: 'false', after: 'true' },
      { field: 'category', before: null, after: 'Cabling > Copper' },
    ]);
    const refused = await apply(file);
    expect([refused.status, refused.body.code]).toEqual([422, 'import.refused']);
    expect(refused.body.errors[0]).toMatchObject({ pointer: '/body/text/5/mpn' });
    expect(await table()).toBe(before);
    expect((await catalog.ask('GET', 'categories')).body.data).toEqual([]);
  });

  it('does what its preview said, and a second time nothing', async () => {
    const file = 'sku,name,category,unit,pack size\nB,Beta 2,Cabling > Copper,,\nC,Gamma,cabling > COPPER,m,305\n';
    const expected = await preview(file);
    expect((await apply(file)).body).toEqual(expected);
    expect((await preview(file)).counts).toEqual({ new: 0, changed: 0, unchanged: 2, refused: 0 });
    const { data } = (await catalog.ask('GET', 'products?search=gamma')).body;
    expect(data).toMatchObject([{ sku: 'C', unit: 'm', packSize: 305, version: 1 }]);
    expect((await catalog.ask('GET', 'categories')).body.data).toHaveLength(2);
  });

  it('leaves alone what the file does not mention, and empties what it mentions as empty', async () => {
    const find = async () => (await catalog.ask('GET', 'products?search=gamma')).body.data[0];
    await apply('sku,description\nC,For long runs\n');
    expect(await find()).toMatchObject({ name: 'Gamma', unit: 'm', description: 'For long runs' });
    await apply('sku,description,category,unit\nC,,,\n');
    expect(await find()).toMatchObject({ description: '', categoryId: null, unit: 'm' });
  });

  it('finds a number that another product has already, also where the file says only half of it', async () => {
    await catalog.idOf('products', { sku: 'N1', name: 'N', manufacturer: 'One', mpn: '77' });
    await catalog.idOf('products', { sku: 'N2', name: 'N', manufacturer: 'Two', mpn: '77' });
    expect(fates((await preview('sku,manufacturer\nN2,one\n')).rows)).toEqual([[2, 'refused', 'mpn']]);
    const swapped = 'sku,manufacturer\nN1,Two\nN2,One\n';
    expect((await apply(swapped)).body).toMatchObject({ counts: { changed: 2, refused: 0 } });
    expect((await preview(swapped)).counts.unchanged).toBe(2);
  });

  it('takes what was exported as it was: nothing changes, and no cell is a formula', async () => {
    for (const [index, name] of ['=cmd|x', '+1', '-2+3', '@A1', 'a"b', "'=x", '＝1'].entries())
      await catalog.ask('POST', 'products', {
        body: { sku: `Z-${index}`, name, description: 'two\nlines; and, more' },
      });
    const csv = await table();
    expect(csv).not.toMatch(/(^|,)"?[=+\-@＝]/m);
    const { counts } = await preview(csv);
    expect([counts.new, counts.changed, counts.refused]).toEqual([0, 0, 0]);
    expect(counts.unchanged).toBeGreaterThan(5);
  });

  it('takes device types as NetBox has them', async () => {
    const text = 'manufacturer: Ubiquiti\nmodel: Switch\nslug: ubiquiti-switch\nu_height: 1\n';
    const body = { format: 'device-types', text };
    const { counts } = (await catalog.ask('POST', 'product-imports', { body })).body;
    expect(counts).toEqual({ new: 1, changed: 0, unchanged: 0, refused: 0 });
    const { data } = (await catalog.ask('GET', 'products?search=ubiquiti')).body;
    expect(data).toMatchObject([{ sku: 'ubiquiti-switch', mpn: 'Switch', description: '1U' }]);
  });

  it.each([
    ['name\nx', 'The first line must name a column sku'],
    ['sku,colour\nx,red', 'There is no column “colour”'],
    ['sku,SKU\nx,y', 'A column is there twice'],
    ['sku', 'There is no row below the names of the columns'],
    ['sku\n"x', 'Line 2: a quotation mark opens a cell and none closes it'],
    [`sku\n${'x\n'.repeat(2001)}`, '2001 rows are too many: 2000 at most, so part the file'],
  ])('refuses %j as a whole', async (csv, detail) => {
    expect((await preview(csv)).errors).toEqual([{ pointer: '/body/text', code: 'malformed', detail }]);
  });
});
