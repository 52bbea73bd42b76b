import { columnNamed, emptied } from './columns.ts';
import { CsvError, parseCsv, type CsvRow } from './parse-csv.ts';
import { refusedFile } from './refused-file.ts';
import type { SaidRow } from './said-row.ts';

const rowsOf = (csv: string): CsvRow[] => {
  try {
    return parseCsv(csv);
  } catch (error) {
    throw error instanceof CsvError ? refusedFile(error.message) : error;
  }
};

const headsOf = ({ cells }: CsvRow) => {
  const heads = cells.map((cell) => ({ cell, column: columnNamed(cell) }));
  const unknown = heads.find(({ column }) => column === undefined);
  if (unknown !== undefined) throw refusedFile(`There is no column “${unknown.cell.slice(0, 40)}”`);
  const fields = heads.map(({ column }) => column?.field);
  if (new Set(fields).size !== fields.length) throw refusedFile('A column is there twice');
  if (!fields.includes('sku')) throw refusedFile('The first line must name a column sku');
  return heads.flatMap(({ column }) => column ?? []);
};

/** What the rows of a table say. */
export const readCsv = (csv: string): SaidRow[] => {
  const [first, ...rows] = rowsOf(csv);
  if (first === undefined || rows.length === 0) throw refusedFile('There is no row below the names of the columns');
  const heads = headsOf(first);
  return rows.map(({ line, cells }) => ({
    line,
    said: Object.fromEntries(
      heads.flatMap(({ field, read }, at) => {
        const text = cells[at] ?? '';
        if (text !== '') return [[field, read(text)]];
        // Where nothing is said of a thing that always is something, it stays, or is what is usual.
        if (field === 'sku' || field === 'name') return [[field, '']];
        return field in emptied ? [[field, emptied[field]]] : [];
      }),
    ),
    errors: cells.length > heads.length ? [{ field: '', detail: 'There are more cells than columns' }] : [],
  }));
};
