import { costMinorOf } from './cost.ts';
import { amountText, priceText, quantityText } from './currency.ts';
import { plus, rounded, times, weightsOf, zero } from './fraction.ts';
import { exactPrice, ruleSteps, unitPriceOf } from './price-model.ts';
import type { DraftLine, PriceRuleValue } from './rating-values.ts';
import { splitByWeight } from './split.ts';

export interface Priced {
  sourceKey: string;
  description: string;
  quantityE6: bigint;
  /** Cost of the whole quantity for the whole period, 10^-8 minor units; null when the vendor did not say. */
  costE8: bigint | null;
  /** How much of the period is billed, as a fraction. */
  share: { days: number; of: number };
  currency: string;
  rule: PriceRuleValue;
}

const largest = 2n ** 63n - 1n;
const isKept = (value: bigint | null): boolean => value === null || (value <= largest && value >= -largest);

/** A line that the ledger could not keep is no line: what it is about is told alone. */
const kept = (line: DraftLine): DraftLine => {
  if (![line.quantityE6, line.unitPriceE8, line.amountMinor, line.costMinor].every(isKept))
    throw new RangeError('a number of it is too large to be kept');
  return line;
};

const stepsOf = ({ quantityE6, costE8, share, currency, rule }: Priced, amountMinor: bigint): string[] => [
  `Quantity ${quantityText(quantityE6)}, ${costE8 === null ? 'cost unknown' : `cost ${priceText(costE8, currency)} ${currency}`}`,
  ...ruleSteps(rule, currency),
  ...(share.days === share.of ? [] : [`${share.days} of ${share.of} days`]),
  `Amount ${amountText(amountMinor, currency)} ${currency}, rounded once`,
];

/**
 * The lines of one thing that is billed, one a stretch of the period. Everything is exact until the one rounding of their
 * sum; the stretches share it out, so that many small changes neither make nor lose a cent.
 */
export const priceLines = (parts: readonly Priced[]): DraftLine[] => {
  const whole = parts.map((part) => exactPrice(part, part.rule));
  const exact = whole.map((price, index) => {
    const { days, of } = (parts[index] as Priced).share;
    return days === of ? price : times(price, BigInt(days), BigInt(of));
  });
  const amounts =
    exact.length === 1 ? exact.map(rounded) : splitByWeight(rounded(exact.reduce(plus, zero)), weightsOf(exact));
  return parts.map((part, index) => {
    const amountMinor = amounts[index] as bigint;
    const { sourceKey, description, quantityE6, share, rule } = part;
    return kept({
      sourceKey,
      description,
      quantityE6,
      unitPriceE8: unitPriceOf(whole[index] as (typeof whole)[number], part, rule),
      amountMinor,
      costMinor: costMinorOf(part),
      share,
      ruleId: rule.id,
      steps: () => stepsOf(part, amountMinor),
    });
  });
};
