import { priceFromText } from '../rating/currency.ts';
import type { PriceRuleValue, SubscriptionVersion, UsageTotal, RatingInput } from '../rating/rating-values.ts';

/** Values for the rating core: one customer that buys, in January 2026. */

export const usd = (text: string): bigint => priceFromText(text, 'USD');

export const aRule = (more: Partial<PriceRuleValue> = {}): PriceRuleValue => ({
  id: 'rule',
  customerId: null,
  productId: null,
  kind: 'markup',
  markupPpm: 250_000,
  unitPriceE8: null,
  currency: null,
  validFrom: '2000-01-01',
  validTo: null,
  ...more,
});
export const fixed = (price: string, more: Partial<PriceRuleValue> = {}): PriceRuleValue =>
  aRule({ kind: 'fixed', markupPpm: null, unitPriceE8: usd(price), currency: 'USD', ...more });

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
export const ratingInput = (more: Partial<RatingInput> = {}): RatingInput => ({
  period: { start: '2026-01-01', end: '2026-02-01' },
  firstPeriod: null,
  currency: 'USD',
  companies: [{ id: 'company', name: 'Fabrikam' }],
  customers: [{ id: 'customer', name: 'Fabrikam', pax8CompanyId: 'company', state: 'active' }],
  subscriptions: [],
  usage: [],
  rules: [aRule()],
  ...more,
});
