import { lookUp, textRow } from '../sheet/look-up.ts';
import { isSet, number, type Shape } from '../sheet/sheet.ts';
import { type Affine, apply, compose, textTransform } from './affine.ts';
import { include } from './bounds.ts';
import { colourOf, type Palette } from './colour.ts';
import { shown } from './subpath.ts';
import { escapeXml, type SvgCanvas } from './svg-canvas.ts';

const pointsPerInch = 72;
const lineHeight = 1.2;
// No font is at hand to measure with: an average of Latin letters, wide enough for the box around the text.
const widthPerCharacter = 0.55;
const mostLines = 200;

/** Breaks at spaces where a line outgrows the block. */
const wrapped = (text: string, perLine: number): string[] =>
  text.split(/\r\n|[\n\r\u2028\u2029]/).flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(/[ \t]+/)) {
      if (line !== '' && line.length + 1 + word.length > perLine) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line];
  });

const anchors = ['start', 'middle', 'end'] as const;

/** Upright however the shape is mirrored, as Visio keeps it. */
const upright = ({ a, b, c, d }: Affine): number => {
  const angle = Math.atan2(b, a);
  return a * d - b * c > 0 && Math.cos(angle) < 0 ? angle + Math.PI : angle;
};

export const drawText = (palette: Palette, shape: Shape, to: Affine, canvas: SvgCanvas): void => {
  const text = shape.text.replace(/[\s\u2028\u2029]+$/, '');
  if (text.trim() === '' || isSet(shape.cells, 'HideText')) return;
  const character = textRow(palette.document, shape, 'Character', shape.characterRow);
  const paragraph = textRow(palette.document, shape, 'Paragraph');
  const size = Math.min(number(character, 'Size', 1 / 6), 100) * pointsPerInch;
  if (size <= 0) return;
  const block = textTransform(shape.cells);
  const whole = compose(to, block.transform);
  const pointsPerUnit = Math.hypot(whole.a, whole.b);
  const [width, height] = [block.width * pointsPerUnit, block.height * pointsPerUnit];
  const perLine = Math.max(1, Math.floor(width / (size * widthPerCharacter)));
  const lines = wrapped(text, width > 0 ? perLine : Infinity).slice(0, mostLines);

  const align = Math.min(number(paragraph, 'HorzAlign', 1), 2);
  const vertical = number({ at: lookUp(palette.document, shape, 'textStyle', 'VerticalAlign') }, 'at', 1);
  const [x] = [[-width / 2, 0, width / 2][align] ?? 0];
  const tall = lines.length * size * lineHeight;
  const top = [-height / 2, -tall / 2, height / 2 - tall][vertical] ?? -tall / 2;
  const centre = apply(whole, [block.width / 2, block.height / 2]);
  const angle = upright(whole);

  const style = number(character, 'Style');
  const colour = colourOf(palette, character['Color'], {
    quickStyle: number(shape.cells, 'QuickStyleFontColor', 0),
    otherwise: '#000000',
  });
  const named = character['Font'] ?? '';
  const font = /^[\w .-]{1,60}$/.test(named) && !/^(\d+|Themed)$/.test(named) ? `'${named}', ` : '';
  const attributes = [
    `transform="translate(${shown(centre[0])} ${shown(centre[1])}) rotate(${shown((angle * 180) / Math.PI)})"`,
    `font-family="${font}Arial, sans-serif" font-size="${shown(size)}" fill="${colour}"`,
    `text-anchor="${anchors[align] ?? 'middle'}"`,
    (style & 1) !== 0 ? 'font-weight="bold"' : '',
    (style & 2) !== 0 ? 'font-style="italic"' : '',
    (style & 4) !== 0 ? 'text-decoration="underline"' : '',
  ];
  const spans = lines.map(
    (line, index) =>
      `<tspan x="${shown(x)}" y="${shown(top + (index * lineHeight + 0.95) * size)}">${escapeXml(line)}</tspan>`,
  );
  canvas.add(`<text ${attributes.filter((one) => one !== '').join(' ')}>${spans.join('')}</text>`);

  const longest = Math.max(...lines.map(({ length }) => length)) * size * widthPerCharacter;
  const left = [x, -longest / 2, x - longest][align] ?? -longest / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (const [px, py] of [
    [left, top],
    [left + longest, top],
    [left, top + tall],
    [left + longest, top + tall],
  ] as const)
    include(canvas.bounds, [centre[0] + px * cos - py * sin, centre[1] + px * sin + py * cos]);
};
