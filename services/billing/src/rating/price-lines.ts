import { amountText, priceText, quantityText } from './currency.ts';
import { divRound, formatScaled } from './decimal.ts';
import { splitByWeight } from './split.ts';
import type { DraftLine, PriceRuleValue } from './rating-values.ts';

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

const million = 1_000_000n;
const e8 = 100_000_000n;
/** 10^14 = quantity's 10^6 times the price's 10^8. */
const e14 = million * e8;

const percent = (ppm: number): string => `${formatScaled(BigInt(ppm), 4)} %`;

/** A line's amount before it is rounded, as a numerator over 10^14 times the period's days. */
interface Exact {
  numerator: bigint;
  unitPriceE8: bigint;
  step: string;
}

const byMarkup = ({ quantityE6, costE8, share, rule }: Priced): Exact => {
  if (costE8 === null || rule.markupPpm === null) throw new Error('A markup rule needs a cost and a markup');
  const factor = million + BigInt(rule.markupPpm);
  return {
    numerator: costE8 * factor * BigInt(share.days),
    unitPriceE8:
      quantityE6 === 0n
        ? 0n
        : quantityE6 < 0n
          ? divRound(-costE8 * factor, -quantityE6)
          : divRound(costE8 * factor, quantityE6),
    step: `Price rule: cost plus ${percent(rule.markupPpm)}`,
  };
};

const byFixedPrice = ({ quantityE6, share, currency, rule }: Priced): Exact => {
  if (rule.unitPriceE8 === null || rule.currency !== currency)
    throw new Error('A fixed rule needs a price in this currency');
  return {
    numerator: rule.unitPriceE8 * quantityE6 * BigInt(share.days),
    unitPriceE8: rule.unitPriceE8,
    step: `Price rule: ${priceText(rule.unitPriceE8, currency)} ${currency} each`,
  };
};

const presentLine = (priced: Priced, { unitPriceE8, step }: Exact, amountMinor: bigint): DraftLine => {
  const { sourceKey, description, quantityE6, costE8, share, currency, rule } = priced;
  const cost = costE8 === null ? 'cost unknown' : `cost ${priceText(costE8, currency)} ${currency}`;
  return {
    sourceKey,
    description,
    quantityE6,
    unitPriceE8,
    amountMinor,
    costMinor: costE8 === null ? null : divRound(costE8 * BigInt(share.days), e8 * BigInt(share.of)),
    share,
    ruleId: rule.id,
    steps: [
      `Quantity ${quantityText(quantityE6)}, ${cost}`,
      step,
      ...(share.days === share.of ? [] : [`${share.days} of ${share.of} days`]),
      `Amount ${amountText(amountMinor, currency)} ${currency}, rounded once`,
    ],
  };
};

/**
 * The lines of one thing that is billed, one a stretch of the period. Everything is exact until the one rounding of their
 * sum; the stretches share it out, so that many small changes neither make nor lose a cent.
 */
export const priceLines = (parts: readonly Priced[]): DraftLine[] => {
  const exact = parts.map((part) => (part.rule.kind === 'markup' ? byMarkup(part) : byFixedPrice(part)));
  const of = parts[0]?.share.of ?? 1;
  if (parts.some(({ share }) => share.of !== of)) throw new Error('Parts of one thing are of one period');
  const numerators = exact.map(({ numerator }) => numerator);
  const total = divRound(
    numerators.reduce((sum, numerator) => sum + numerator, 0n),
    e14 * BigInt(of),
  );
  const amounts = splitByWeight(total, numerators);
  return parts.map((part, index) => presentLine(part, exact[index] as Exact, amounts[index] as bigint));
};
