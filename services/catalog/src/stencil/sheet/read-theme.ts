import type { StencilLimits } from '../limits.ts';
import { readXml } from '../package/read-xml.ts';

/** Colours of a theme part, and of its first variation (variants are chosen by pages, which masters have none of). */
export interface Theme {
  scheme: Readonly<Record<string, string | undefined>>;
  variation: readonly string[];
}

const schemeNames = new Set('dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 bkgnd'.split(' '));

export const readTheme = (name: string, bytes: Buffer, limits: StencilLimits): Theme => {
  const scheme: Record<string, string> = {};
  const variation: string[] = [];
  let variations = 0;
  let slot = '';
  const put = (colour: string): void => {
    if (!/^[0-9a-f]{6}$/i.test(colour)) return;
    if (schemeNames.has(slot)) scheme[slot] ??= `#${colour.toLowerCase()}`;
    else if (variations === 1 && slot.startsWith('varColor'))
      variation[Number(slot.slice('varColor'.length)) - 1] = `#${colour.toLowerCase()}`;
    slot = '';
  };
  readXml({ name, bytes, root: 'theme' }, limits, {
    open: (element, attributes) => {
      if (element === 'variationClrScheme') variations += 1;
      else if (schemeNames.has(element) || /^varColor[1-7]$/.test(element)) slot = element;
      else if (element === 'srgbClr') put(attributes['val'] ?? '');
      else if (element === 'sysClr') put(attributes['lastClr'] ?? '');
    },
  });
  return { scheme, variation };
};

/** Colour of a `QuickStyle…Color` number (MS-VSDX): 0–8 the scheme, 100–106 the variation, 200–208 the scheme again. */
export const themeColour = (theme: Theme, quickStyle: number): string | undefined => {
  if (quickStyle >= 100 && quickStyle < 200) return theme.variation[quickStyle - 100];
  const names = ['dk1', 'lt1', 'accent1', 'accent2', 'accent3', 'accent4', 'accent5', 'accent6', 'bkgnd'];
  const name = names[quickStyle >= 200 ? quickStyle - 200 : quickStyle];
  return name === undefined ? undefined : theme.scheme[name];
};
