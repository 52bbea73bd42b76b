import { minorDigits } from '@legendops/kit/contract/currency';
import { formatScaled, parseScaled } from './decimal.ts';

/** Scale of prices and costs that have more digits than their currency: 10^8 per minor unit. */
export const priceDigits = 8;
export const quantityDigits = 6;

/** Decimal text in whole currency units, such as a vendor's price, to 10^-8 minor units. */
export const priceFromText = (text: string, currency: string): bigint =>
  parseScaled(text, minorDigits(currency) + priceDigits);

export const priceText = (priceE8: bigint, currency: string): string =>
  formatScaled(priceE8, minorDigits(currency) + priceDigits, minorDigits(currency));

export const amountText = (amountMinor: bigint, currency: string): string =>
  formatScaled(amountMinor, minorDigits(currency), minorDigits(currency));

export const quantityText = (quantityE6: bigint): string => formatScaled(quantityE6, quantityDigits);
