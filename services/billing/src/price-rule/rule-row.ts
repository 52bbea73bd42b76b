import { sql } from '@legendops/kit/db/sql';
import type { PriceRuleValue, PriceTier } from '../rating/rating-values.ts';

/** A tier in the database: decimal digits as texts, JSON's numbers are doubles. */
export interface StoredTier {
  upTo: string | null;
  unitPrice: string;
  flat: string;
}

export interface PriceRuleRow {
  id: string;
  customer_id: string | null;
  product_id: string | null;
  billing_term: PriceRuleValue['billingTerm'];
  kind: PriceRuleValue['kind'];
  markup_ppm: number | null;
  margin_ppm: number | null;
  unit_price_e8: bigint | null;
  tiers: StoredTier[] | null;
  discount_ppm: number;
  floor_price_e8: bigint | null;
  floor_margin_e8: bigint | null;
  rounding: PriceRuleValue['rounding'];
  minimum_minor: bigint | null;
  setup_minor: bigint | null;
  currency: string | null;
  valid_from: string;
  valid_to: string | null;
  version: number;
}

export const ruleColumns = sql`id, customer_id, product_id, billing_term, kind, markup_ppm, margin_ppm, unit_price_e8, tiers,
  discount_ppm, floor_price_e8, floor_margin_e8, rounding, minimum_minor, setup_minor, currency, valid_from, valid_to, version`;

export const storedTier = ({ upToE6, unitPriceE8, flatMinor }: PriceTier): StoredTier => ({
  upTo: upToE6 === null ? null : upToE6.toString(),
  unitPrice: unitPriceE8.toString(),
  flat: flatMinor.toString(),
});

const tierOf = ({ upTo, unitPrice, flat }: StoredTier): PriceTier => ({
  upToE6: upTo === null ? null : BigInt(upTo),
  unitPriceE8: BigInt(unitPrice),
  flatMinor: BigInt(flat),
});

/** A rule as the rating core takes it. */
export const ruleValue = (row: PriceRuleRow): PriceRuleValue => ({
  id: row.id,
  customerId: row.customer_id,
  productId: row.product_id,
  billingTerm: row.billing_term,
  kind: row.kind,
  markupPpm: row.markup_ppm,
  marginPpm: row.margin_ppm,
  unitPriceE8: row.unit_price_e8,
  tiers: row.tiers === null ? null : row.tiers.map(tierOf),
  discountPpm: row.discount_ppm,
  floorPriceE8: row.floor_price_e8,
  floorMarginE8: row.floor_margin_e8,
  rounding: row.rounding,
  minimumMinor: row.minimum_minor,
  setupMinor: row.setup_minor,
  currency: row.currency,
  validFrom: row.valid_from,
  validTo: row.valid_to,
});
