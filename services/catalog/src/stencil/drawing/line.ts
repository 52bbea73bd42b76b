import { lookUp } from '../sheet/look-up.ts';
import { number, type Shape } from '../sheet/sheet.ts';
import { colourOf, type Palette } from './colour.ts';
import { clampedShare } from './fill.ts';
import { shown } from './subpath.ts';

const pointsPerInch = 72;

// In multiples of the line's width. Patterns 5 to 23 are these with other lengths.
const dashes: Record<string, readonly number[]> = { 2: [6, 3], 3: [1, 3], 4: [6, 3, 1, 3], 5: [6, 3, 1, 3, 1, 3] };
const caps = ['round', 'butt', 'square'];

export interface Line {
  colour: string;
  attributes: string;
  /** Half the width: what the line adds around its path. */
  margin: number;
}

/** `stroke="…"` of a shape; undefined where it has none. Widths are on paper, whatever the drawing's scale. */
export const lineOf = (palette: Palette, shape: Shape): Line | undefined => {
  const cell = (name: string) => lookUp(palette.document, shape, 'lineStyle', name);
  const pattern = cell('LinePattern') ?? '1';
  if (pattern === '0') return undefined;
  const inches = number({ LineWeight: cell('LineWeight') }, 'LineWeight', 0.01);
  const width = Math.min(Math.max(inches, 0), 10) * pointsPerInch;
  const colour = colourOf(palette, cell('LineColor'), {
    quickStyle: number(shape.cells, 'QuickStyleLineColor', 100),
    otherwise: '#000000',
  });
  const opacity = 1 - clampedShare(cell('LineColorTrans'));
  const cap = caps[Number(cell('LineCap') ?? 0)] ?? 'round';
  const isSolid = pattern === '1' || !/^\d+$/.test(pattern);
  const dash = isSolid ? undefined : (dashes[pattern] ?? dashes['2'] ?? []);
  const attributes = [
    `stroke="${colour}" stroke-width="${shown(width)}" stroke-linejoin="round"`,
    opacity < 1 ? ` stroke-opacity="${shown(opacity)}"` : '',
    cap === 'butt' ? '' : ` stroke-linecap="${cap}"`,
    dash ? ` stroke-dasharray="${dash.map((length) => shown(length * width)).join(' ')}"` : '',
  ];
  return { colour, attributes: attributes.join(''), margin: width / 2 };
};
