import type { AuditSubject } from '@legendops/kit/contract/audit-payload';
import { priceText } from '../rating/currency.ts';
import { formatScaled } from '../rating/decimal.ts';

interface AuditedRule {
  id: string;
  customer_id: string | null;
  product_id: string | null;
  markup_ppm: number | null;
  unit_price_e8: bigint | null;
  currency: string | null;
  valid_from: string;
}

// Percent have four digits less than parts per million.
export const percentDigits = 4;

export const markupPercent = ({ markup_ppm: ppm }: Pick<AuditedRule, 'markup_ppm'>): string | null =>
  ppm === null ? null : formatScaled(BigInt(ppm), percentDigits);

export const unitPrice = ({
  unit_price_e8: price,
  currency,
}: Pick<AuditedRule, 'unit_price_e8' | 'currency'>): string | null =>
  price === null || currency === null ? null : priceText(price, currency);

/** A rule as the audit trail calls it: what it makes of a price. */
export const ruleSubject = (rule: AuditedRule): AuditSubject => ({
  type: 'price-rule',
  id: rule.id,
  name:
    rule.markup_ppm === null
      ? `${unitPrice(rule) ?? ''} ${rule.currency ?? ''} each`
      : `Markup of ${markupPercent(rule) ?? ''} %`,
});

export const ruleFields = (rule: AuditedRule) => ({
  customerId: rule.customer_id,
  productId: rule.product_id,
  markupPercent: markupPercent(rule),
  unitPrice: unitPrice(rule),
  currency: rule.currency,
  validFrom: rule.valid_from,
});
