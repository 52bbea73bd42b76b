import type { Actor } from '@legendops/kit/auth/actor';
import type { PriceRule } from './contract.ts';
import { priceRuleActs } from './policy.ts';
import type { PriceRuleRow } from './rule-row.ts';
import { shownNumbers } from './shown-rule.ts';

export const presentPriceRule = (row: PriceRuleRow, actor: Actor): PriceRule => ({
  id: row.id,
  customerId: row.customer_id,
  productId: row.product_id,
  billingTerm: row.billing_term,
  kind: row.kind,
  ...shownNumbers(row),
  rounding: row.rounding,
  currency: row.currency,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  version: row.version,
  acts: priceRuleActs(actor),
});
