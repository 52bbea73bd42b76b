import { amountText, priceText, quantityText } from './currency.ts';
import { divRound, formatScaled } from './decimal.ts';
import type { DraftLine, PriceRuleValue } from './rated-values.ts';

export interface Priced {
  sourceKey: string;
  description: string;
  quantityE6: bigint;
  /** Cost of the whole quantity for the whole period, 10^-8 minor units. */
  costE8: bigint;
  /** How much of the period is billed, as a fraction. */
  share: { days: number; of: number };
  currency: string;
  rule: PriceRuleValue;
}

const million = 1_000_000n;
const e8 = 100_000_000n;

/** 10^14 = quantity's 10^6 times the price's 10^8. */
const e14 = million * e8;

const fixedPrice = (rule: PriceRuleValue, currency: string): bigint => {
  if (rule.unitPriceE8 === null || rule.currency !== currency)
    throw new Error('A fixed rule needs a price in this currency');
  return rule.unitPriceE8;
};

const percent = (ppm: number): string => `${formatScaled(BigInt(ppm), 4)} %`;

/** One priced line: everything exact until the one rounding at the end. */
export const priceLine = ({ sourceKey, description, quantityE6, costE8, share, currency, rule }: Priced): DraftLine => {
  const [days, of] = [BigInt(share.days), BigInt(share.of)];
  const steps: string[] = [`Quantity ${quantityText(quantityE6)}, cost ${priceText(costE8, currency)} ${currency}`];
  let amountMinor: bigint;
  let unitPriceE8: bigint;
  if (rule.kind === 'markup') {
    const factor = million + BigInt(rule.markupPpm ?? 0);
    amountMinor = divRound(costE8 * factor * days, million * e8 * of);
    unitPriceE8 = quantityE6 === 0n ? 0n : divRound(costE8 * factor, quantityE6 < 0n ? -quantityE6 : quantityE6);
    if (quantityE6 < 0n) unitPriceE8 = -unitPriceE8;
    steps.push(`Price rule: cost plus ${percent(rule.markupPpm ?? 0)}`);
  } else {
    unitPriceE8 = fixedPrice(rule, currency);
    amountMinor = divRound(unitPriceE8 * quantityE6 * days, e14 * of);
    steps.push(`Price rule: ${priceText(unitPriceE8, currency)} ${currency} each`);
  }
  if (share.days !== share.of) steps.push(`${share.days} of ${share.of} days`);
  steps.push(`Amount ${amountText(amountMinor, currency)} ${currency}, rounded once`);
  return {
    sourceKey,
    description,
    quantityE6,
    unitPriceE8,
    amountMinor,
    costMinor: divRound(costE8 * days, e8 * of),
    ruleId: rule.id,
    steps,
  };
};
