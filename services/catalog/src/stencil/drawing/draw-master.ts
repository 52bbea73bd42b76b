import type { Picture } from '../image/picture.ts';
import { isSet, number, type Shape } from '../sheet/sheet.ts';
import { type Affine, compose, shapeTransform } from './affine.ts';
import { include } from './bounds.ts';
import type { Palette } from './colour.ts';
import { drawGeometry } from './draw-geometry.ts';
import { drawIcon, drawImage } from './draw-image.ts';
import { drawText } from './draw-text.ts';
import { shown } from './subpath.ts';
import { DrawingTooLarge, SvgCanvas } from './svg-canvas.ts';

export interface DrawableMaster {
  title: string;
  shapes: readonly Shape[];
  /** Paper to drawing: a cabinet of 500 mm on 25 mm of paper is 0.05. */
  paperScale: number;
  icon: Picture | undefined;
  /** The picture of a relationship; undefined where it is of a kind that browsers do not show. */
  picture: (relationshipId: string) => Picture | undefined;
}

const pointsPerInch = 72;
// Of a group's cell DisplayMode: none of its own geometry and text, or these before its members.
const [hidden, inFront] = [0, 2];

const drawOwn = (master: DrawableMaster, palette: Palette, shape: Shape, to: Affine, canvas: SvgCanvas): void => {
  drawGeometry(palette, shape, to, canvas);
  if (shape.foreign) {
    const picture = master.picture(shape.foreign.relationshipId);
    if (picture) drawImage(picture, shape, to, canvas);
    else if (master.icon) drawIcon(master.icon, shape, to, canvas);
  }
};

const drawShape = (master: DrawableMaster, palette: Palette, shape: Shape, outer: Affine, canvas: SvgCanvas): void => {
  const to = compose(outer, shapeTransform(shape.cells));
  const mode = shape.shapes.length === 0 ? 1 : number(shape.cells, 'DisplayMode', 1);
  if (mode !== hidden && mode !== inFront) drawOwn(master, palette, shape, to, canvas);
  for (const inner of shape.shapes) drawShape(master, palette, inner, to, canvas);
  if (mode === inFront) drawOwn(master, palette, shape, to, canvas);
  if (mode !== hidden && !isSet(shape.cells, 'HideText')) drawText(palette, shape, to, canvas);
};

const iconAlone = (title: string, icon: Picture | undefined): string => {
  const canvas = new SvgCanvas(Infinity);
  const side = 32;
  if (icon)
    canvas.add(
      `<image width="${side}" height="${side}" href="data:${icon.type};base64,${icon.bytes.toString('base64')}"/>`,
    );
  else
    canvas.add(
      `<path d="M0.5 0.5H${shown(side - 0.5)}V${shown(side - 0.5)}H0.5Z" fill="none" stroke="#808080" stroke-dasharray="2 2"/>`,
    );
  include(canvas.bounds, [0, 0]);
  include(canvas.bounds, [side, side]);
  return canvas.toSvg(title);
};

/** The preview of a master as SVG; its icon, or an empty frame, where it draws nothing or too much. */
export const drawMaster = (master: DrawableMaster, palette: Palette, mostBytes: number): string => {
  const canvas = new SvgCanvas(mostBytes);
  const scale = pointsPerInch * master.paperScale;
  try {
    for (const shape of master.shapes)
      drawShape(master, palette, shape, { a: scale, b: 0, c: 0, d: -scale, e: 0, f: 0 }, canvas);
  } catch (error) {
    if (!(error instanceof DrawingTooLarge)) throw error;
    return iconAlone(master.title, master.icon);
  }
  return canvas.isEmpty ? iconAlone(master.title, master.icon) : canvas.toSvg(master.title);
};
