// A cell that begins so is a formula to a spreadsheet, whatever the width of its first sign; amounts below nothing are none.
const formula = /^[=+\-@\t\r＝＋－＠]/;
const number = /^-?\d+(\.\d+)?$/;

const cell = (value: string): string => {
  const isFormula = formula.test(value) && !number.test(value);
  return `"${(isFormula ? `'${value}` : value).replaceAll('"', '""')}"`;
};

/** A table for a spreadsheet (RFC 4180); no cell of it is taken for a formula. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
