import { wrongPlace } from '@legendops/kit/http/wrong-places';
import { z } from 'zod';
import { lineOfText } from '@legendops/kit/contract/line-of-text';
import { ProductChange } from '../contract.ts';
import { deepest, separator } from '../category/tree.ts';
import { columnNamed, emptied } from './columns.ts';
import { CsvError, parseCsv, type CsvRow } from './parse-csv.ts';

export const mostRows = 2_000;

/** One row as it says it: only what its columns mention. */
export interface ReadRow {
  line: number;
  sku: string;
  content: Partial<ProductChange> & { category?: string[] | null };
  errors: { field: string; detail: string }[];
}

const partsOf = (path: string): string[] => path.split('>').map((name) => name.trim());

const CategoryPath = z
  .string()
  .transform(partsOf)
  .pipe(z.array(lineOfText(128)).min(1).max(deepest, `Categories are ${deepest} deep at most`));

const Row = ProductChange.omit({ categoryId: true }).extend({ category: CategoryPath.nullable().optional() });

const refused = (detail: string) => wrongPlace(['body', 'csv'], 'malformed', detail);

const rowsOf = (csv: string): CsvRow[] => {
  try {
    return parseCsv(csv);
  } catch (error) {
    throw error instanceof CsvError ? refused(error.message) : error;
  }
};

const headsOf = ({ cells }: CsvRow) => {
  const heads = cells.map((cell) => ({ cell, column: columnNamed(cell) }));
  const unknown = heads.find(({ column }) => column === undefined);
  if (unknown !== undefined) throw refused(`There is no column “${unknown.cell.slice(0, 40)}”`);
  const fields = heads.map(({ column }) => column?.field);
  if (new Set(fields).size !== fields.length) throw refused('A column is there twice');
  if (!fields.includes('sku')) throw refused('The first line must name a column sku');
  return heads.flatMap(({ column }) => column ?? []);
};

/** The rows of a file. A file that is no table of products is refused as a whole, a row that is wrong comes with its errors. */
export const readRows = (csv: string): ReadRow[] => {
  const [first, ...rows] = rowsOf(csv);
  if (first === undefined || rows.length === 0) throw refused('There is no row below the names of the columns');
  if (rows.length > mostRows) throw refused(`${rows.length} rows are too many: ${mostRows} at most, so part the file`);
  const heads = headsOf(first);
  const lines = new Map<string, number>();
  return rows.map(({ line, cells }) => {
    const said = Object.fromEntries(
      heads.flatMap(({ field, read }, at) => {
        const text = cells[at] ?? '';
        if (text !== '') return [[field, read(text)]];
        // Where nothing is said of a thing that always is something, it stays, or is what is usual.
        if (field === 'sku' || field === 'name') return [[field, '']];
        return field in emptied ? [[field, emptied[field]]] : [];
      }),
    );
    const parsed = Row.safeParse(said);
    const sku = typeof said['sku'] === 'string' ? said['sku'] : '';
    const errors = (parsed.error?.issues ?? []).map(({ path, message }) => ({
      field: path[0]?.toString() ?? '',
      detail: message,
    }));
    if (cells.length > heads.length) errors.push({ field: '', detail: 'There are more cells than columns' });
    const before = lines.get(sku);
    if (before !== undefined && sku !== '') errors.push({ field: 'sku', detail: `Line ${before} has the same SKU` });
    lines.set(sku, before ?? line);
    const content = (parsed.data ?? {}) as ReadRow['content'];
    return { line, sku: content.sku ?? sku.slice(0, 64), content, errors };
  });
};

export const categoryName = (path: readonly string[]): string => path.join(separator);
