import type { ConnectionPoint, ShapeProperty, StencilMaster } from './master.ts';
import { quoted, StencilRefusal } from './refusal.ts';
import type { MasterEntry } from './sheet/read-masters.ts';
import { type Cells, number, rowsOf, type Shape } from './sheet/sheet.ts';

const millimetresPerInch = 25.4;

/** To a nanometre, which is below what a drawing can mean; −0, which the files hold, is 0. */
const millimetres = (inches: number): number => Math.round(inches * millimetresPerInch * 1e6) / 1e6 + 0;

const positive = (cells: Cells, name: string, otherwise: number, master: MasterEntry): number => {
  const text = cells[name] ?? '';
  const value = text === '' ? otherwise : Number(text);
  if (!Number.isFinite(value) || value < 0 || value > 1e6)
    throw new StencilRefusal(
      'size-invalid',
      `${quoted(master.name)} has ${name} ${quoted(text)}; a number from 0 to 1,000,000 inches is right.`,
    );
  return value;
};

/** What is drawn as 500 mm at a scale of 1:20 is 25 mm on paper. */
const paperSize = (master: MasterEntry): { widthMm: number; heightMm: number } => {
  const { cells } = master.page;
  const scale = positive(cells, 'PageScale', 1, master) / positive(cells, 'DrawingScale', 1, master);
  if (!(scale > 0 && Number.isFinite(scale)))
    throw new StencilRefusal(
      'size-invalid',
      `${quoted(master.name)} has a scale of 0; PageScale and DrawingScale are over 0.`,
    );
  return {
    widthMm: millimetres(positive(cells, 'PageWidth', 0, master) * scale),
    heightMm: millimetres(positive(cells, 'PageHeight', 0, master) * scale),
  };
};

const pointsOf = (shape: Shape): ConnectionPoint[] =>
  rowsOf(shape, 'Connection').map(({ cells }) => ({
    x: millimetres(number(cells, 'X')),
    y: millimetres(number(cells, 'Y')),
  }));

const propertiesOf = (shape: Shape): ShapeProperty[] =>
  rowsOf(shape, 'Property').map(({ name, index, cells }) => ({
    name: name || `Row_${index}`,
    label: cells['Label'] ?? '',
    type: number(cells, 'Type'),
    value: cells['Value'] ?? '',
    prompt: cells['Prompt'] ?? '',
    format: cells['Format'] ?? '',
    shape: { id: shape.id, name: shape.name },
  }));

const withNested = (shapes: readonly Shape[]): Shape[] =>
  shapes.flatMap((shape) => [shape, ...withNested(shape.shapes)]);

export const describeMaster = (master: MasterEntry, shapes: readonly Shape[]): StencilMaster => {
  const all = withNested(shapes);
  return {
    name: master.name,
    nameU: master.nameU,
    uniqueId: master.uniqueId,
    baseId: master.baseId,
    isHidden: master.isHidden,
    isPattern: master.isPattern,
    prompt: master.prompt,
    keywords: (master.page.cells['ShapeKeywords'] ?? '').split(/[\s,;|]+/).filter((word) => word !== ''),
    ...paperSize(master),
    connectionPoints: all.flatMap(pointsOf),
    properties: all.flatMap(propertiesOf),
  };
};
