import { isStorable } from '@legendops/kit/db/storable';
import { amountText, priceText, quantityText } from './currency.ts';
import { plus, rounded, times, weightsOf, zero, type Fraction } from './fraction.ts';
import { exactPrice, ruleSteps, unitPriceOf, type Quantified } from './price-model.ts';
import type { DraftLine, PriceRuleValue } from './rating-values.ts';
import { splitByWeight } from './split.ts';

/** A thing to bill, as far as its price goes. */
export interface Billed extends Quantified {
  sourceKey: string;
  description: string;
  /** How much of the period is billed, as a fraction. */
  share: { days: number; of: number };
  currency: string;
}

/** With what prices it, and what its share of the period costs. */
export interface Priced {
  billed: Billed;
  rule: PriceRuleValue;
  costMinor: bigint | null;
}

/** A line that the ledger could not keep is no line: what it is about is told alone. */
const kept = (line: DraftLine): DraftLine => {
  const { quantityE6, unitPriceE8, amountMinor, costMinor } = line;
  if (!isStorable(quantityE6) || !isStorable(unitPriceE8) || !isStorable(amountMinor) || !isStorable(costMinor ?? 0n))
    throw new RangeError('a number of it is too large to be kept');
  return line;
};

const stepsOf = ({ billed, rule }: Priced, amountMinor: bigint): string[] => {
  const { quantityE6, costE8, share, currency } = billed;
  return [
    `Quantity ${quantityText(quantityE6)}, ${costE8 === null ? 'cost unknown' : `cost ${priceText(costE8, currency)} ${currency}`}`,
    ...ruleSteps(rule, currency),
    ...(share.days === share.of ? [] : [`${share.days} of ${share.of} days`]),
    `Amount ${amountText(amountMinor, currency)} ${currency}, rounded once`,
  ];
};

const lineOf = (priced: Priced, whole: Fraction, amountMinor: bigint): DraftLine => {
  const { billed, rule, costMinor } = priced;
  return kept({
    sourceKey: billed.sourceKey,
    description: billed.description,
    quantityE6: billed.quantityE6,
    unitPriceE8: unitPriceOf(whole, billed, rule),
    amountMinor,
    costMinor,
    share: billed.share,
    ruleId: rule.id,
    steps: () => stepsOf(priced, amountMinor),
  });
};

const shareOf = (whole: Fraction, { share: { days, of } }: Billed): Fraction =>
  days === of ? whole : times(whole, BigInt(days), BigInt(of));

/**
 * The lines of one thing that is billed, one a stretch of the period. Everything is exact until the one rounding of their
 * sum; the stretches share it out, so that many small changes neither make nor lose a cent.
 */
export const priceLines = (parts: readonly Priced[]): DraftLine[] => {
  const whole = parts.map(({ billed, rule }) => exactPrice(billed, rule));
  const exact = parts.map(({ billed }, index) => shareOf(whole[index] as Fraction, billed));
  const amounts = splitByWeight(rounded(exact.reduce(plus, zero)), weightsOf(exact));
  return parts.map((part, index) => lineOf(part, whole[index] as Fraction, amounts[index] as bigint));
};

/** The one line of a thing that is one stretch, as most are. */
export const priceLine = (priced: Priced): DraftLine => {
  const whole = exactPrice(priced.billed, priced.rule);
  return lineOf(priced, whole, rounded(shareOf(whole, priced.billed)));
};
