import { numberFormat } from '../lib/intl-formats.ts';
import { locale as ownLocale } from '../lib/locale.ts';

/** A figure of a calculation for people: four digits after the point at most, however long a computed fraction is. */
export const formatFigure = (value: unknown, locale: string = ownLocale): string => {
  if (typeof value === 'number') return numberFormat(locale, { maximumFractionDigits: 4 }).format(value);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return value.map((one: unknown) => formatFigure(one, locale)).join(', ');
  return typeof value === 'string' ? value : 'None';
};
