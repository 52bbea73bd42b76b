import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSubscription, fixed, ratingInput } from '../testing/rating-builders.ts';
import { rate } from './rate.ts';
import type { PriceRuleValue, SubscriptionVersion, RatingInput } from './rating-values.ts';

describe('a subscription that changed within the month', () => {
  const versions = (
    ...parts: [from: string, seats: bigint, more?: Partial<SubscriptionVersion>][]
  ): SubscriptionVersion[] =>
    parts.map(([effectiveFrom, seats, more], index) =>
      aSubscription({
        effectiveFrom,
        effectiveTo: parts[index + 1]?.[0] ?? null,
        quantityE6: seats * 1_000_000n,
        ...more,
      }),
    );
  const amounts = (subscriptions: SubscriptionVersion[], rule: PriceRuleValue, customer = 0): bigint[] | undefined =>
    rate(ratingInput({ subscriptions, rules: [rule], customers, companies: [] })).drafts[customer]?.lines.map(
      ({ amountMinor }) => amountMinor,
    );
  const customers: RatingInput['customers'] = [
    { id: 'customer', name: 'Fabrikam', pax8CompanyId: 'company', state: 'active' },
    { id: 'other', name: 'Tailspin', pax8CompanyId: 'other company', state: 'active' },
  ];

  it.each<[string, SubscriptionVersion[], string, bigint[] | undefined]>([
    ['5 more on the 16th', versions(['2025-05-01', 10n], ['2026-01-16', 15n]), '20.00', [9_677n, 15_484n]],
    [
      'twice, rounded once',
      versions(['2025-05-01', 8n], ['2026-01-08', 11n], ['2026-01-18', 13n]),
      '5.00',
      [903n, 1_774n, 2_936n],
    ],
    ['only after the month', versions(['2025-05-01', 10n], ['2026-02-01', 99n]), '20.00', [20_000n]],
    ['on the first day: the new one all month', versions(['2025-05-01', 10n], ['2026-01-01', 5n]), '20.00', [10_000n]],
    [
      'in what does not count for money',
      versions(['2025-05-01', 10n], ['2026-01-16', 10n, { status: 'PendingCancel' }]),
      '20.00',
      [20_000n],
    ],
    [
      'with an end that was learnt after it',
      versions(['2025-05-01', 10n], ['2026-01-20', 10n, { status: 'Cancelled', endDate: '2026-01-14' }]),
      '20.00',
      [9_032n],
    ],
    ['to none', versions(['2025-05-01', 10n], ['2026-01-16', 0n]), '20.00', [9_677n, 0n]],
  ])('%s', (_title, subscriptions, price, expected) => {
    expect(amounts(subscriptions, fixed(price))).toEqual(expected);
  });

  it('is named by its days and by the change', () => {
    const [draft] = rate(ratingInput({ subscriptions: versions(['2025-05-01', 10n], ['2026-01-16', 15n]) })).drafts;
    expect(draft?.lines.map(({ sourceKey, description }) => [sourceKey, description])).toEqual([
      ['subscription:s1:2026-01-01:2026-01-01', 'Business Premium, monthly, 2026-01-01 to 2026-01-15'],
      ['subscription:s1:2026-01-01:2026-01-16', 'Business Premium, monthly, 2026-01-16 to 2026-01-31'],
    ]);
  });

  it('is billed to both customers when it moved from one to the other', () => {
    const moved = versions(['2025-05-01', 10n], ['2026-01-16', 10n, { companyId: 'other company' }]);
    expect([amounts(moved, fixed('20.00')), amounts(moved, fixed('20.00'), 1)]).toEqual([[9_677n], [10_323n]]);
  });

  it('is billed by the quantity of the day on which a term begins; seats added to a term pay their share of its rest', () => {
    const annual = { billingTerm: 'Annual', startDate: '2025-01-10' };
    const before = versions(['2025-01-10', 3n, annual], ['2026-01-05', 4n, annual]);
    // One seat for 5 of 365 days, then the new year of all four.
    expect(amounts(before, fixed('264.00'))).toEqual([3_62n, 1_056_00n]);
    const after = versions(['2025-01-10', 3n, annual], ['2026-01-20', 4n, annual]);
    expect(amounts(after, fixed('264.00'))).toEqual([792_00n, 256_77n]);
  });

  it('makes and loses no cent, however often it changes', () => {
    const day = fc.integer({ min: 2, max: 31 }).map((n) => `2026-01-${String(n).padStart(2, '0')}`);
    fc.assert(
      fc.property(
        fc.uniqueArray(day, { maxLength: 8 }),
        fc.bigInt(1n, 500n),
        fc.bigInt(1n, 10n ** 12n),
        (days, seats, priceE8) => {
          const all = versions(['2025-05-01', seats], ...days.toSorted().map((at): [string, bigint] => [at, seats]));
          const apart = all.map((version, n) => ({ ...version, productId: `product ${n}` }));
          const rule = fixed('1.00', { unitPriceE8: priceE8 });
          const sum = (subscriptions: SubscriptionVersion[]) =>
            (amounts(subscriptions, rule) ?? []).reduce((total, amount) => total + amount, 0n);
          expect(sum(apart)).toBe(sum(all));
        },
      ),
    );
  });
});
