import { describe, expect, it } from 'vitest';
import { pdfText } from '@legendops/kit/testing/pdf-text';
import { aContent, aFibreLink, aLink } from '../testing/a-design.ts';
import { computeDesign, faultsOf } from './computed.ts';
import { billCsv, linksCsv } from './design-csv.ts';
import { designPdf } from './design-pdf.ts';
import { presentDesign } from './presenter.ts';
import type { CablingDesign } from './contract.ts';

const cable = '0190f000-0000-7000-8000-000000000001';
const gone = '0190f000-0000-7000-8000-000000000002';

const aDesign = (fields: Record<string, unknown> = {}, isGuest = false): CablingDesign => {
  const content = aContent({
    links: [
      aLink(1, { runM: 95, cableProductId: cable }),
      aLink(2, { to: '=cmd()', cableProductId: cable }),
      aFibreLink(3, { runM: 500 }),
    ],
    parts: [{ key: 'x', productId: gone, quantity: 1 }],
    ...fields,
  });
  const computed = computeDesign(content, {
    products: new Map([[cable, { id: cable, sku: '-1+1', name: 'Cat 6A cable', unit: 'm', packSize: 305 }]]),
    priceList: { name: 'Standard', currency: 'USD' },
    prices: new Map([[cable, { origin: 'own', amountMinor: 85n, validFrom: '2026-01-01' }]]),
  });
  const at = '2026-03-02T10:00:00Z';
  const row = { id: cable, name: 'Fabrikam, floor 1', customer_id: null, is_published: true, version: 3 };
  return presentDesign(
    { ...row, content, computed, ...faultsOf(computed), links: content.links.length, created_at: at, updated_at: at },
    isGuest,
  );
};

const printedText = async (design: CablingDesign) =>
  pdfText(await designPdf(design, 'Northwind IT', { isCompressed: false }));

describe('a design on paper', () => {
  it('says whose, by which rules and versions, and every warning with its limit and its source', async () => {
    const text = (await printedText(aDesign())).join(' ');
    for (const words of [
      'Fabrikam, floor 1',
      'Northwind IT',
      '2026-03-02, version 3',
      'channel-check 1',
      'TIA and NEC',
    ])
      expect(text).toContain(words);
    expect(text).toContain('1A-B01: 95 m where 90 m is the limit.');
    expect(text).toContain('1A-B01: work-area-cord cannot be computed, horizontalM: At most 90 is possible');
    expect(text).toContain('1A-B03: 500 m where 400 m is the limit.');
    expect(text).toContain('Ethernet Alliance');
  });

  it('has its links, and its bill without a total as long as something has no amount', async () => {
    const text = (await printedText(aDesign())).join(' ');
    expect(text).toMatch(/1A-B01 Room 101 Cat 6A 95 8 Not computed/);
    expect(text).toMatch(/Cat 6A cable -1\+1 305 m \(1 × 305\) 0\.85 259\.25/);
    expect(text).toContain('not in the catalog any more');
    expect(text).toContain('Total not known: 1 line has no amount');
    expect((await printedText(aDesign({ parts: [] }))).join(' ')).toContain('Total 259.25 USD');
  });

  it('shows a customer’s people no price', async () => {
    const text = (await printedText(aDesign({}, true))).join(' ');
    expect(text).toContain('Cat 6A cable');
    expect(text).not.toMatch(/0\.85|259\.25|Total|USD|Standard/);
  });

  it('goes over as many pages as it needs', async () => {
    const links = Array.from({ length: 150 }, (_, index) => aLink(index + 1));
    const pages = await printedText(aDesign({ links }));
    expect(pages.length).toBeGreaterThan(3);
    pages.forEach((page, index) => expect(page).toContain(`page ${index + 1} of ${pages.length}`));
    for (const port of ['01', '75', '150']) expect(pages.join(' ')).toContain(`1A-B${port}`);
  });

  it('is the same bytes each time', async () => {
    expect(await designPdf(aDesign(), 'Northwind IT')).toEqual(await designPdf(aDesign(), 'Northwind IT'));
  });
});

describe('a design as tables', () => {
  it('executes nothing in a spreadsheet', () => {
    expect(linksCsv(aDesign()).split('\r\n')[2]).toBe(
      `"1A-B02","1A-B02 to =cmd()","1A-B02 from 1A, panel B","'=cmd()","Cat 6A","40","Keeps its limits"`,
    );
    expect(billCsv(aDesign()).split('\r\n')[1]).toMatch(/^"'-1\+1",/);
  });

  it('leaves empty what is not known, and says why', () => {
    const [, , missing] = billCsv(aDesign()).split('\r\n');
    expect(missing).toBe(
      '"","","1 once","","","","","1","","","","This product is not in the catalog any more: choose another"',
    );
  });
});
