import type { Picture } from '../image/picture.ts';
import { number, type Shape } from '../sheet/sheet.ts';
import { type Affine, apply, compose } from './affine.ts';
import { include } from './bounds.ts';
import { shown } from './subpath.ts';
import type { SvgCanvas } from './svg-canvas.ts';

// Six digits: what a thousandth takes from a factor is seen at the far side of the picture.
const matrix = ({ a, b, c, d, e, f }: Affine): string =>
  `matrix(${[a, b, c, d, e, f].map((value) => Math.round(value * 1e6) / 1e6).join(' ')})`;

const corners = (width: number, height: number) =>
  [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
  ] as const;

interface Placed {
  x: number;
  y: number;
  width: number;
  height: number;
  fit: 'none' | 'xMidYMid meet';
}

const place = (picture: Picture, shape: Shape, to: Affine, canvas: SvgCanvas, at: Placed): void => {
  const [width, height] = [number(shape.cells, 'Width'), number(shape.cells, 'Height')];
  if (width <= 0 || height <= 0 || at.width <= 0 || at.height <= 0) return;
  // Pictures count downwards from their upper left corner, and in points.
  const unit = 1 / 72;
  const placing = compose(to, { a: unit, b: 0, c: 0, d: -unit, e: at.x, f: at.y + at.height });
  const size = `width="${shown(at.width / unit)}" height="${shown(at.height / unit)}"`;
  const isCropped = at.x < -1e-6 || at.y < -1e-6 || at.x + at.width > width + 1e-6 || at.y + at.height > height + 1e-6;
  const clip = isCropped
    ? ` clip-path="${canvas.define((id) => {
        const points = [apply(to, [0, 0]), apply(to, [width, 0]), apply(to, [width, height]), apply(to, [0, height])];
        return `<clipPath id="${id}"><path d="M${points.map(([x, y]) => `${shown(x)} ${shown(y)}`).join('L')}Z"/></clipPath>`;
      })}"`
    : '';
  const data = `data:${picture.type};base64,${picture.bytes.toString('base64')}`;
  const image = `<image transform="${matrix(placing)}" ${size} preserveAspectRatio="${at.fit}" href="${data}"/>`;
  canvas.add(isCropped ? `<g${clip}>${image}</g>` : image);
  for (const corner of corners(width, height)) include(canvas.bounds, apply(to, corner));
};

/** The picture of a shape, cropped to the shape where it reaches beyond. */
export const drawImage = (picture: Picture, shape: Shape, to: Affine, canvas: SvgCanvas): void =>
  place(picture, shape, to, canvas, {
    x: number(shape.cells, 'ImgOffsetX'),
    y: number(shape.cells, 'ImgOffsetY'),
    width: number(shape.cells, 'ImgWidth', number(shape.cells, 'Width')),
    height: number(shape.cells, 'ImgHeight', number(shape.cells, 'Height')),
    fit: 'none',
  });

/** The master's icon in place of a picture that no browser shows. */
export const drawIcon = (icon: Picture, shape: Shape, to: Affine, canvas: SvgCanvas): void =>
  place(icon, shape, to, canvas, {
    x: 0,
    y: 0,
    width: number(shape.cells, 'Width'),
    height: number(shape.cells, 'Height'),
    fit: 'xMidYMid meet',
  });
