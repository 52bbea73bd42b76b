import type { StencilLimits } from '../limits.ts';
import type { MasterHeading } from '../master.ts';
import { readXml, relationshipIdOf } from '../package/read-xml.ts';
import { StencilRefusal } from '../refusal.ts';
import type { Sheet } from './sheet.ts';
import { emptySheet, sheetBuilder } from './sheet-builder.ts';

/** A `<Master>` of masters.xml: everything but its shapes. */
export interface MasterEntry extends MasterHeading {
  id: string;
  page: Sheet;
  relationshipId: string;
  /** An ICO file, as base64 with line breaks; '' where there is none. */
  icon: string;
}

const booleanOf = (text: string | undefined): boolean => text === '1' || text === 'true';

export const readMasters = (name: string, bytes: Buffer, limits: StencilLimits): MasterEntry[] => {
  const masters: MasterEntry[] = [];
  const sheets = sheetBuilder();
  let master: MasterEntry | undefined;
  let inside = '';
  readXml({ name, bytes, root: 'Masters' }, limits, {
    open: (element, attributes) => {
      if (element === 'Master') {
        if (masters.length >= limits.masters)
          throw new StencilRefusal('too-many-masters', `The stencil holds over ${limits.masters} masters. Split it.`);
        master = {
          id: attributes['ID'] ?? '',
          name: attributes['Name'] ?? attributes['NameU'] ?? '',
          nameU: attributes['NameU'] ?? '',
          uniqueId: attributes['UniqueID'] ?? '',
          baseId: attributes['BaseID'] ?? '',
          isHidden: booleanOf(attributes['Hidden']),
          // Fills and line ends that the stencil brings along, and leftovers of imported SVG: no shapes to draw with.
          isPattern: (attributes['PatternFlags'] ?? '0') !== '0',
          prompt: attributes['Prompt'] ?? '',
          page: emptySheet({}),
          relationshipId: '',
          icon: '',
        };
        masters.push(master);
      } else if (!master) return;
      else if (element === 'Icon' || element === 'PageSheet') inside = element;
      else if (element === 'Rel') master.relationshipId = relationshipIdOf(attributes);
      else if (inside === 'PageSheet') sheets.open(master.page, element, attributes);
    },
    close: (element) => {
      if (element === 'Master') master = undefined;
      if (element === inside) inside = '';
      sheets.close(element);
    },
    text: (text) => {
      if (inside === 'Icon' && master) master.icon += text;
    },
  });
  return masters;
};
