import type { AuditSubject } from '@legendops/kit/contract/audit-payload';
import { amountText, priceText, quantityText } from '../rating/currency.ts';
import { formatScaled } from '../rating/decimal.ts';
import { ruleSteps } from '../rating/price-model.ts';
import { ruleValue, type PriceRuleRow } from './rule-row.ts';

// Percent have four digits less than parts per million.
export const percentDigits = 4;

const percent = (ppm: number | null): string | null => (ppm === null ? null : formatScaled(BigInt(ppm), percentDigits));

/** A rule's numbers as people read them: percent, and money in whole units of its currency. */
export const shownNumbers = (row: PriceRuleRow) => {
  const { currency } = row;
  const price = (valueE8: bigint | null): string | null =>
    valueE8 === null || currency === null ? null : priceText(valueE8, currency);
  const amount = (minor: bigint | null): string | null =>
    minor === null || currency === null ? null : amountText(minor, currency);
  const { tiers } = ruleValue(row);
  return {
    markupPercent: percent(row.markup_ppm),
    marginPercent: percent(row.margin_ppm),
    unitPrice: price(row.unit_price_e8),
    discountPercent: row.discount_ppm === 0 ? null : percent(row.discount_ppm),
    floorPrice: price(row.floor_price_e8),
    floorMargin: price(row.floor_margin_e8),
    minimum: amount(row.minimum_minor),
    setup: amount(row.setup_minor),
    tiers:
      tiers === null || currency === null
        ? null
        : tiers.map(({ upToE6, unitPriceE8, flatMinor }) => ({
            upTo: upToE6 === null ? null : quantityText(upToE6),
            unitPrice: priceText(unitPriceE8, currency),
            flatFee: amountText(flatMinor, currency),
          })),
  };
};

/** A rule as the audit trail calls it: what it makes of a price. */
export const ruleSubject = (row: PriceRuleRow): AuditSubject => ({
  type: 'price-rule',
  id: row.id,
  // Without a currency it says no amount.
  name: ruleSteps(ruleValue(row), row.currency ?? 'USD').join('. '),
});

export const ruleFields = (row: PriceRuleRow) => {
  const { tiers, ...numbers } = shownNumbers(row);
  return {
    customerId: row.customer_id,
    productId: row.product_id,
    billingTerm: row.billing_term,
    ...numbers,
    tiers:
      tiers?.map(({ upTo, unitPrice, flatFee }) => `${upTo ?? 'above'}: ${unitPrice} + ${flatFee}`).join('; ') ?? null,
    currency: row.currency,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  };
};
