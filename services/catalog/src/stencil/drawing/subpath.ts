import { type Affine, apply, type Point } from './affine.ts';
import { type Bounds, include, includeCubic } from './bounds.ts';
import type { Cubic } from './curves.ts';

export type Piece = { line: Point } | { cubic: Cubic };

/** One stroke of the pen, in its shape's coordinates. */
export interface Subpath {
  start: Point;
  pieces: Piece[];
}

export const endOf = ({ start, pieces }: Subpath): Point => {
  const last = pieces.at(-1);
  if (!last) return start;
  return 'line' in last ? last.line : last.cubic[2];
};

/** Ends where it began; what the files hold is off by the last digits. */
export const isClosed = (subpath: Subpath): boolean => {
  const [x, y] = endOf(subpath);
  return subpath.pieces.length > 1 && Math.hypot(x - subpath.start[0], y - subpath.start[1]) < 1e-4;
};

/** A thousandth of a point: finer than any screen, and a third of the text of a full number. */
export const shown = (value: number): string => (Math.round(value * 1000) / 1000).toString();

const pair = ([x, y]: Point): string => `${shown(x)} ${shown(y)}`;

/** The `d` of an SVG path, and its extent with half a line's width around it. */
export const writeSubpath = (subpath: Subpath, to: Affine, bounds: Bounds, margin: number): string => {
  let at = apply(to, subpath.start);
  let text = `M${pair(at)}`;
  include(bounds, at, margin);
  for (const piece of subpath.pieces) {
    if ('line' in piece) {
      at = apply(to, piece.line);
      include(bounds, at, margin);
      text += `L${pair(at)}`;
    } else {
      const [first, second, end] = [apply(to, piece.cubic[0]), apply(to, piece.cubic[1]), apply(to, piece.cubic[2])];
      includeCubic(bounds, [at, first, second, end], margin);
      text += `C${pair(first)} ${pair(second)} ${pair(end)}`;
      at = end;
    }
  }
  return isClosed(subpath) ? `${text}Z` : text;
};
