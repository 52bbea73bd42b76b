/**
 * What Visio calls a ShapeSheet: cells by name, and sections of rows of cells. Plain objects, since their names are
 * only ever asked for by our own constants and their values are texts (`__proto__` cannot be set to one).
 */
export type Cells = Record<string, string | undefined>;

export interface Row {
  name: string;
  type: string;
  index: string;
  isDeleted: boolean;
  cells: Cells;
}

export interface Section {
  name: string;
  index: string;
  isDeleted: boolean;
  cells: Cells;
  rows: Row[];
}

export interface Sheet {
  cells: Cells;
  sections: Section[];
  lineStyle: string;
  fillStyle: string;
  textStyle: string;
}

export interface ForeignData {
  type: string;
  compression: string;
  relationshipId: string;
}

export interface Shape extends Sheet {
  id: string;
  name: string;
  /** ID of the master that this shape is an instance of, and of the shape there; '' for none. */
  master: string;
  masterShape: string;
  text: string;
  /** Row of the section Character that the text begins with. */
  characterRow: string;
  foreign: ForeignData | undefined;
  shapes: Shape[];
}

/** 25 km in inches: no drawing is larger, and beyond it the numbers of a picture lose their meaning. */
const farthest = 1e6;

/** A cell's number, always in inches or radians whatever its unit says (`U` is how Visio displays it). */
export const number = (cells: Cells, name: string, otherwise = 0): number => {
  const text = cells[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  return Number.isFinite(value) && Math.abs(value) <= farthest ? value : otherwise;
};

export const isSet = (cells: Cells, name: string): boolean => number(cells, name) !== 0;

export const sectionsNamed = (sheet: Sheet, name: string): Section[] =>
  sheet.sections.filter((section) => section.name === name && !section.isDeleted);

export const rowsOf = (sheet: Sheet, name: string): Row[] =>
  sectionsNamed(sheet, name).flatMap(({ rows }) => rows.filter(({ isDeleted }) => !isDeleted));
