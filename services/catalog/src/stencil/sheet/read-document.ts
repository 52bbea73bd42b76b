import type { StencilLimits } from '../limits.ts';
import { readXml } from '../package/read-xml.ts';
import { quoted, StencilRefusal } from '../refusal.ts';
import type { Sheet } from './sheet.ts';
import { emptySheet, sheetBuilder } from './sheet-builder.ts';

export type StyleKind = 'lineStyle' | 'fillStyle' | 'textStyle';

export interface StencilDocument {
  /** `#rrggbb` by the index that cells name. */
  colours: ReadonlyMap<number, string>;
  styles: ReadonlyMap<string, Sheet>;
}

// The palette that a document starts with (MS-VSDX); entries of the document replace or follow it.
const palette =
  '000000 ffffff ff0000 00ff00 0000ff ffff00 ff00ff 00ffff 800000 008000 000080 808000 800080 008080 c0c0c0 e6e6e6 cdcdcd b3b3b3 9a9a9a 808080 666666 4d4d4d 333333 1a1a1a';

const refuseStyleCycles = (styles: ReadonlyMap<string, Sheet>): void => {
  const walk = (id: string, kind: StyleKind): void => {
    const path = new Set<string>();
    for (let at = id; ;) {
      const parent = styles.get(at)?.[kind];
      if (parent === undefined || parent === '') return;
      if (path.has(parent))
        throw new StencilRefusal('style-cycle', `Style ${quoted(id)} is based on itself by way of ${quoted(parent)}.`);
      path.add(parent);
      at = parent;
    }
  };
  for (const id of styles.keys()) for (const kind of ['lineStyle', 'fillStyle', 'textStyle'] as const) walk(id, kind);
};

export const readDocument = (name: string, bytes: Buffer, limits: StencilLimits): StencilDocument => {
  const colours = new Map(palette.split(' ').map((rgb, index) => [index, `#${rgb}`]));
  const styles = new Map<string, Sheet>();
  const sheets = sheetBuilder();
  let style: Sheet | undefined;
  readXml({ name, bytes, root: 'VisioDocument' }, limits, {
    open: (element, attributes) => {
      if (element === 'ColorEntry') {
        const { IX: index = '', RGB: rgb = '' } = attributes;
        if (/^\d+$/.test(index) && /^#[0-9a-f]{6}$/i.test(rgb)) colours.set(Number(index), rgb.toLowerCase());
      } else if (element === 'StyleSheet') {
        style = emptySheet(attributes);
        // A style without an ID is the style of every sheet that names none, itself among them.
        const { ID: id = '' } = attributes;
        if (id !== '') styles.set(id, style);
      } else if (style) sheets.open(style, element, attributes);
    },
    close: (element) => {
      if (element === 'StyleSheet') style = undefined;
      sheets.close(element);
    },
  });
  refuseStyleCycles(styles);
  return { colours, styles };
};
