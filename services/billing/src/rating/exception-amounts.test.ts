import { expect, it } from 'vitest';
import { aSubscription, fixed, ratingInput, someUsage, usd } from '../testing/rating-builders.ts';
import { rate } from './rate.ts';
import type { RatingInput } from './rating-values.ts';

const amounts = (more: Partial<RatingInput>) =>
  rate(ratingInput(more)).exceptions.map(({ code, amount }) => [code, amount?.minor, amount?.currency]);

it('what has no price is told with what Pax8 charges for it', () => {
  expect(amounts({ subscriptions: [aSubscription()], rules: [] })).toEqual([['price.missing', 16_000n, 'USD']]);
  expect(amounts({ usage: [someUsage()], rules: [] })).toEqual([['price.missing', 8_646n, 'USD']]);
});

it('a part of a month is told with the part of its cost, two parts together', () => {
  const parts = [
    aSubscription({ effectiveTo: '2026-01-16' }),
    aSubscription({ effectiveFrom: '2026-01-16', quantityE6: 20_000_000n }),
  ];
  // 15 of 31 days of 160.00 and 16 of 31 days of 320.00: 77.42 + 165.16
  expect(amounts({ subscriptions: parts, rules: [] })).toEqual([['price.missing', 24_258n, 'USD']]);
});

it('all that a company without a customer buys is told once, with its sum, or without one where it is not known', () => {
  const subscriptions = [aSubscription(), aSubscription({ id: 's2' })];
  expect(amounts({ subscriptions, customers: [] })).toEqual([['customer.unmatched', 32_000n, 'USD']]);
  const unknown = [...subscriptions, aSubscription({ id: 's3', costE8: null })];
  expect(amounts({ subscriptions: unknown, customers: [] })).toEqual([['customer.unmatched', undefined, undefined]]);
  const mixed = [aSubscription(), aSubscription({ id: 's2', currency: 'EUR' })];
  expect(amounts({ subscriptions: mixed, customers: [] })).toEqual([['customer.unmatched', undefined, undefined]]);
});

it('a loss is told with what is lost', () => {
  expect(amounts({ subscriptions: [aSubscription()], rules: [fixed('15.00')] })).toEqual([
    ['price.below-cost', 1_000n, 'USD'],
  ]);
});

it('a term that is not known is told with its whole cost', () => {
  expect(amounts({ subscriptions: [aSubscription({ billingTerm: 'Fortnightly', costE8: usd('3') })] })).toEqual([
    ['term.unknown', 3_000n, 'USD'],
  ]);
});

it('a credit of a marked-up thing is no loss', () => {
  expect(amounts({ usage: [someUsage({ quantityE6: -1_000_000n, partnerTotalE8: usd('-16') })] })).toEqual([]);
});

it('a customer whose lines sum to more than an invoice holds is told alone', () => {
  const most = { costE8: null, quantityE6: 9_000_000_000_000_000n };
  const { drafts, exceptions } = rate(
    ratingInput({
      subscriptions: [aSubscription(most), aSubscription({ ...most, id: 's2' })],
      rules: [fixed('9999999.99')],
    }),
  );
  expect(drafts).toEqual([]);
  expect(exceptions).toMatchObject([{ code: 'rating.failed', subjectKey: expect.stringMatching(/^customer:/) }]);
});

it('seats whose cost is below nothing are told, and pay nobody', () => {
  const { drafts, exceptions } = rate(ratingInput({ subscriptions: [aSubscription({ costE8: usd('-16') })] }));
  expect(drafts).toEqual([]);
  expect(exceptions).toMatchObject([{ code: 'price.zero', detail: expect.stringContaining('less than nothing') }]);
});
