import { priceText } from '../rating/currency.ts';
import { divRound, formatScaled } from '../rating/decimal.ts';
import { namesNoTerm, type Asked, type PriceBook } from '../rating/price-book.ts';
import { exactPrice, ruleSteps, unitPriceOf } from '../rating/price-model.ts';
import type { PriceRuleValue } from '../rating/rating-values.ts';
import type { SubscriptionTerm } from './contract.ts';

type PriceInForce = Pick<SubscriptionTerm, 'unitPrice' | 'priceRule' | 'margin' | 'marginPercent'>;

const unit = 1_000_000n;
// Hundredths of a per cent.
const percentDigits = 2;

const needsCost = ({ kind }: PriceRuleValue): boolean => kind === 'markup' || kind === 'margin';

const ruleFor = (book: PriceBook, asked: Asked): PriceRuleValue | undefined => {
  const rule = book.ruleOn(asked);
  const isOfCurrency = rule?.currency === null || rule?.currency === asked.currency;
  return rule && isOfCurrency && !namesNoTerm(rule, asked.billingTerm) ? rule : undefined;
};

const marginOf = (
  priceE8: bigint,
  costE8: bigint,
  currency: string,
): Pick<PriceInForce, 'margin' | 'marginPercent'> => ({
  margin: priceText(priceE8 - costE8, currency),
  marginPercent: priceE8 > 0n ? formatScaled(divRound((priceE8 - costE8) * 10_000n, priceE8), percentDigits) : null,
});

/**
 * What the price book makes of one unit out of so many, as an invoice would: the same rule, the same model. No price where no
 * rule holds, or where it is made of a cost that Pax8 does not say.
 */
export const priceInForce = (
  book: PriceBook,
  asked: Asked,
  { quantityE6, unitCostE8 }: { quantityE6: bigint; unitCostE8: bigint | null },
): PriceInForce => {
  const { currency } = asked;
  const rule = ruleFor(book, asked);
  const priceRule = rule ? ruleSteps(rule, currency).join('. ') : null;
  if (!rule || (needsCost(rule) && unitCostE8 === null))
    return { unitPrice: null, priceRule, margin: null, marginPercent: null };
  // Of no unit nothing can be said; of one it can.
  const units = quantityE6 === 0n ? unit : quantityE6;
  const thing = { quantityE6: units, costE8: unitCostE8 === null ? null : divRound(unitCostE8 * units, unit) };
  const priceE8 = unitPriceOf(exactPrice(thing, rule), thing, rule);
  return {
    unitPrice: priceText(priceE8, currency),
    priceRule,
    ...(unitCostE8 === null ? { margin: null, marginPercent: null } : marginOf(priceE8, unitCostE8, currency)),
  };
};
