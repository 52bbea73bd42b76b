import type { StencilDocument, StyleKind } from './read-document.ts';
import { type Cells, rowsOf, type Sheet } from './sheet.ts';

// Styles are checked for cycles where they are read.
const chain = function* (document: StencilDocument, sheet: Sheet, kind: StyleKind): Generator<Sheet> {
  for (let at: Sheet | undefined = sheet; at; at = document.styles.get(at[kind])) yield at;
};

/** A cell of the shape, or of the first style above it that has it. */
export const lookUp = (document: StencilDocument, sheet: Sheet, kind: StyleKind, name: string): string | undefined => {
  for (const at of chain(document, sheet, kind)) {
    const value = at.cells[name];
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
};

/** The cells of a row of text properties (Character, Paragraph), those of the styles below those of the shape. */
export const textRow = (document: StencilDocument, sheet: Sheet, section: string, index = ''): Cells => {
  let cells: Cells = {};
  for (const at of chain(document, sheet, 'textStyle')) {
    const rows = rowsOf(at, section);
    const row = (at === sheet ? rows.find((one) => one.index === index) : undefined) ?? rows[0];
    if (row) cells = { ...row.cells, ...cells };
  }
  return cells;
};
