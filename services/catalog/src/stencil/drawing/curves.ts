import type { Point } from './affine.ts';

/** Two control points and the end. */
export type Cubic = readonly [Point, Point, Point];

/** An ellipse's arc from angle `from` over `sweep`, its half axes as vectors; in pieces of at most a quarter turn. */
const ellipseArc = (centre: Point, u: Point, v: Point, from: number, sweep: number): Cubic[] => {
  const pieces = Math.max(1, Math.ceil(Math.abs(sweep) / (Math.PI / 2) - 1e-9));
  const step = sweep / pieces;
  const k = (4 / 3) * Math.tan(step / 4);
  const at = (cos: number, sin: number): Point => [
    centre[0] + u[0] * cos + v[0] * sin,
    centre[1] + u[1] * cos + v[1] * sin,
  ];
  return Array.from({ length: pieces }, (_, piece) => {
    const [a, b] = [from + piece * step, from + (piece + 1) * step];
    const [ca, sa, cb, sb] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
    return [at(ca - k * sa, sa + k * ca), at(cb + k * sb, sb - k * cb), at(cb, sb)];
  });
};

/** A whole ellipse by its centre and the ends of its axes; begins and ends at `a`. */
export const wholeEllipse = (centre: Point, a: Point, c: Point): Cubic[] =>
  ellipseArc(centre, [a[0] - centre[0], a[1] - centre[1]], [c[0] - centre[0], c[1] - centre[1]], 0, 2 * Math.PI);

const circleThrough = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): Point | undefined => {
  const twice = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by));
  const size = Math.max(Math.abs(ax - cx), Math.abs(ay - cy), Math.abs(ax - bx), Math.abs(ay - by), 1e-9);
  if (Math.abs(twice) < 1e-9 * size * size) return undefined;
  const [a2, b2, c2] = [ax * ax + ay * ay, bx * bx + by * by, cx * cx + cy * cy];
  return [
    (a2 * (by - cy) + b2 * (cy - ay) + c2 * (ay - by)) / twice,
    (a2 * (cx - bx) + b2 * (ax - cx) + c2 * (bx - ax)) / twice,
  ];
};

const turn = 2 * Math.PI;
const forwards = (angle: number): number => ((angle % turn) + turn) % turn;

/**
 * The arc from `start` to `end` by way of `through`, of an ellipse whose long axis lies at `angle` and is `ratio` times
 * the short one. Nothing where the three lie on a line.
 */
export const arcThrough = (arc: {
  start: Point;
  through: Point;
  end: Point;
  angle: number;
  ratio: number;
}): Cubic[] => {
  const ratio = arc.ratio > 1e-6 && arc.ratio < 1e6 ? arc.ratio : 1;
  const [cos, sin] = [Math.cos(arc.angle), Math.sin(arc.angle)];
  // Along the axes and stretched, the ellipse is a circle.
  const straight = ([x, y]: Point): Point => [x * cos + y * sin, (y * cos - x * sin) * ratio];
  const [start, through, end] = [straight(arc.start), straight(arc.through), straight(arc.end)];
  const centre = circleThrough(start, through, end);
  if (!centre) return [];
  const angleOf = ([x, y]: Point): number => Math.atan2(y - centre[1], x - centre[0]);
  const radius = Math.hypot(start[0] - centre[0], start[1] - centre[1]);
  const from = angleOf(start);
  const whole = forwards(angleOf(end) - from);
  const sweep = forwards(angleOf(through) - from) <= whole ? whole : whole - turn;
  const [cx, cy] = [centre[0], centre[1] / ratio];
  const back: Point = [cx * cos - cy * sin, cx * sin + cy * cos];
  return ellipseArc(back, [radius * cos, radius * sin], [(-radius / ratio) * sin, (radius / ratio) * cos], from, sweep);
};

/** A circle's arc by its bow: the height over the chord's middle, positive to the right of the way. */
export const arcWithBow = (start: Point, end: Point, bow: number): Cubic[] => {
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const chord = Math.hypot(dx, dy);
  if (chord === 0 || bow === 0) return [];
  const through: Point = [(start[0] + end[0]) / 2 + (bow * dy) / chord, (start[1] + end[1]) / 2 - (bow * dx) / chord];
  return arcThrough({ start, through, end, angle: 0, ratio: 1 });
};

export const quadratic = (start: Point, control: Point, end: Point): Cubic => [
  [start[0] + (2 / 3) * (control[0] - start[0]), start[1] + (2 / 3) * (control[1] - start[1])],
  [end[0] + (2 / 3) * (control[0] - end[0]), end[1] + (2 / 3) * (control[1] - end[1])],
  end,
];
