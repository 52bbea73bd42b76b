import { withoutGuard } from '@legendops/kit/http/csv-text';

export interface CsvRow {
  /** On which line of the file it begins. */
  line: number;
  cells: string[];
}

export class CsvError extends Error {
  override readonly name = 'CsvError';
}

/** What parts the columns: the commonest of the separators in the first line. Spreadsheets of some countries write semicolons. */
const separatorOf = (text: string): string => {
  const [first = ''] = text.split(/\r?\n/, 1);
  const bare = first.replaceAll(/"[^"]*"/g, '');
  return [',', ';', '\t'].toSorted((a, b) => bare.split(b).length - bare.split(a).length)[0] ?? ',';
};

/**
 * Rows of a table as RFC 4180 has them, line ends of any system, a byte order mark or none. Empty lines are left out, cells are
 * trimmed, and what csvText guarded is as it was.
 */
export const parseCsv = (given: string): CsvRow[] => {
  const text = given.replace(/^\ufeff/, '');
  const separator = separatorOf(text);
  const rows: CsvRow[] = [];
  let line = 1;
  let row: CsvRow = { line, cells: [] };
  let cell = '';
  let wasQuoted = false;
  const endCell = (): void => {
    row.cells.push(withoutGuard(cell.trim()));
    cell = '';
    wasQuoted = false;
  };
  const endRow = (): void => {
    endCell();
    if (row.cells.some((one) => one !== '')) rows.push(row);
    row = { line, cells: [] };
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"' && cell.trim() === '' && !wasQuoted) {
      const begin = line;
      cell = '';
      wasQuoted = true;
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        if (at >= text.length) throw new CsvError(`Line ${begin}: a quotation mark opens a cell and none closes it`);
        if (text[at] === '"') at += 1;
        if (text[at] === '\n') line += 1;
        cell += text[at];
      }
    } else if (sign === separator) endCell();
    else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && text[at + 1] === '\n') at += 1;
      line += 1;
      endRow();
    } else if (wasQuoted && sign?.trim() !== '')
      throw new CsvError(`Line ${line}: something follows a closing quotation mark`);
    else cell += sign;
  }
  endRow();
  return rows;
};
