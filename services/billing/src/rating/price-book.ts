import type { PriceRuleValue } from './rating-values.ts';

// The narrower rule wins; of two equally narrow ones the later.
const rank = ({ customerId, productId }: PriceRuleValue): number =>
  (customerId === null ? 0 : 2) + (productId === null ? 0 : 1);

/** The rule for a customer's product on a date: customer and product, then customer, then product, then the general one. */
export const ruleFor = (
  rules: readonly PriceRuleValue[],
  { customerId, productId, date }: { customerId: string; productId: string; date: string },
): PriceRuleValue | undefined =>
  rules
    .filter(
      (rule) =>
        (rule.customerId === null || rule.customerId === customerId) &&
        (rule.productId === null || rule.productId === productId) &&
        rule.validFrom <= date &&
        (rule.validTo === null || date < rule.validTo),
    )
    .toSorted((a, b) => rank(b) - rank(a) || b.validFrom.localeCompare(a.validFrom) || a.id.localeCompare(b.id))[0];
