import { minorDigits } from '@legendops/kit/contract/currency';
import { numberFormat } from './intl-formats.ts';
import { locale as ownLocale } from './locale.ts';

/** Minor units as a decimal text of whole units, in integers throughout: -5 of USD is -0.05. */
export const toWholeUnits = (amountMinor: string, currency: string): string => {
  const minor = BigInt(amountMinor);
  const sign = minor < 0n ? '-' : '';
  const digits = minorDigits(currency);
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
};

/** Minor units of what a person typed in whole units; undefined where that is no amount of the currency. */
export const toMinorUnits = (typed: string, currency: string): string | undefined => {
  const digits = minorDigits(currency);
  const [, whole, part = ''] = /^(\d{1,12})(?:[.,](\d+))?$/.exec(typed.trim()) ?? [];
  if (whole === undefined || part.length > digits) return undefined;
  return BigInt(whole + part.padEnd(digits, '0')).toString();
};

const isDecimal = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text);

/** Intl formats a decimal text exactly; only a detour over `number` would round. */
const exact = (decimal: string): `${number}` => {
  if (!isDecimal(decimal)) throw new RangeError(`“${decimal}” is no decimal number`);
  return decimal;
};

/** An amount for people, from minor units. */
export const formatMoney = (amountMinor: string, currency: string, locale: string = ownLocale): string => {
  const digits = minorDigits(currency);
  return numberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(exact(toWholeUnits(amountMinor, currency)));
};

/** A price or cost in whole units with every digit that it has, at least those of its currency. */
export const formatPrice = (decimal: string, currency: string, locale: string = ownLocale): string =>
  numberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: minorDigits(currency),
    maximumFractionDigits: 20,
  }).format(exact(decimal));

/** A quantity with every digit that it has, without trailing zeros. */
export const formatQuantity = (decimal: string, locale: string = ownLocale): string =>
  numberFormat(locale, { maximumFractionDigits: 20 }).format(exact(decimal));

/** The sum of minor units, as minor units. */
export const sumMinor = (amounts: readonly string[]): string =>
  amounts.reduce((sum, amount) => sum + BigInt(amount), 0n).toString();

/** Amounts of several currencies side by side: they are never added. */
export const moneyWords = (totals: readonly { amountMinor: string; currency: string }[]): string =>
  totals.map(({ amountMinor, currency }) => formatMoney(amountMinor, currency)).join(' + ');
