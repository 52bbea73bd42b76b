import { formatScaled, parseScaled } from './decimal.ts';

const digits = new Map<string, number>();

/** Digits after the point of a currency (ISO 4217): 2 for USD, 0 for JPY. Throws for what is no currency code. */
export const currencyDigits = (currency: string): number => {
  const known = digits.get(currency);
  if (known !== undefined) return known;
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const found = maximumFractionDigits ?? 2;
  digits.set(currency, found);
  return found;
};

/** Scale of prices and costs that have more digits than their currency: 10^8 per minor unit. */
export const priceDigits = 8;
export const quantityDigits = 6;

/** Decimal text in whole currency units, such as a vendor's price, to 10^-8 minor units. */
export const priceFromText = (text: string, currency: string): bigint =>
  parseScaled(text, currencyDigits(currency) + priceDigits);

export const priceText = (priceE8: bigint, currency: string): string =>
  formatScaled(priceE8, currencyDigits(currency) + priceDigits, currencyDigits(currency));

export const amountText = (amountMinor: bigint, currency: string): string =>
  formatScaled(amountMinor, currencyDigits(currency), currencyDigits(currency));

export const quantityText = (quantityE6: bigint): string => formatScaled(quantityE6, quantityDigits);
