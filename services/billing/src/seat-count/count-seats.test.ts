import { expect, it } from 'vitest';
import { monthOf } from '../rating/period.ts';
import type { SubscriptionVersion } from '../rating/rating-values.ts';
import { aSubscription } from '../testing/rating-builders.ts';
import { countSeats, daysCounted } from './count-seats.ts';

const customers = [{ id: 'c1', name: 'Fabrikam', pax8CompanyId: 'company' }];
const seats = (...subscriptions: SubscriptionVersion[]) =>
  countSeats({ customers, subscriptions, period: daysCounted(monthOf('2026-01-01'), '2026-01-20') });
const steps = (...subscriptions: SubscriptionVersion[]) => seats(...subscriptions)[0]?.steps;
const version = (from: string, to: string | null, quantity: bigint, more: Partial<SubscriptionVersion> = {}) =>
  aSubscription({ effectiveFrom: from, effectiveTo: to, quantityE6: quantity * 1_000_000n, ...more });

it('of a month begin with its first day, and change on the day on which Pax8 had more or fewer', () => {
  expect(steps(version('2025-05-01', '2026-01-12', 40n), version('2026-01-12', null, 45n))).toEqual([
    { from: '2026-01-01', seats: '40' },
    { from: '2026-01-12', seats: '45' },
  ]);
});

it('of several subscriptions of a product are one count, and a day on which they cancel out is no change', () => {
  expect(
    steps(
      version('2025-05-01', '2026-01-12', 40n),
      version('2026-01-12', null, 30n),
      version('2026-01-12', null, 10n, { id: 's2', startDate: '2026-01-12' }),
      version('2026-01-15', null, 2n, { id: 's3', startDate: '2026-01-15' }),
    ),
  ).toEqual([
    { from: '2026-01-01', seats: '40' },
    { from: '2026-01-15', seats: '42' },
  ]);
});

it('are none from the day after the last one that is delivered, and before the first', () => {
  expect(steps(aSubscription({ status: 'Cancelled', endDate: '2026-01-09' }))).toEqual([
    { from: '2026-01-01', seats: '10' },
    { from: '2026-01-10', seats: '0' },
  ]);
  expect(steps(version('2026-01-05', null, 3n, { startDate: '2026-01-05' }))).toEqual([
    { from: '2026-01-01', seats: '0' },
    { from: '2026-01-05', seats: '3' },
  ]);
});

it('that are to come are not counted yet, and a month that has not begun has none', () => {
  expect(steps(aSubscription({ endDate: '2026-01-25', status: 'PendingCancel' }))).toHaveLength(1);
  const period = daysCounted(monthOf('2026-02-01'), '2026-01-20');
  expect(countSeats({ customers, subscriptions: [aSubscription()], period })).toEqual([]);
});

it('of usage, of trials and of companies that are no customers are no seats', () => {
  expect(seats(aSubscription({ billingTerm: 'Activation' }), aSubscription({ id: 's2', companyId: 'other' }))).toEqual(
    [],
  );
});

it('that nobody can count are said to be uncertain', () => {
  expect(seats(aSubscription())[0]?.isCertain).toBe(true);
  expect(seats(aSubscription({ status: 'Frozen next year' }))[0]?.isCertain).toBe(false);
  expect(seats(aSubscription({ status: 'Cancelled' }))[0]?.isCertain).toBe(false);
});

it('of fractions are their digits', () => {
  expect(steps(aSubscription({ quantityE6: 1_500_000n }))).toEqual([{ from: '2026-01-01', seats: '1.5' }]);
});
