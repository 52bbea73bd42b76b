import { type Cells, isSet, number } from '../sheet/sheet.ts';

/** As in SVG: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export interface Affine {
  a: number;
  b: number;
  c: number;
  d: number;
  e: number;
  f: number;
}

export type Point = readonly [x: number, y: number];

/** First `inner`, then `outer`. */
export const compose = (outer: Affine, inner: Affine): Affine => ({
  a: outer.a * inner.a + outer.c * inner.b,
  b: outer.b * inner.a + outer.d * inner.b,
  c: outer.a * inner.c + outer.c * inner.d,
  d: outer.b * inner.c + outer.d * inner.d,
  e: outer.a * inner.e + outer.c * inner.f + outer.e,
  f: outer.b * inner.e + outer.d * inner.f + outer.f,
});

export const apply = (to: Affine, [x, y]: Point): Point => [to.a * x + to.c * y + to.e, to.b * x + to.d * y + to.f];

/** Turns and mirrors about `pivot`, then lays the pivot on `pin`. */
const placed = (pin: Point, pivot: Point, turn: { angle: number; flipX: boolean; flipY: boolean }): Affine => {
  const [cos, sin] = [Math.cos(turn.angle), Math.sin(turn.angle)];
  const [sx, sy] = [turn.flipX ? -1 : 1, turn.flipY ? -1 : 1];
  const [a, b, c, d] = [cos * sx, sin * sx, -sin * sy, cos * sy];
  return { a, b, c, d, e: pin[0] - a * pivot[0] - c * pivot[1], f: pin[1] - b * pivot[0] - d * pivot[1] };
};

/** From a shape's own coordinates to those of what holds it: p' = Pin + Rot(Angle) · Flip · (p − LocPin). */
export const shapeTransform = (cells: Cells): Affine =>
  placed(
    [number(cells, 'PinX'), number(cells, 'PinY')],
    [number(cells, 'LocPinX', number(cells, 'Width') / 2), number(cells, 'LocPinY', number(cells, 'Height') / 2)],
    { angle: number(cells, 'Angle'), flipX: isSet(cells, 'FlipX'), flipY: isSet(cells, 'FlipY') },
  );

/** From a shape's text block to the shape: the whole shape where no cell says otherwise. */
export const textTransform = (cells: Cells): { transform: Affine; width: number; height: number } => {
  const width = number(cells, 'TxtWidth', number(cells, 'Width'));
  const height = number(cells, 'TxtHeight', number(cells, 'Height'));
  const transform = placed(
    [number(cells, 'TxtPinX', number(cells, 'Width') / 2), number(cells, 'TxtPinY', number(cells, 'Height') / 2)],
    [number(cells, 'TxtLocPinX', width / 2), number(cells, 'TxtLocPinY', height / 2)],
    { angle: number(cells, 'TxtAngle'), flipX: false, flipY: false },
  );
  return { transform, width, height };
};
