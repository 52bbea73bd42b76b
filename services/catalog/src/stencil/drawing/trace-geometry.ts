import { type Cells, number, type Section } from '../sheet/sheet.ts';
import type { Point } from './affine.ts';
import { arcThrough, arcWithBow, type Cubic, quadratic, wholeEllipse } from './curves.ts';
import { type Nurbs, sampleNurbs } from './nurbs.ts';
import { endOf, type Subpath } from './subpath.ts';

interface Box {
  width: number;
  height: number;
}

/** The numbers of `POLYLINE(…)` or `NURBS(…)`. */
const listed = (formula: string | undefined): number[] => {
  const inner = /\(([^)]*)/.exec(formula ?? '')?.[1] ?? '';
  return inner === '' ? [] : inner.split(',').map((text) => (Number.isFinite(Number(text)) ? Number(text) : 0));
};

/** Coordinates in these formulas are shares of the shape (type 0) or inches (1). */
const scaledBy = (type: number | undefined, extent: number): number => (type === 1 ? 1 : extent);

const polylinePoints = (cells: Cells, { width, height }: Box): Point[] => {
  const [xType, yType, ...list] = listed(cells['A']);
  const points: Point[] = [];
  for (let at = 0; at + 1 < list.length; at += 2)
    points.push([(list[at] ?? 0) * scaledBy(xType, width), (list[at + 1] ?? 0) * scaledBy(yType, height)]);
  return points;
};

/** A, B: last knot but one and last weight; C, D: the first ones; E: last knot, degree and everything between. */
const nurbsOf = (cells: Cells, { width, height }: Box, start: Point, end: Point): Nurbs => {
  const [knotLast = 0, degree = 3, xType, yType, ...list] = listed(cells['E']);
  const [points, knots, weights]: [Point[], number[], number[]] = [
    [start],
    [number(cells, 'C')],
    [number(cells, 'D', 1)],
  ];
  for (let at = 0; at + 3 < list.length; at += 4) {
    points.push([(list[at] ?? 0) * scaledBy(xType, width), (list[at + 1] ?? 0) * scaledBy(yType, height)]);
    knots.push(list[at + 2] ?? 0);
    weights.push(list[at + 3] ?? 1);
  }
  return {
    degree,
    points: [...points, end],
    weights: [...weights, number(cells, 'B', 1)],
    knots: [...knots, number(cells, 'A'), knotLast],
  };
};

interface Spline {
  degree: number;
  points: Point[];
  knots: number[];
  lastKnot: number;
}

/** Follows the rows of a geometry section with a pen. */
class Pen {
  readonly subpaths: Subpath[] = [];
  #spline: Spline | undefined;

  get at(): Point {
    const last = this.subpaths.at(-1);
    return last ? endOf(last) : [0, 0];
  }

  move(to: Point): void {
    this.subpaths.push({ start: to, pieces: [] });
  }

  line(to: Point): void {
    this.#current().pieces.push({ line: to });
  }

  lines(points: readonly Point[]): void {
    for (const point of points) this.line(point);
  }

  /** A curve that is none (its points lie on a line) is that line. */
  cubics(cubics: readonly Cubic[], end: Point): void {
    if (cubics.length === 0) this.line(end);
    for (const cubic of cubics) this.#current().pieces.push({ cubic });
  }

  splineStart(cells: Cells, to: Point): void {
    this.#spline = {
      degree: number(cells, 'D', 3),
      points: [this.at, to],
      knots: [number(cells, 'B'), number(cells, 'A')],
      lastKnot: number(cells, 'C'),
    };
  }

  splineKnot(cells: Cells, to: Point): void {
    this.#spline?.points.push(to);
    this.#spline?.knots.push(number(cells, 'A'));
  }

  endSpline(): void {
    if (!this.#spline) return;
    const { degree, points, knots, lastKnot } = this.#spline;
    this.#spline = undefined;
    this.lines(sampleNurbs({ degree, points, weights: points.map(() => 1), knots: [...knots, lastKnot] }));
  }

  #current(): Subpath {
    const last = this.subpaths.at(-1);
    if (last) return last;
    this.move([0, 0]);
    return this.#current();
  }
}

/** The line through both points, as far as the shape's box is long. */
const infiniteLine = (pen: Pen, from: Point, to: Point, box: Box): void => {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length === 0) return;
  const reach = Math.hypot(box.width, box.height) / length;
  const [dx, dy] = [(to[0] - from[0]) * reach, (to[1] - from[1]) * reach];
  pen.move([from[0] - dx, from[1] - dy]);
  pen.line([from[0] + dx, from[1] + dy]);
};

type Draw = (pen: Pen, cells: Cells, end: Point, box: Box, scale: Point) => void;

const draws: Record<string, Draw> = {
  MoveTo: (pen, _cells, end) => pen.move(end),
  LineTo: (pen, _cells, end) => pen.line(end),
  ArcTo: (pen, cells, end) => pen.cubics(arcWithBow(pen.at, end, number(cells, 'A')), end),
  EllipticalArcTo: (pen, cells, end, _box, scale) =>
    pen.cubics(
      arcThrough({
        start: pen.at,
        through: [number(cells, 'A') * scale[0], number(cells, 'B') * scale[1]],
        end,
        angle: number(cells, 'C'),
        ratio: number(cells, 'D', 1),
      }),
      end,
    ),
  Ellipse: (pen, cells, centre) => {
    const a: Point = [number(cells, 'A'), number(cells, 'B')];
    pen.move(a);
    pen.cubics(wholeEllipse(centre, a, [number(cells, 'C'), number(cells, 'D')]), a);
  },
  CubBezTo: (pen, cells, end, _box, [sx, sy]) =>
    pen.cubics(
      [[[number(cells, 'A') * sx, number(cells, 'B') * sy], [number(cells, 'C') * sx, number(cells, 'D') * sy], end]],
      end,
    ),
  QuadBezTo: (pen, cells, end, _box, [sx, sy]) =>
    pen.cubics([quadratic(pen.at, [number(cells, 'A') * sx, number(cells, 'B') * sy], end)], end),
  PolylineTo: (pen, cells, end, box) => pen.lines([...polylinePoints(cells, box), end]),
  NURBSTo: (pen, cells, end, box) => pen.lines(sampleNurbs(nurbsOf(cells, box, pen.at, end))),
  SplineStart: (pen, cells, end) => pen.splineStart(cells, end),
  SplineKnot: (pen, cells, end) => pen.splineKnot(cells, end),
  InfiniteLine: (pen, cells, from, box) => infiniteLine(pen, from, [number(cells, 'A'), number(cells, 'B')], box),
};

// Row types come from the file: a map has no `constructor`.
const drawsByType = new Map(Object.entries(draws));

/** The strokes of one geometry section. A row named `Rel…` counts in shares of the shape's width and height. */
export const traceGeometry = (section: Section, box: Box): Subpath[] => {
  const pen = new Pen();
  for (const { type, cells, isDeleted } of section.rows) {
    const isRelative = type.startsWith('Rel');
    const draw = isDeleted ? undefined : drawsByType.get(isRelative ? type.slice(3) : type);
    if (!draw) continue;
    const scale: Point = isRelative ? [box.width, box.height] : [1, 1];
    if (type !== 'SplineKnot') pen.endSpline();
    draw(pen, cells, [number(cells, 'X') * scale[0], number(cells, 'Y') * scale[1]], box, scale);
  }
  pen.endSpline();
  return pen.subpaths.filter(({ pieces }) => pieces.length > 0);
};
