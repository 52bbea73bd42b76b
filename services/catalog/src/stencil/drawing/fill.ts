import { lookUp } from '../sheet/look-up.ts';
import { type Cells, number, rowsOf, type Shape } from '../sheet/sheet.ts';
import { colourOf, mixed, type Palette } from './colour.ts';
import { shown } from './subpath.ts';
import type { SvgCanvas } from './svg-canvas.ts';

interface Stop {
  at: number;
  colour: string;
  opacity: number;
}

export const clampedShare = (text: string | undefined): number => {
  const value = Number(text ?? 0);
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
};

const themedFill = (shape: Shape) => ({
  quickStyle: number(shape.cells, 'QuickStyleFillColor', 100),
  otherwise: '#ffffff',
});

const gradient = (stops: readonly Stop[], angle: number | 'radial') => (id: string) => {
  const inner = stops
    .map(
      ({ at, colour, opacity }) =>
        `<stop offset="${shown(at)}" stop-color="${colour}"${opacity < 1 ? ` stop-opacity="${shown(opacity)}"` : ''}/>`,
    )
    .join('');
  if (angle === 'radial') return `<radialGradient id="${id}">${inner}</radialGradient>`;
  const [x, y] = [Math.cos(angle) / 2, Math.sin(angle) / 2];
  const way = `x1="${shown(0.5 - x)}" y1="${shown(0.5 + y)}" x2="${shown(0.5 + x)}" y2="${shown(0.5 - y)}"`;
  return `<linearGradient id="${id}" ${way}>${inner}</linearGradient>`;
};

const stopOf = (palette: Palette, shape: Shape, cells: Cells): Stop => ({
  at: clampedShare(cells['GradientStopPosition']),
  colour: colourOf(palette, cells['GradientStopColor'], themedFill(shape)),
  opacity: 1 - clampedShare(cells['GradientStopColorTrans']),
});

// Patterns 25 to 40 are the gradients of Visio before 2013: across, up, from a corner, from the middle.
const oldGradientAngle = (pattern: number): number | 'radial' => {
  if (pattern <= 27) return 0;
  if (pattern <= 30) return Math.PI / 2;
  return pattern <= 34 ? Math.PI / 4 : 'radial';
};

/** `fill="…"` of a shape; undefined where it has none. */
export const fillOf = (palette: Palette, shape: Shape, canvas: SvgCanvas): string | undefined => {
  const cell = (name: string) => lookUp(palette.document, shape, 'fillStyle', name);
  const pattern = cell('FillPattern') ?? '1';
  if (pattern === '0') return undefined;
  const opacity = 1 - clampedShare(cell('FillForegndTrans'));
  const opacityAttribute = opacity < 1 ? ` fill-opacity="${shown(opacity)}"` : '';
  const stops = rowsOf(shape, 'FillGradient').map(({ cells }) => stopOf(palette, shape, cells));
  if (cell('FillGradientEnabled') === '1' && stops.length > 1) {
    const isRadial = number(shape.cells, 'FillGradientDir') > 0;
    const angle = isRadial ? 'radial' : number(shape.cells, 'FillGradientAngle');
    return `fill="${canvas.define(
      gradient(
        stops.toSorted((a, b) => a.at - b.at),
        angle,
      ),
    )}"`;
  }
  const front = colourOf(palette, cell('FillForegnd'), themedFill(shape));
  const index = Number(pattern);
  if (!(index >= 2 && index <= 40)) return `fill="${front}"${opacityAttribute}`;
  const back = colourOf(palette, cell('FillBkgnd'), themedFill(shape));
  if (index < 25) return `fill="${mixed(front, back)}"${opacityAttribute}`;
  const both: Stop[] = [
    { at: 0, colour: back, opacity },
    { at: 1, colour: front, opacity },
  ];
  return `fill="${canvas.define(gradient(both, oldGradientAngle(index)))}"`;
};
