import { describe, expect, it } from 'vitest';
import { aRule, aSubscription, fixed, ratingInput, someUsage, usd } from '../testing/rating-builders.ts';
import { rate } from './rate.ts';
import type { PriceRuleValue, RatingInput } from './rating-values.ts';

const rules: PriceRuleValue[] = [
  aRule({ id: 'until the 15th', markupPpm: 250_000 }),
  aRule({ id: 'from the 15th', markupPpm: 600_000, validFrom: '2026-01-15' }),
];
const total = (more: Partial<RatingInput>) => rate(ratingInput({ rules, ...more })).drafts[0]?.totalMinor;
const threeYears = { billingTerm: '3-Year', quantityE6: 20_000_000n, costE8: usd('720') };

describe('the price of', () => {
  it.each([
    ['the day before it changed', '2026-01-14', 18_000_00n],
    ['the day on which it changed', '2026-01-15', 23_040_00n],
    ['later in the month', '2026-01-20', 23_040_00n],
  ])('a term is that of its begin: %s', (_title, startDate, expected) => {
    const subscription = aSubscription({ ...threeYears, startDate, effectiveFrom: startDate });
    expect(total({ subscriptions: [subscription] })).toBe(expected);
  });

  it('a term that was delivered a month later is that of its begin, too', () => {
    const begun = { ...threeYears, startDate: '2025-12-30' };
    const subscriptions = [
      aSubscription({ ...begun, status: 'PendingManual', effectiveFrom: '2025-12-30', effectiveTo: '2026-01-20' }),
      aSubscription({ ...begun, effectiveFrom: '2026-01-20' }),
    ];
    expect(total({ subscriptions })).toBe(18_000_00n);
  });

  it('a stretch of a month is that of its first day', () => {
    const begun = aSubscription({ startDate: '2026-01-16', effectiveFrom: '2026-01-16' });
    // 16 of 31 days of 160.00 × 1.6
    expect(total({ subscriptions: [begun] })).toBe(132_13n);
  });

  it('usage is that of the first day of its month', () => {
    expect(total({ usage: [someUsage()] })).toBe(108_07n);
  });
});

it.each([
  ['2 Year', '2024-01-10'],
  ['2-Year', '2024-01-10'],
  ['3 Year', '2023-01-10'],
  ['One-time', '2026-01-10'],
])('%s is billed however Pax8 spells it', (billingTerm, startDate) => {
  const subscription = aSubscription({ billingTerm, startDate, effectiveFrom: startDate });
  expect(total({ subscriptions: [subscription], rules: [fixed('1.00')] })).toBe(10_00n);
});
