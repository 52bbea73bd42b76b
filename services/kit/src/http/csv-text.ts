// A cell that begins so is a formula to a spreadsheet; the wide signs are to some. One that looks guarded already is guarded
// once more, so that it is read as it was written.
const formula = /^'*[=+\-@\t\r＝＋－＠]/;
// An amount below nothing is none.
const number = /^-\d+(\.\d+)?$/;

const cell = (value: string): string => {
  const isFormula = formula.test(value) && !number.test(value);
  return `"${(isFormula ? `'${value}` : value).replaceAll('"', '""')}"`;
};

/** A table that no spreadsheet executes: every cell quoted, and what would be a formula begins with an apostrophe. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** What a cell said before csvText guarded it. */
export const withoutGuard = (value: string): string =>
  value.startsWith("'") && formula.test(value.slice(1)) ? value.slice(1) : value;
