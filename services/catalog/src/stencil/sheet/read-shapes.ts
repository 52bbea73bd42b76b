import type { StencilLimits } from '../limits.ts';
import { readXml, relationshipIdOf, type Attributes } from '../package/read-xml.ts';
import { quoted, StencilRefusal } from '../refusal.ts';
import type { Shape } from './sheet.ts';
import { emptySheet, sheetBuilder } from './sheet-builder.ts';

const shapeOf = (attributes: Attributes): Shape => ({
  ...emptySheet(attributes),
  id: attributes['ID'] ?? '',
  name: attributes['Name'] ?? attributes['NameU'] ?? '',
  master: attributes['Master'] ?? '',
  masterShape: attributes['MasterShape'] ?? '',
  text: '',
  characterRow: '',
  foreign: undefined,
  shapes: [],
});

/** The shapes of a `masterN.xml`, groups with their members. */
export const readShapes = (name: string, bytes: Buffer, limits: StencilLimits): Shape[] => {
  const top: Shape[] = [];
  const open: Shape[] = [];
  const sheets = sheetBuilder();
  let inText = false;
  readXml({ name, bytes, root: 'MasterContents' }, limits, {
    open: (element, attributes) => {
      const shape = open.at(-1);
      if (element === 'Shape') {
        if (open.length >= limits.shapeDepth)
          throw new StencilRefusal('shapes-too-deep', `${quoted(name)} nests over ${limits.shapeDepth} groups.`);
        const inner = shapeOf(attributes);
        (shape?.shapes ?? top).push(inner);
        open.push(inner);
      } else if (!shape) return;
      else if (element === 'Text') inText = true;
      else if (element === 'cp' && inText && shape.text === '') shape.characterRow = attributes['IX'] ?? '';
      else if (element === 'ForeignData')
        shape.foreign = {
          type: attributes['ForeignType'] ?? '',
          compression: attributes['CompressionType'] ?? '',
          relationshipId: '',
        };
      else if (element === 'Rel' && shape.foreign) shape.foreign.relationshipId = relationshipIdOf(attributes);
      else sheets.open(shape, element, attributes);
    },
    close: (element) => {
      if (element === 'Shape') open.pop();
      if (element === 'Text') inText = false;
      sheets.close(element);
    },
    text: (text) => {
      const shape = open.at(-1);
      if (inText && shape) shape.text += text;
    },
  });
  return top;
};
