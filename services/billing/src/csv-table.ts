// A cell that begins so is a formula to a spreadsheet.
const formula = /^[=+\-@\t\r]/;
const number = /^-?\d+(\.\d+)?$/;

// A number below nothing begins like a formula and is none.
const cell = (value: string): string =>
  `"${(formula.test(value) && !number.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;

/** Rows as a table (RFC 4180) in which no spreadsheet finds a formula. */
export const csvTable = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
