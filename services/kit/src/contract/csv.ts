// A cell that begins so is a formula to a spreadsheet.
const formula = /^[=+\-@\t\r]/;

const cell = (value: string): string => `"${(formula.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;

/** A table for spreadsheets; no cell is a formula. */
export const asCsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
