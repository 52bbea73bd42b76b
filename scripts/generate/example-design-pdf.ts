import { NewDesignContent } from '@legendops/catalog/cabling-content/contract';
import { computeDesign, faultsOf } from '@legendops/catalog/cabling-design/computed';
import { designPdf } from '@legendops/catalog/cabling-design/design-pdf';
import { presentDesign } from '@legendops/catalog/cabling-design/presenter';
import { parseCsv } from '@legendops/catalog/product-import/parse-csv';
import { exampleProducts, examplePrices } from '../seed/example-catalog.ts';
import { exampleDesign, exampleDesignName } from '../seed/example-design.ts';

export const exampleDesignPath = 'docs/examples/cabling-design.pdf';

const idOf = (index: number): string => `0190e000-0000-7000-8000-${index.toString().padStart(12, '0')}`;
const printedAt = '2026-03-02T09:00:00Z';

/** The design of the example data on paper, with the example's catalog and nothing of any database. */
export const exampleDesignPdf = (): Promise<Uint8Array> => {
  const [head = [], ...rows] = parseCsv(exampleProducts).map(({ cells }) => cells);
  const cell = (row: readonly string[], column: string): string => row[head.indexOf(column)] ?? '';
  const products = rows.map((row, index) => ({
    id: idOf(index),
    sku: cell(row, 'sku'),
    name: cell(row, 'name'),
    unit: cell(row, 'unit'),
    packSize: Number(cell(row, 'pack size')),
  }));
  const bySku = new Map(products.map((product) => [product.sku, product]));
  const productId = (sku: string): string => bySku.get(sku)?.id ?? '';
  const content = NewDesignContent.parse(exampleDesign({ productId, priceListId: idOf(99) }));
  const computed = computeDesign(content, {
    products: new Map(products.map((product) => [product.id, product])),
    priceList: { name: 'Standard', currency: 'USD' },
    prices: new Map(
      Object.entries(examplePrices).map(([sku, amountMinor]) => [
        productId(sku),
        { origin: 'own', amountMinor: BigInt(amountMinor), validFrom: '2026-01-01' },
      ]),
    ),
  });
  const row = { id: idOf(1), name: exampleDesignName, customer_id: null, is_published: true, version: 1 };
  const counts = { links: content.links.length, ...faultsOf(computed) };
  const design = presentDesign(
    { ...row, ...counts, content, computed, created_at: printedAt, updated_at: printedAt },
    false,
  );
  // Not compressed: the same bytes whatever release of zlib a machine has.
  return designPdf(design, 'Northwind IT', { isCompressed: false });
};
