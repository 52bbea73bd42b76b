import type { PricedTerm, PriceRule, PriceRuleKind } from '@legendops/billing/price-rule/contract';
import { formatPrice, formatQuantity } from '../../lib/money.ts';

const percent = (text: string | null): string => `${formatQuantity(text ?? '0')} %`;

const money = (text: string | null, { currency }: PriceRule): string => formatPrice(text ?? '0', currency ?? 'USD');

const tiers = (rule: PriceRule): string =>
  (rule.tiers ?? [])
    .map(({ upTo, unitPrice }) => `${upTo === null ? 'above' : `to ${formatQuantity(upTo)}`} ${money(unitPrice, rule)}`)
    .join(', ');

const words: Record<PriceRuleKind, (rule: PriceRule) => string> = {
  markup: ({ markupPercent }) => `Cost + ${percent(markupPercent)}`,
  margin: ({ marginPercent }) => `Margin ${percent(marginPercent)}`,
  fixed: (rule) => `${money(rule.unitPrice, rule)} a unit`,
  flat: (rule) => `${money(rule.unitPrice, rule)} in all`,
  volume: (rule) => `All units: ${tiers(rule)}`,
  graduated: (rule) => `Each tier: ${tiers(rule)}`,
  free: () => 'Free of charge',
};

/** What a rule does to the price. */
export const ruleWords = (rule: PriceRule): string => words[rule.kind](rule);

/** What else it does, where there is something. */
export const ruleConditions = (rule: PriceRule): string[] => [
  ...(rule.discountPercent === null ? [] : [`less ${percent(rule.discountPercent)}`]),
  ...(rule.floorPrice === null ? [] : [`at least ${money(rule.floorPrice, rule)} a unit`]),
  ...(rule.floorMargin === null ? [] : [`at least ${money(rule.floorMargin, rule)} a unit above cost`]),
  ...(rule.rounding === 'unit' ? ['rounded for each unit'] : []),
  ...(rule.minimum === null ? [] : [`at least ${money(rule.minimum, rule)} a month`]),
  ...(rule.setup === null ? [] : [`${money(rule.setup, rule)} once at the start`]),
];

export const termWords: Record<PricedTerm, string> = {
  Monthly: 'A month',
  Annual: 'A year',
  '2-Year': 'Two years',
  '3-Year': 'Three years',
  'One-Time': 'Once',
  usage: 'Usage',
};

// A rule without a first day of its own holds from this one.
const always = '2000-01-01';

export const isFromTheBeginning = ({ validFrom }: Pick<PriceRule, 'validFrom'>): boolean => validFrom <= always;
