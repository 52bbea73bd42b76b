import { quoted, StencilRefusal } from '../refusal.ts';
import type { Row, Section, Shape } from './sheet.ts';

/** Shapes of a master by its ID; undefined where the stencil holds no such master. */
export type ShapesOfMaster = (masterId: string) => readonly Shape[] | undefined;

const rowKey = (row: Row): string => (row.name === '' ? `#${row.index}` : row.name);

const mergedRows = (own: readonly Row[], base: readonly Row[]): Row[] => {
  const rows = new Map(base.map((row) => [rowKey(row), row]));
  for (const row of own) {
    const below = rows.get(rowKey(row));
    rows.set(
      rowKey(row),
      below ? { ...below, ...row, type: row.type || below.type, cells: { ...below.cells, ...row.cells } } : row,
    );
  }
  return [...rows.values()];
};

const mergedSections = (own: readonly Section[], base: readonly Section[]): Section[] => {
  const key = ({ name, index }: Section) => `${name} ${index}`;
  const sections = new Map(base.map((section) => [key(section), section]));
  for (const section of own) {
    const below = sections.get(key(section));
    sections.set(
      key(section),
      below
        ? { ...section, cells: { ...below.cells, ...section.cells }, rows: mergedRows(section.rows, below.rows) }
        : section,
    );
  }
  return [...sections.values()];
};

const merged = (own: Shape, base: Shape): Shape => ({
  ...own,
  name: own.name || base.name,
  cells: { ...base.cells, ...own.cells },
  sections: mergedSections(own.sections, base.sections),
  lineStyle: own.lineStyle || base.lineStyle,
  fillStyle: own.fillStyle || base.fillStyle,
  textStyle: own.textStyle || base.textStyle,
  text: own.text || base.text,
  foreign: own.foreign ?? base.foreign,
  // A group that says nothing of its members has those of its master.
  shapes: own.shapes.length > 0 ? own.shapes : base.shapes,
});

const findShape = (shapes: readonly Shape[], id: string): Shape | undefined => {
  for (const shape of shapes) {
    const found = shape.id === id ? shape : findShape(shape.shapes, id);
    if (found) return found;
  }
  return undefined;
};

// Instances of masters of instances multiply; the largest real master holds a few hundred shapes.
const mostShapes = 50_000;

/**
 * A shape that is an instance of another master has that master's cells where it has none of its own, its members those
 * of the master's members. `path` are the masters on the way here: a master that holds itself is refused.
 */
export const inherit = (shapes: readonly Shape[], shapesOf: ShapesOfMaster, path: readonly string[]): Shape[] => {
  let count = 0;
  const resolve = (shape: Shape, within: readonly Shape[] | undefined, way: readonly string[]): Shape => {
    count += 1;
    if (count > mostShapes)
      throw new StencilRefusal(
        'too-many-shapes',
        `A master holds over ${mostShapes} shapes with those of its masters.`,
      );
    let [base, source, passed] = [undefined as Shape | undefined, within, way];
    if (shape.master !== '') {
      if (way.includes(shape.master) || way.length > 32)
        throw new StencilRefusal('master-cycle', `Master ${quoted(shape.master)} holds an instance of itself.`);
      source = shapesOf(shape.master);
      passed = [...way, shape.master];
      base = source?.[0];
    }
    if (shape.masterShape !== '' && source) base = findShape(source, shape.masterShape);
    const whole = base ? merged(shape, resolve(base, undefined, passed)) : shape;
    if (whole.shapes.length === 0) return whole;
    return { ...whole, shapes: whole.shapes.map((inner) => resolve(inner, source, passed)) };
  };
  return shapes.map((shape) => resolve(shape, undefined, path));
};
