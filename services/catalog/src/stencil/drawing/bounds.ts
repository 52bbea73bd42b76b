import type { Point } from './affine.ts';

/** The box around what has been drawn; nothing yet when `left` is over `right`. */
export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const noBounds = (): Bounds => ({ left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity });

export const hasExtent = (bounds: Bounds): boolean => bounds.left <= bounds.right && bounds.top <= bounds.bottom;

export const include = (bounds: Bounds, [x, y]: Point, margin = 0): void => {
  bounds.left = Math.min(bounds.left, x - margin);
  bounds.right = Math.max(bounds.right, x + margin);
  bounds.top = Math.min(bounds.top, y - margin);
  bounds.bottom = Math.max(bounds.bottom, y + margin);
};

/** Where a cubic turns back in one coordinate: the roots of its derivative in (0, 1). */
const turns = (p0: number, p1: number, p2: number, p3: number): number[] => {
  const a = p3 - 3 * p2 + 3 * p1 - p0;
  const b = 2 * (p2 - 2 * p1 + p0);
  const c = p1 - p0;
  const roots =
    Math.abs(a) < 1e-12
      ? [-c / b]
      : [-1, 1].map((sign) => (-b + sign * Math.sqrt(Math.max(0, b * b - 4 * a * c))) / (2 * a));
  return roots.filter((t) => t > 0 && t < 1);
};

const at = (t: number, p0: number, p1: number, p2: number, p3: number): number =>
  (1 - t) ** 3 * p0 + 3 * (1 - t) ** 2 * t * p1 + 3 * (1 - t) * t * t * p2 + t ** 3 * p3;

export const includeCubic = (bounds: Bounds, curve: readonly [Point, Point, Point, Point], margin: number): void => {
  const [p0, p1, p2, p3] = curve;
  include(bounds, p0, margin);
  include(bounds, p3, margin);
  for (const axis of [0, 1] as const)
    for (const t of turns(p0[axis], p1[axis], p2[axis], p3[axis]))
      include(bounds, [at(t, p0[0], p1[0], p2[0], p3[0]), at(t, p0[1], p1[1], p2[1], p3[1])], margin);
};
