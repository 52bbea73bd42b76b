import { priceFromText } from '../rating/currency.ts';
import type { PriceRuleValue, SubscriptionVersion, UsageTotal, RatingInput } from '../rating/rating-values.ts';

/** Values for the rating core: one customer that buys, in January 2026. */

export const usd = (text: string): bigint => priceFromText(text, 'USD');

export const aRule = (more: Partial<PriceRuleValue> = {}): PriceRuleValue => ({
  id: 'rule',
  customerId: null,
  productId: null,
  billingTerm: null,
  kind: 'markup',
  markupPpm: 250_000,
  marginPpm: null,
  unitPriceE8: null,
  tiers: null,
  discountPpm: 0,
  floorPriceE8: null,
  floorMarginE8: null,
  rounding: 'line',
  minimumMinor: null,
  setupMinor: null,
  currency: null,
  validFrom: '2000-01-01',
  validTo: null,
  ...more,
});

const terms = ['Monthly', 'Annual', '2-Year', '3-Year', 'One-Time', 'usage'] as const;
const ofEveryTerm = new WeakSet<PriceRuleValue>();

/** A price a unit; where a test names no term, a rating input takes it as one rule for each. */
export const fixed = (price: string, more: Partial<PriceRuleValue> = {}): PriceRuleValue => {
  const rule = aRule({ kind: 'fixed', markupPpm: null, unitPriceE8: usd(price), currency: 'USD', ...more });
  if (more.billingTerm === undefined) ofEveryTerm.add(rule);
  return rule;
};

export const aSubscription = (more: Partial<SubscriptionVersion> = {}): SubscriptionVersion => ({
  id: 's1',
  effectiveFrom: '2025-05-01',
  effectiveTo: null,
  companyId: 'company',
  productId: 'premium',
  productName: 'Business Premium',
  quantityE6: 10_000_000n,
  status: 'Active',
  billingTerm: 'Monthly',
  startDate: '2025-05-01',
  endDate: null,
  costE8: usd('16'),
  currency: 'USD',
  commitment: null,
  listedOn: null,
  ...more,
});
export const someUsage = (more: Partial<UsageTotal> = {}): UsageTotal => ({
  from: '2026-01-01',
  summaryId: 'u1',
  companyId: 'company',
  productId: 'cloud',
  productName: 'Compute',
  resourceGroup: 'rg',
  unitOfMeasure: 'Hour',
  quantityE6: 288_152_000n,
  partnerTotalE8: usd('86.456'),
  currency: 'USD',
  ...more,
});
const forEachTerm = (rule: PriceRuleValue): PriceRuleValue[] =>
  ofEveryTerm.has(rule) ? terms.map((billingTerm) => ({ ...rule, billingTerm })) : [rule];

export const ratingInput = ({ rules = [aRule()], ...more }: Partial<RatingInput> = {}): RatingInput => ({
  period: { start: '2026-01-01', end: '2026-02-01' },
  firstPeriod: null,
  currency: 'USD',
  proration: 'actual',
  companies: [{ id: 'company', name: 'Fabrikam' }],
  customers: [{ id: 'customer', name: 'Fabrikam', pax8CompanyId: 'company', state: 'active' }],
  subscriptions: [],
  usage: [],
  rules: rules.flatMap(forEachTerm),
  ...more,
});
