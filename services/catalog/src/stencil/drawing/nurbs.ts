import type { Point } from './affine.ts';

export interface Nurbs {
  degree: number;
  points: readonly Point[];
  weights: readonly number[];
  /** Filled up with its last knot where it is too short, as the files leave it. */
  knots: readonly number[];
}

const samplesPerSpan = 8;
const highestDegree = 25;

type Weighted = readonly [x: number, y: number, weight: number];

/** De Boor's algorithm on weighted points. */
const valueAt = (t: number, span: number, curve: Nurbs, knots: readonly number[]): Point => {
  const { degree, points, weights } = curve;
  const d: Weighted[] = [];
  for (let j = 0; j <= degree; j += 1) {
    const index = span - degree + j;
    const [x, y] = points[index] ?? [0, 0];
    const weight = weights[index] ?? 1;
    d.push([x * weight, y * weight, weight]);
  }
  for (let r = 1; r <= degree; r += 1)
    for (let j = degree; j >= r; j -= 1) {
      const low = knots[span - degree + j] ?? 0;
      const high = knots[span + 1 + j - r] ?? 0;
      const share = high === low ? 0 : (t - low) / (high - low);
      const [a, b] = [d[j - 1], d[j]];
      if (a && b) d[j] = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), a[2] + share * (b[2] - a[2])];
    }
  const [x, y, weight] = d[degree] ?? [0, 0, 1];
  return weight === 0 ? [x, y] : [x / weight, y / weight];
};

const isUsable = ({ degree, points }: Nurbs, knots: readonly number[]): boolean =>
  Number.isInteger(degree) &&
  degree >= 1 &&
  degree <= highestDegree &&
  points.length > degree &&
  knots.every((knot, index) => Number.isFinite(knot) && knot >= (knots[index - 1] ?? -Infinity));

/** Points along the curve after its first; the control points themselves where the curve cannot be computed. */
export const sampleNurbs = (curve: Nurbs): Point[] => {
  const { degree, points } = curve;
  const knots = [...curve.knots];
  if (degree <= highestDegree)
    for (let length = knots.length; length < points.length + degree + 1; length += 1) knots.push(knots.at(-1) ?? 0);
  if (!isUsable(curve, knots)) return points.slice(1);
  const sampled: Point[] = [];
  for (let span = degree; span < points.length; span += 1) {
    const [low, high] = [knots[span] ?? 0, knots[span + 1] ?? 0];
    if (high <= low) continue;
    for (let step = 1; step <= samplesPerSpan; step += 1)
      sampled.push(valueAt(low + ((high - low) * step) / samplesPerSpan, span, curve, knots));
  }
  return sampled.length > 0 ? sampled : points.slice(1);
};
