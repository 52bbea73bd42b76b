import { lookUp } from '../sheet/look-up.ts';
import { number, type Shape } from '../sheet/sheet.ts';
import { type Affine, apply, type Point } from './affine.ts';
import { type Bounds, include } from './bounds.ts';
import type { Palette } from './colour.ts';
import { endOf, shown, type Subpath } from './subpath.ts';

export interface Arrows {
  begin: number;
  end: number;
}

// Of the cells BeginArrowSize and EndArrowSize, in points, and how much a point of line width adds.
const lengths = [2, 3, 4.5, 6, 9, 12, 15];
const perLineWidth = 2;

/** How long the ends of a shape's lines are drawn, in points; all 45 kinds of ends are drawn as a filled triangle. */
export const arrowsOf = (palette: Palette, shape: Shape, lineWidth: number): Arrows => {
  const lengthOf = (kind: string, size: string): number => {
    const cell = (name: string) => lookUp(palette.document, shape, 'lineStyle', name);
    if (number({ kind: cell(kind) }, 'kind') <= 0) return 0;
    return (lengths[number({ size: cell(size) }, 'size', 2)] ?? 4.5) + lineWidth * perLineWidth;
  };
  return { begin: lengthOf('BeginArrow', 'BeginArrowSize'), end: lengthOf('EndArrow', 'EndArrowSize') };
};

const triangle = (tip: Point, from: Point, length: number, bounds: Bounds): string => {
  const distance = Math.hypot(tip[0] - from[0], tip[1] - from[1]);
  if (length === 0 || distance === 0) return '';
  const [dx, dy] = [((tip[0] - from[0]) / distance) * length, ((tip[1] - from[1]) / distance) * length];
  const half = 0.4;
  const corners: Point[] = [
    tip,
    [tip[0] - dx + half * dy, tip[1] - dy - half * dx],
    [tip[0] - dx - half * dy, tip[1] - dy + half * dx],
  ];
  for (const corner of corners) include(bounds, corner);
  return `M${corners.map(([x, y]) => `${shown(x)} ${shown(y)}`).join('L')}Z`;
};

/** The ends of one open stroke, pointing where it comes from and goes to. */
export const writeArrowheads = (subpath: Subpath, arrows: Arrows, to: Affine, bounds: Bounds): string => {
  const { start, pieces } = subpath;
  const [first, last, before] = [pieces[0], pieces.at(-1), pieces.at(-2)];
  if (!first || !last) return '';
  const afterStart = 'line' in first ? first.line : first.cubic[0];
  const lastButOne = before ? endOf({ start, pieces: [before] }) : start;
  const beforeEnd = 'line' in last ? lastButOne : last.cubic[1];
  return (
    triangle(apply(to, start), apply(to, afterStart), arrows.begin, bounds) +
    triangle(apply(to, endOf(subpath)), apply(to, beforeEnd), arrows.end, bounds)
  );
};
