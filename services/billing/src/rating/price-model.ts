import { amountText, priceText, quantityText } from './currency.ts';
import { divRound, formatScaled } from './decimal.ts';
import { larger, plus, times, zero, type Fraction } from './fraction.ts';
import type { PriceRuleValue, PriceTier } from './rating-values.ts';

/** What is priced: a quantity and its cost for the whole month or term. */
export interface Quantified {
  quantityE6: bigint;
  /** 10^-8 minor units; null when the vendor did not say. */
  costE8: bigint | null;
}

const million = 1_000_000n;
const e8 = 100_000_000n;
/** 10^14 = quantity's 10^6 times the price's 10^8. */
export const e14 = million * e8;

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
const required = <Value>(value: Value | null, what: string): Value => {
  if (value === null) throw new Error(`This price rule needs ${what}`);
  return value;
};

const each = (priceE8: bigint, quantityE6: bigint): Fraction => ({ numerator: priceE8 * quantityE6, denominator: e14 });
const whole = (priceE8: bigint): Fraction => ({ numerator: priceE8, denominator: e8 });
const minor = (amountMinor: bigint): Fraction => ({ numerator: amountMinor, denominator: 1n });

/** The upper end of a tier belongs to it: 10.0 is the first of 1 to 10, 10.000001 the next. */
const reached = (tiers: readonly PriceTier[], quantityE6: bigint): number => {
  const index = tiers.findIndex(({ upToE6 }) => upToE6 === null || quantityE6 <= upToE6);
  if (index < 0) throw new Error('The last tier of a price has no end');
  return index;
};

/** All units at the price of the tier that is reached. */
const byVolume = (tiers: readonly PriceTier[], quantityE6: bigint): Fraction => {
  const { unitPriceE8, flatMinor } = tiers[reached(tiers, quantityE6)] as PriceTier;
  return plus(each(unitPriceE8, quantityE6), minor(flatMinor));
};

/** Each tier's units at its own price, and its flat fee where it is reached. */
const graduated = (tiers: readonly PriceTier[], quantityE6: bigint): Fraction => {
  let [sum, from] = [zero, 0n];
  for (const { upToE6, unitPriceE8, flatMinor } of tiers.slice(0, reached(tiers, quantityE6) + 1)) {
    const to = upToE6 === null || quantityE6 < upToE6 ? quantityE6 : upToE6;
    sum = plus(plus(sum, each(unitPriceE8, to - from)), minor(flatMinor));
    from = to;
  }
  return sum;
};

/** A credit is the exact mirror of what it takes back. */
const mirrored = (of: (quantityE6: bigint) => Fraction, quantityE6: bigint): Fraction =>
  quantityE6 < 0n ? times(of(-quantityE6), -1n) : of(quantityE6);

type Model = (thing: Quantified, rule: PriceRuleValue) => Fraction;

const models: Record<PriceRuleValue['kind'], Model> = {
  markup: ({ costE8 }, { markupPpm }) => ({
    numerator: required(costE8, 'a cost') * (million + BigInt(required(markupPpm, 'a markup'))),
    denominator: e14,
  }),
  margin: ({ costE8 }, { marginPpm }) => ({
    numerator: required(costE8, 'a cost') * million,
    denominator: e8 * (million - BigInt(required(marginPpm, 'a margin'))),
  }),
  fixed: ({ quantityE6 }, { unitPriceE8 }) => each(required(unitPriceE8, 'a price'), quantityE6),
  flat: ({ quantityE6 }, { unitPriceE8 }) =>
    quantityE6 === 0n ? zero : mirrored(() => whole(required(unitPriceE8, 'a price')), quantityE6),
  volume: ({ quantityE6 }, { tiers }) => mirrored((units) => byVolume(required(tiers, 'tiers'), units), quantityE6),
  graduated: ({ quantityE6 }, { tiers }) => mirrored((units) => graduated(required(tiers, 'tiers'), units), quantityE6),
  free: () => zero,
};

/** The least that is asked, whatever discount: a price and a margin for each unit. Credits have no floor: they mirror. */
const aboveFloors = (amount: Fraction, { quantityE6, costE8 }: Quantified, rule: PriceRuleValue): Fraction => {
  if (quantityE6 <= 0n) return amount;
  const byPrice = rule.floorPriceE8 === null ? amount : larger(amount, each(rule.floorPriceE8, quantityE6));
  if (rule.floorMarginE8 === null || costE8 === null) return byPrice;
  return larger(byPrice, plus(whole(costE8), each(rule.floorMarginE8, quantityE6)));
};

const unitRounded = (amount: Fraction, quantityE6: bigint): Fraction =>
  quantityE6 === 0n
    ? amount
    : mirrored(
        (units) => ({
          numerator: divRound(magnitude(amount.numerator) * million, amount.denominator * units) * units,
          denominator: million,
        }),
        quantityE6,
      );

/** The exact price of the whole month or term in minor units: the model, then the discount, then the floors. */
export const exactPrice = (thing: Quantified, rule: PriceRuleValue): Fraction => {
  const modelled = models[rule.kind](thing, rule);
  const discounted = rule.discountPpm === 0 ? modelled : times(modelled, million - BigInt(rule.discountPpm), million);
  const floored =
    rule.floorPriceE8 === null && rule.floorMarginE8 === null ? discounted : aboveFloors(discounted, thing, rule);
  return rule.rounding === 'unit' ? unitRounded(floored, thing.quantityE6) : floored;
};

const isAsSet = ({ kind, discountPpm, floorPriceE8, floorMarginE8, rounding }: PriceRuleValue): boolean =>
  kind === 'fixed' && discountPpm === 0 && floorPriceE8 === null && floorMarginE8 === null && rounding === 'line';

/** What one unit comes to, 10^-8 minor units, rounded; for no unit, and where nothing changes it, the rule's own price. */
export const unitPriceOf = (
  { numerator, denominator }: Fraction,
  { quantityE6 }: Quantified,
  rule: PriceRuleValue,
): bigint => {
  if (quantityE6 === 0n || isAsSet(rule)) return rule.unitPriceE8 ?? 0n;
  const sign = quantityE6 < 0n ? -1n : 1n;
  return divRound(sign * numerator * e14, denominator * magnitude(quantityE6));
};

const percent = (ppm: number): string => `${formatScaled(BigInt(ppm), 4)} %`;

const tierText = ({ upToE6, unitPriceE8, flatMinor }: PriceTier, currency: string): string => {
  const fee = flatMinor === 0n ? '' : ` and ${amountText(flatMinor, currency)} once`;
  return `${upToE6 === null ? 'above' : `up to ${quantityText(upToE6)}`} ${priceText(unitPriceE8, currency)}${fee}`;
};

const modelText: Record<PriceRuleValue['kind'], (rule: PriceRuleValue, currency: string) => string> = {
  markup: ({ markupPpm }) => `cost plus ${percent(markupPpm ?? 0)}`,
  margin: ({ marginPpm }) => `a margin of ${percent(marginPpm ?? 0)} of the price`,
  fixed: ({ unitPriceE8 }, currency) => `${priceText(unitPriceE8 ?? 0n, currency)} ${currency} each`,
  flat: ({ unitPriceE8 }, currency) => `${priceText(unitPriceE8 ?? 0n, currency)} ${currency} in all`,
  volume: ({ tiers }, currency) =>
    `all units at the tier that is reached (${(tiers ?? []).map((tier) => tierText(tier, currency)).join(', ')} ${currency})`,
  graduated: ({ tiers }, currency) =>
    `each tier's units at its price (${(tiers ?? []).map((tier) => tierText(tier, currency)).join(', ')} ${currency})`,
  free: () => 'free of charge',
};

/** What a rule does, one sentence a step, in the order in which it is done. */
export const ruleSteps = (rule: PriceRuleValue, currency: string): string[] => [
  `Price rule: ${modelText[rule.kind](rule, currency)}`,
  ...(rule.discountPpm === 0 ? [] : [`Discount of ${percent(rule.discountPpm)}`]),
  ...(rule.floorPriceE8 === null ? [] : [`At least ${priceText(rule.floorPriceE8, currency)} ${currency} each`]),
  ...(rule.floorMarginE8 === null
    ? []
    : [`At least ${priceText(rule.floorMarginE8, currency)} ${currency} each above the cost`]),
  ...(rule.rounding === 'unit' ? ['Rounded for each unit'] : []),
];
