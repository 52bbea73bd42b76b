import type { NewProduct } from '../contract.ts';

/** A column of the table: its name, and what its text says of a product. The text is never empty. */
interface Column {
  name: string;
  /** `category` is a path of names, which becomes an id later. */
  field: Exclude<keyof NewProduct, 'categoryId'> | 'category';
  read: (text: string) => unknown;
}

const asIs = (text: string): string => text;

const yes = new Set(['yes', 'true', '1']);
const no = new Set(['no', 'false', '0']);
const flag = (text: string): unknown => {
  const word = text.toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : text;
};

export const columns: readonly Column[] = [
  { name: 'sku', field: 'sku', read: asIs },
  { name: 'name', field: 'name', read: asIs },
  { name: 'kind', field: 'kind', read: (text) => text.toLowerCase() },
  { name: 'manufacturer', field: 'manufacturer', read: asIs },
  { name: 'mpn', field: 'mpn', read: asIs },
  { name: 'gtin', field: 'gtin', read: asIs },
  { name: 'unspsc', field: 'unspsc', read: asIs },
  { name: 'category', field: 'category', read: asIs },
  { name: 'lifecycle', field: 'lifecycle', read: (text) => text.toLowerCase() },
  { name: 'unit', field: 'unit', read: asIs },
  { name: 'pack size', field: 'packSize', read: (text) => (/^\d{1,7}$/.test(text) ? Number(text) : text) },
  { name: 'published', field: 'isPublished', read: flag },
  { name: 'description', field: 'description', read: asIs },
];

/** What an empty cell of a column that is there says. A SKU and a name cannot be empty. */
export const emptied: Partial<Record<Column['field'], unknown>> = {
  manufacturer: '',
  mpn: '',
  gtin: null,
  unspsc: null,
  category: null,
  description: '',
};

export const columnNamed = (head: string): Column | undefined => {
  const wanted = head
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();
  return columns.find(({ name }) => name === wanted);
};
