import { minorDigits } from '@legendops/kit/contract/currency';
import { priceDigits, priceText, quantityText } from '../rating/currency.ts';

/** A line of an invoice as a customer reads it: quantity times unit price is exactly the amount. */
export interface CustomerLine {
  description: string;
  quantityE6: bigint;
  unitPriceE8: bigint;
  amountMinor: bigint;
}

export interface KeyedLine extends CustomerLine {
  /** Names what is billed, and so its month or term. */
  sourceKey: string;
}

const one = 1_000_000n;
const scale = 10n ** 14n;
const e8 = 100_000_000n;
// QuickBooks keeps so many digits of a unit price.
const mostDigits = 7;
// More digits than these are an average, which says nothing to anybody.
const storyDigits = 4;

/** Whether a price has at most so many digits after the point. */
const hasDigits = (priceE8: bigint, most: number, currency: string): boolean => {
  const more = minorDigits(currency) + priceDigits - most;
  return more <= 0 || priceE8 % 10n ** BigInt(more) === 0n;
};

const monthName = (month: string): string =>
  new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );

const stretch = /\d{4}-\d{2}-\d{2} to \d{4}-\d{2}-\d{2}/;
const termBegin = /^subscription:[^:]+:term:(\d{4}-\d{2}-\d{2})/;
const monthOfKey = /^(?:subscription:[^:]+|usage:.+):(\d{4}-\d{2})-\d{2}(?::\d{4}-\d{2}-\d{2})?$/;

/** Which month or term it is for; empty where its words say so, or nothing says it. */
const whenOf = ({ sourceKey, description }: KeyedLine): string => {
  if (stretch.test(description)) return '';
  const [, begin] = termBegin.exec(sourceKey) ?? [];
  if (begin !== undefined) return `, from ${begin}`;
  const [, month] = monthOfKey.exec(sourceKey) ?? [];
  return month === undefined ? '' : `, ${monthName(month)}`;
};

/** So much of it as one thing, whose words tell how it came about. */
export const asOne = (description: string, amountMinor: bigint): CustomerLine => ({
  description,
  quantityE6: one,
  unitPriceE8: amountMinor * e8,
  amountMinor,
});

/**
 * Product, month or term; quantity and unit price where their product is exactly the amount, else the story in the words and the
 * amount as one: a customer who multiplies finds what is asked for, on the screen, on paper and in QuickBooks.
 */
export const customerLine = (line: KeyedLine, currency: string): CustomerLine => {
  const { quantityE6, unitPriceE8, amountMinor } = line;
  const description = `${line.description}${whenOf(line)}`;
  const isExact =
    quantityE6 > 0n && quantityE6 * unitPriceE8 === amountMinor * scale && hasDigits(unitPriceE8, mostDigits, currency);
  if (isExact) return { description, quantityE6, unitPriceE8, amountMinor };
  const at = hasDigits(unitPriceE8, storyDigits, currency) ? ` at ${priceText(unitPriceE8, currency)}` : '';
  const story = quantityE6 === one && at === '' ? '' : `${quantityText(quantityE6)}${at} × `;
  return asOne(`${story}${description}`, amountMinor);
};
