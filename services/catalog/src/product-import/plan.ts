import { differences } from '@legendops/kit/audit/differences';
import { NewProduct } from '../contract.ts';
import { contentFields, contentOf, withChange, type ProductRow } from '../product/product-row.ts';
import type { ImportRow } from './contract.ts';
import { categoryName, type ReadRow } from './read-rows.ts';

/** A row with the product that it makes, or what is wrong with it. */
export interface PlannedRow {
  shown: ImportRow;
  existing: ProductRow | undefined;
  product: NewProduct | undefined;
  /** Where it is filed by names; undefined where the row says nothing of it. */
  category: readonly string[] | null | undefined;
}

interface Known {
  existing: readonly ProductRow[];
  /** The path of a category as one name, by its id. */
  categoryPaths: ReadonlyMap<string, string>;
}

const partOf = ({ manufacturer, mpn }: NewProduct): string | undefined =>
  mpn === '' ? undefined : `${manufacturer}\n${mpn}`.toLowerCase();

/** Who has a number after the import: of what stays as it is and of what the file says. */
const ownersOf = (products: readonly { sku: string; key: string | null | undefined }[]): Map<string, string[]> => {
  const owners = new Map<string, string[]>();
  for (const { sku, key } of products)
    if (key !== null && key !== undefined) owners.set(key, [...(owners.get(key) ?? []), sku]);
  return owners;
};

const conflicts = (rows: readonly PlannedRow[], existing: readonly ProductRow[]): void => {
  const planned = new Map(rows.flatMap(({ product }) => (product === undefined ? [] : [[product.sku, product]])));
  const after = [...existing.map(contentOf).filter(({ sku }) => !planned.has(sku)), ...planned.values()];
  const parts = ownersOf(after.map((product) => ({ sku: product.sku, key: partOf(product) })));
  const gtins = ownersOf(after.map(({ sku, gtin }) => ({ sku, key: gtin })));
  for (const { shown, existing: before, product } of rows) {
    if (product === undefined) continue;
    const kept = before && contentOf(before);
    const other = (owners: readonly string[] = []) => owners.find((sku) => sku !== product.sku);
    const sharedPart = other(parts.get(partOf(product) ?? ''));
    const sharedGtin = other(gtins.get(product.gtin ?? ''));
    // Who has a number already keeps it; whoever wants it as well is refused.
    if (sharedPart !== undefined && !(kept && partOf(kept) === partOf(product)))
      shown.errors.push({ field: 'mpn', detail: `${sharedPart} has this part number of this manufacturer` });
    if (sharedGtin !== undefined && kept?.gtin !== product.gtin)
      shown.errors.push({ field: 'gtin', detail: `${sharedGtin} has this GTIN` });
  }
};

/** A new product is no other one's SKU in letters of another case: whoever typed it meant that one. */
const refuseSpellings = (rows: readonly PlannedRow[], existing: readonly ProductRow[]): void => {
  const spellings = new Map(existing.map(({ sku }) => [sku.toLowerCase(), sku]));
  for (const { shown, existing: before, product } of rows) {
    if (before !== undefined || product === undefined) continue;
    const key = product.sku.toLowerCase();
    const known = spellings.get(key);
    if (known === undefined) spellings.set(key, product.sku);
    else if (known !== product.sku)
      shown.errors.push({
        field: 'sku',
        detail: `It is written ${known} there: write it alike, or give it another one`,
      });
  }
};

const nameOf = (path: readonly string[] | null): string | null => (path === null ? null : categoryName(path));

const planRow = (row: ReadRow, found: ProductRow | undefined, categoryPaths: Known['categoryPaths']): PlannedRow => {
  const { category, ...said } = row.content;
  const errors = [...row.errors];
  const before = found && contentOf(found);
  const parsed = before === undefined ? NewProduct.safeParse(said) : undefined;
  if (errors.length === 0)
    for (const { path } of parsed?.error?.issues ?? [])
      errors.push({ field: path[0]?.toString() ?? '', detail: 'A new product needs it' });
  const product = before === undefined ? parsed?.data : withChange(before, said);
  const changes = before && product ? differences(before, product, contentFields) : [];
  const filedBefore = before?.categoryId == null ? null : (categoryPaths.get(before.categoryId) ?? null);
  if (before !== undefined && category !== undefined && nameOf(category)?.toLowerCase() !== filedBefore?.toLowerCase())
    changes.push({ field: 'category', before: filedBefore, after: nameOf(category) });
  return {
    shown: { line: row.line, sku: row.sku, name: product?.name ?? said.name ?? '', fate: 'refused', changes, errors },
    existing: found,
    product: errors.length === 0 ? product : undefined,
    category,
  };
};

/** What becomes of every row, by what is there now. */
export const planImport = (rows: readonly ReadRow[], known: Known): PlannedRow[] => {
  const bySku = new Map(known.existing.map((row) => [row.sku, row]));
  const planned = rows.map((row) => planRow(row, bySku.get(row.sku), known.categoryPaths));
  conflicts(planned, known.existing);
  refuseSpellings(planned, known.existing);
  for (const { shown, existing } of planned) {
    if (shown.errors.length > 0) shown.changes = [];
    else if (existing === undefined) shown.fate = 'new';
    else shown.fate = shown.changes.length > 0 ? 'changed' : 'unchanged';
  }
  return planned;
};
