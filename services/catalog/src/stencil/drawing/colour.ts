import type { StencilDocument } from '../sheet/read-document.ts';
import { type Theme, themeColour } from '../sheet/read-theme.ts';

export interface Palette {
  document: StencilDocument;
  /** Of the document; without one, what is themed is black on white. */
  theme: Theme | undefined;
}

/** A cell's colour: `#rrggbb`, an index of the document's colours, or one that the theme gives. */
export const colourOf = (
  { document, theme }: Palette,
  cell: string | undefined,
  themed: { quickStyle: number; otherwise: string },
): string => {
  if (cell === undefined) return themed.otherwise;
  if (/^#[0-9a-f]{6}$/i.test(cell)) return cell.toLowerCase();
  if (cell === 'Themed') return (theme && themeColour(theme, themed.quickStyle)) ?? themed.otherwise;
  return document.colours.get(Number(cell)) ?? themed.otherwise;
};

/** Half of each: what a hatching of two colours looks like from afar. */
export const mixed = (one: string, other: string): string => {
  const channel = (colour: string, at: number): number => Number.parseInt(colour.slice(at, at + 2), 16);
  const half = (at: number): string =>
    Math.round((channel(one, at) + channel(other, at)) / 2)
      .toString(16)
      .padStart(2, '0');
  return `#${half(1)}${half(3)}${half(5)}`;
};
