import { isSet, number, sectionsNamed, type Shape } from '../sheet/sheet.ts';
import type { Affine } from './affine.ts';
import { arrowsOf, writeArrowheads } from './arrowhead.ts';
import type { Palette } from './colour.ts';
import { fillOf } from './fill.ts';
import { lineOf } from './line.ts';
import { isClosed, writeSubpath } from './subpath.ts';
import type { SvgCanvas } from './svg-canvas.ts';
import { traceGeometry } from './trace-geometry.ts';

/** A shape's own geometry: its sections are one fill (what lies within two of them is a hole) and one line. */
export const drawGeometry = (palette: Palette, shape: Shape, to: Affine, canvas: SvgCanvas): void => {
  const sections = sectionsNamed(shape, 'Geometry').filter(({ cells }) => !isSet(cells, 'NoShow'));
  if (sections.length === 0) return;
  const box = { width: number(shape.cells, 'Width'), height: number(shape.cells, 'Height') };
  const fill = fillOf(palette, shape, canvas);
  const line = lineOf(palette, shape);
  if (fill === undefined && line === undefined) return;
  const arrows = arrowsOf(palette, shape, (line?.margin ?? 0) * 2);
  let [filled, drawn, heads] = ['', '', ''];
  for (const section of sections) {
    const isFilled = fill !== undefined && !isSet(section.cells, 'NoFill');
    const isDrawn = line !== undefined && !isSet(section.cells, 'NoLine');
    if (!isFilled && !isDrawn) continue;
    for (const subpath of traceGeometry(section, box)) {
      const d = writeSubpath(subpath, to, canvas.bounds, isDrawn ? line.margin : 0);
      // An open path is filled as well: where Visio would not, its file says NoFill.
      if (isFilled) filled += d;
      if (isDrawn) drawn += d;
      if (isDrawn && !isClosed(subpath)) heads += writeArrowheads(subpath, arrows, to, canvas.bounds);
    }
  }
  const fillAttributes = `${fill ?? ''} fill-rule="evenodd"`;
  if (filled !== '' && filled === drawn)
    canvas.add(`<path d="${filled}" ${fillAttributes} ${line?.attributes ?? ''}/>`);
  else {
    if (filled !== '') canvas.add(`<path d="${filled}" ${fillAttributes}/>`);
    if (drawn !== '') canvas.add(`<path d="${drawn}" fill="none" ${line?.attributes ?? ''}/>`);
  }
  if (heads !== '' && line) canvas.add(`<path d="${heads}" fill="${line.colour}"/>`);
};
