import { ownEntry } from './own-entry.ts';

/**
 * Digits after the point of a currency, by ISO 4217. Not from Intl: its data says 0 for HUF, IDR, COP and a dozen more,
 * which is how people pay cash there and not how money is accounted.
 */
const digits: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [
      'BIF',
      'CLP',
      'DJF',
      'GNF',
      'ISK',
      'JPY',
      'KMF',
      'KRW',
      'PYG',
      'RWF',
      'UGX',
      'UYI',
      'VND',
      'VUV',
      'XAF',
      'XOF',
      'XPF',
    ].map((code) => [code, 0]),
  ),
  ...Object.fromEntries(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

export const minorDigits = (currency: string): number => ownEntry(digits, currency) ?? 2;
