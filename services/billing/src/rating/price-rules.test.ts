import { describe, expect, it } from 'vitest';
import { aRule, aSubscription, fixed, ratingInput, someUsage, usd } from '../testing/rating-builders.ts';
import { rate } from './rate.ts';
import type { PriceRuleValue, RatingInput } from './rating-values.ts';

const lines = (more: Partial<RatingInput>) =>
  rate(ratingInput(more)).drafts.flatMap((draft) =>
    draft.lines.map(({ sourceKey, amountMinor }): [string, bigint] => [sourceKey, amountMinor]),
  );
const told = (more: Partial<RatingInput>) =>
  rate(ratingInput(more)).exceptions.map(({ code, amount }) => [code, amount?.minor]);
const graduated: PriceRuleValue = aRule({
  kind: 'graduated',
  markupPpm: null,
  currency: 'USD',
  tiers: [
    { upToE6: 10_000_000n, unitPriceE8: usd('10.00'), flatMinor: 0n },
    { upToE6: null, unitPriceE8: usd('8.00'), flatMinor: 0n },
  ],
  billingTerm: 'Monthly',
});

describe('a price is for a billing term', () => {
  const monthly = aSubscription({ id: 'monthly' });
  const annual = aSubscription({ id: 'annual', billingTerm: 'Annual', startDate: '2026-01-10', costE8: usd('192') });

  it('one product is sold by the month and by the year, each at its own', () => {
    const rules = [fixed('22.00', { billingTerm: 'Monthly' }), fixed('264.00', { billingTerm: 'Annual' })];
    expect(lines({ subscriptions: [monthly, annual], rules })).toEqual([
      ['subscription:annual:term:2026-01-10', 2_640_00n],
      ['subscription:monthly:2026-01-01', 220_00n],
    ]);
  });

  it('a price that names none is not that of a year: it is told with what the year costs', () => {
    const input = { subscriptions: [monthly, annual], rules: [fixed('22.00', { billingTerm: null })] };
    expect(lines(input)).toEqual([['subscription:monthly:2026-01-01', 220_00n]]);
    expect(told(input)).toEqual([['price.term', 1_920_00n]]);
  });

  it('the least price of a unit that names none is that of a month alone: anything else is told with its cost', () => {
    const rules = [aRule({ floorMarginE8: usd('5.00'), currency: 'USD' })];
    const input = { subscriptions: [monthly, annual], usage: [someUsage()], rules };
    // 10 × (16.00 + 5.00)
    expect(lines(input)).toEqual([['subscription:monthly:2026-01-01', 210_00n]]);
    expect(told(input)).toEqual([
      ['price.term', 1_920_00n],
      ['price.term', 86_46n],
    ]);
    const named = [...rules, aRule({ id: 'use', billingTerm: 'usage' }), aRule({ id: 'year', billingTerm: 'Annual' })];
    expect(told({ ...input, rules: named })).toEqual([]);
  });

  it('the price of another term is none', () => {
    expect(told({ subscriptions: [annual], rules: [fixed('22.00', { billingTerm: 'Monthly' })] })).toEqual([
      ['price.missing', 1_920_00n],
    ]);
  });
});

it('of two currencies the one of the invoice is taken', () => {
  const rules = [fixed('20.00', { id: 'eur', currency: 'EUR' }), fixed('22.00', { id: 'usd' })];
  expect(lines({ subscriptions: [aSubscription()], rules })).toEqual([['subscription:s1:2026-01-01', 220_00n]]);
});

it('seats that cost nothing are told, a meter that costs nothing is not', () => {
  const free = aSubscription({ costE8: 0n });
  expect(told({ subscriptions: [free] })).toEqual([['price.zero', 0n]]);
  expect(told({ subscriptions: [free], rules: [aRule({ kind: 'free', markupPpm: null })] })).toEqual([]);
  expect(told({ usage: [someUsage({ partnerTotalE8: 0n })] })).toEqual([]);
});

describe('a quantity that changes in the month', () => {
  const grown = [
    aSubscription({ quantityE6: 8_000_000n, effectiveTo: '2026-01-16' }),
    aSubscription({ quantityE6: 12_000_000n, effectiveFrom: '2026-01-16' }),
  ];

  it('takes its tier by all its seats, then its days', () => {
    expect(lines({ subscriptions: grown, rules: [graduated] }).map(([, amount]) => amount)).toEqual([38_71n, 59_87n]);
  });
});

describe('a minimum of 1,000.00 a month', () => {
  const minimum = fixed('1.00', { id: 'rule', customerId: 'customer', billingTerm: 'usage', minimumMinor: 1_000_00n });
  const used = (quantity: bigint) => someUsage({ quantityE6: quantity * 1_000_000n });

  it.each<[string, Partial<PriceRuleValue>, bigint[], bigint | undefined]>([
    ['is filled up', {}, [500n], 500_00n],
    ['counts all that the rule prices', {}, [500n, 300n], 200_00n],
    ['is there though nothing was used', {}, [], 1_000_00n],
    ['is not there where more was used', {}, [1_001n], undefined],
    ['from the 15th is 17 of 31 days of it', { validFrom: '2026-01-15' }, [], 548_39n],
  ])('%s', (_title, more, quantities, expected) => {
    const usage = quantities.map((quantity, n) => ({ ...used(quantity), summaryId: `u${n}`, from: '2026-01-15' }));
    const found = lines({ usage, rules: [{ ...minimum, ...more }] }).find(([key]) => key.startsWith('minimum:'));
    expect(found?.[1]).toBe(expected);
  });

  it('in another currency is no amount of this one: it is told, and not billed', () => {
    const yen = { ...minimum, currency: 'JPY' };
    expect(lines({ rules: [yen] })).toEqual([]);
    const { exceptions } = rate(ratingInput({ rules: [yen] }));
    expect(exceptions).toMatchObject([
      { code: 'price.currency', customerId: 'customer', amount: { minor: 1_000_00n, currency: 'JPY' } },
    ]);
    expect(exceptions[0]?.detail).toContain('100000 JPY');
    const ended = { ...yen, validTo: '2026-01-01' };
    expect(told({ rules: [ended] })).toEqual([]);
  });

  it('after a tenth of discount, 720.00 and 280.00', () => {
    const rules = [{ ...minimum, discountPpm: 100_000 }];
    expect(lines({ usage: [used(800n)], rules }).map(([, amount]) => amount)).toEqual([280_00n, 720_00n]);
  });
});

it('a setup is billed once, in the month in which the subscription begins', () => {
  const rules = [fixed('22.00', { billingTerm: 'Monthly', setupMinor: 150_00n })];
  const begun = aSubscription({ startDate: '2026-01-15' });
  expect(lines({ subscriptions: [begun], rules })).toContainEqual(['subscription:s1:setup', 150_00n]);
  expect(lines({ subscriptions: [aSubscription()], rules })).toEqual([['subscription:s1:2026-01-01', 220_00n]]);
});

describe('the setup of what moved to another company in the month in which it began', () => {
  const rules = [fixed('31.00', { billingTerm: 'Monthly', setupMinor: 150_00n })];
  const one = { startDate: '2026-01-01', quantityE6: 1_000_000n };
  const moved = [
    aSubscription({ ...one, effectiveFrom: '2026-01-01', effectiveTo: '2026-01-11' }),
    aSubscription({ ...one, effectiveFrom: '2026-01-11', companyId: 'other' }),
  ];
  const customers = [
    { id: 'customer', name: 'Fabrikam', pax8CompanyId: 'company', state: 'active' },
    { id: 'other', name: 'Tailspin Toys', pax8CompanyId: 'other', state: 'active' },
  ] as const;

  it('is paid by whoever had it first, and nobody is left unbilled', () => {
    const { drafts, exceptions } = rate(ratingInput({ subscriptions: moved, customers, rules }));
    expect(exceptions).toEqual([]);
    expect(drafts.map(({ customerId, totalMinor }) => [customerId, totalMinor])).toEqual([
      ['customer', 160_00n],
      ['other', 21_00n],
    ]);
  });
});

it('a setup whose month was over when the subscription was listed first is told with it', () => {
  const rules = [fixed('31.00', { billingTerm: 'Monthly', setupMinor: 150_00n })];
  const late = aSubscription({ startDate: '2025-12-22', quantityE6: 1_000_000n, listedOn: '2026-01-20' });
  const before = aSubscription({ id: 's0', billingTerm: 'Trial', listedOn: '2025-06-01' });
  const input = { subscriptions: [before, late], rules, firstPeriod: '2025-06-01' };
  // Ten days of December, and the setup.
  expect(told(input)).toEqual([['subscription.late', 160_00n]]);
  expect(rate(ratingInput(input)).exceptions[0]?.detail).toContain('with its setup');
  expect(lines(input)).toEqual([['subscription:s1:2026-01-01', 31_00n]]);
});

it('a floor makes a price of what costs nothing', () => {
  const rules = [aRule({ floorPriceE8: usd('5.00'), currency: 'USD', billingTerm: 'Monthly' })];
  const input = { subscriptions: [aSubscription({ costE8: 0n })], rules };
  expect([lines(input), told(input)]).toEqual([[['subscription:s1:2026-01-01', 50_00n]], []]);
});

it('a number that the ledger cannot keep holds its thing alone, with its cost', () => {
  const odd = aSubscription({ id: 's2', quantityE6: 1n, costE8: 740_00n * 10n ** 8n * 10n ** 6n });
  const input = { subscriptions: [aSubscription(), odd] };
  expect(lines(input)).toEqual([['subscription:s1:2026-01-01', 200_00n]]);
  expect(told(input)).toEqual([['rating.failed', 740_00n]]);
});

it('the price of a stretch ends where another begins, and the month is its whole sum', () => {
  const rules = [
    fixed('31.00', { id: 'a', billingTerm: 'Monthly', validTo: '2026-01-11' }),
    fixed('62.00', { id: 'b', billingTerm: 'Monthly', validFrom: '2026-01-11' }),
  ];
  const one = aSubscription({ quantityE6: 1_000_000n });
  expect(lines({ subscriptions: [one], rules })).toEqual([
    ['subscription:s1:2026-01-01', 10_00n],
    ['subscription:s1:2026-01-01:2026-01-11', 42_00n],
  ]);
});
