import { z } from 'zod';
import { lineOfText } from '@legendops/kit/contract/line-of-text';
import { ProductChange } from '../contract.ts';
import { deepest, separator } from '../category/tree.ts';
import type { ProductFile } from './contract.ts';
import { readCsv } from './read-csv.ts';
import { readDeviceTypes } from './read-device-types.ts';
import { refusedFile } from './refused-file.ts';
import type { RowError, SaidRow } from './said-row.ts';

export const mostRows = 2_000;

/** One row as it says it: only what it mentions. */
export interface ReadRow {
  line: number;
  sku: string;
  content: Partial<ProductChange> & { category?: string[] | null };
  errors: RowError[];
}

const partsOf = (path: string): string[] => path.split('>').map((name) => name.trim());

const CategoryPath = z
  .string()
  .transform(partsOf)
  .pipe(z.array(lineOfText(128)).min(1).max(deepest, `Categories are ${deepest} deep at most`));

const Row = ProductChange.omit({ categoryId: true }).extend({ category: CategoryPath.nullable().optional() });

const formats: Record<ProductFile['format'], (text: string) => SaidRow[]> = {
  csv: readCsv,
  'device-types': readDeviceTypes,
};

// What browsers read of bytes that are no UTF-8: spreadsheets save tables in an encoding of their country unless they are told otherwise.
const refuseSpoilt = (text: string): void => {
  const at = text.indexOf('\ufffd');
  if (at < 0) return;
  const line = text.slice(0, at).split(/\r\n|\r|\n/).length;
  throw refusedFile(
    `Line ${line} has a character that cannot be read: save the file as UTF-8, which Excel calls CSV UTF-8`,
  );
};

/** The rows of a file. A file that is no list of products is refused as a whole, a row that is wrong comes with its errors. */
export const readRows = ({ format, text }: ProductFile): ReadRow[] => {
  refuseSpoilt(text);
  const rows = formats[format](text);
  if (rows.length > mostRows)
    throw refusedFile(`${rows.length} rows are too many: ${mostRows} at most, so part the file`);
  const lines = new Map<string, number>();
  return rows.map(({ line, said, errors: found }) => {
    const parsed = Row.safeParse(said);
    // As it is kept: two ways to write one character are one SKU.
    const sku = parsed.data?.sku ?? (typeof said['sku'] === 'string' ? said['sku'] : '');
    const errors = (parsed.error?.issues ?? []).map(({ path, message }) => ({
      field: path[0]?.toString() ?? '',
      detail: said[path[0]?.toString() ?? ''] === '' ? 'It cannot be empty' : message,
    }));
    const before = lines.get(sku);
    if (before !== undefined && sku !== '') errors.push({ field: 'sku', detail: `Line ${before} has the same SKU` });
    lines.set(sku, before ?? line);
    const content = (parsed.data ?? {}) as ReadRow['content'];
    return { line, sku: sku.slice(0, 64), content, errors: [...errors, ...found] };
  });
};

export const categoryName = (path: readonly string[]): string => path.join(separator);
