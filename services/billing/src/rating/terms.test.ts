import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { history, months, told } from '../testing/rated-months.ts';
import { usd } from '../testing/rating-builders.ts';
import { addDays } from './period.ts';
import type { SubscriptionVersion } from './rating-values.ts';
import { prepaidMonths } from './billing-term.ts';
import { termsOf } from './terms.ts';

const terms = (subscriptions: SubscriptionVersion[]) =>
  months(subscriptions).flatMap(({ month, amounts }) =>
    amounts.filter(([key]) => key.includes(':term:')).map(([key]) => `${month} ${key.split(':').at(-1)}`),
  );

const annual = { billingTerm: 'Annual' };
const monthly = { billingTerm: 'Monthly' };
const once = { billingTerm: 'One-Time' };
const pending = { status: 'PendingManual' };

it.each(['constructor', '__proto__', 'toString'])('%s is no billing term', (name) =>
  expect(prepaidMonths(name)).toBeUndefined(),
);

describe('a term is billed once, in the month in which it can be', () => {
  it.each<[string, SubscriptionVersion[], string[]]>([
    [
      'pending at its start, active two days later',
      history(
        { ...annual, ...pending, startDate: '2026-01-10', effectiveFrom: '2026-01-10' },
        { ...annual, startDate: '2026-01-10', effectiveFrom: '2026-01-12' },
      ),
      ['2026-01 2026-01-10', '2027-01 2027-01-10'],
    ],
    [
      'pending at its start, active in the next month',
      history(
        { ...annual, ...pending, startDate: '2026-01-30', effectiveFrom: '2026-01-30' },
        { ...annual, startDate: '2026-01-30', effectiveFrom: '2026-02-03' },
      ),
      ['2026-02 2026-01-30', '2027-01 2027-01-30'],
    ],
    [
      'one-time and pending at its start',
      history(
        { ...once, status: 'PendingAutomated', startDate: '2026-01-10', effectiveFrom: '2026-01-10' },
        { ...once, startDate: '2026-01-10', effectiveFrom: '2026-01-11' },
      ),
      ['2026-01 2026-01-10'],
    ],
    [
      'a trial at first',
      history(
        { billingTerm: 'Trial', status: 'Trial', startDate: '2026-01-01', effectiveFrom: '2026-01-01' },
        { ...annual, startDate: '2026-01-15', effectiveFrom: '2026-01-16' },
      ),
      ['2026-01 2026-01-15', '2027-01 2027-01-15'],
    ],
    [
      'ordered and withdrawn while it was pending',
      history(
        { ...annual, ...pending, startDate: '2026-01-10', effectiveFrom: '2026-01-10' },
        { ...annual, status: 'Cancelled', startDate: '2026-01-10', endDate: '2026-01-12', effectiveFrom: '2026-01-12' },
      ),
      [],
    ],
    [
      'one-time, its start corrected to the next month',
      history(
        { ...once, startDate: '2026-01-28', effectiveFrom: '2026-01-28' },
        { ...once, startDate: '2026-02-02', effectiveFrom: '2026-01-30' },
      ),
      ['2026-02 2026-02-02'],
    ],
    [
      'its start corrected within the month',
      history(
        { ...annual, startDate: '2026-01-05', effectiveFrom: '2026-01-05' },
        { ...annual, startDate: '2026-01-20', effectiveFrom: '2026-01-08' },
      ),
      ['2026-01 2026-01-20', '2027-01 2027-01-20'],
    ],
    [
      'its start corrected to a month that is over',
      history(
        { ...annual, startDate: '2026-01-28', effectiveFrom: '2026-01-28' },
        { ...annual, startDate: '2025-11-20', effectiveFrom: '2026-01-30' },
      ),
      ['2026-01 2025-11-20', '2026-11 2026-11-20'],
    ],
    [
      'renewed, its start moved with it',
      history(
        { ...annual, effectiveFrom: '2025-01-10' },
        { ...annual, startDate: '2026-01-10', effectiveFrom: '2026-01-11' },
      ),
      ['2026-01 2026-01-10', '2027-01 2027-01-10'],
    ],
    [
      'renewed two days late',
      history(
        { ...annual, effectiveFrom: '2025-01-10' },
        { ...annual, startDate: '2026-01-12', effectiveFrom: '2026-01-13' },
      ),
      ['2026-01 2026-01-12', '2027-01 2027-01-12'],
    ],
    [
      'renewed as another product, as seen in the night after it',
      history(
        { ...annual, effectiveFrom: '2025-01-10' },
        { ...annual, productId: 'more', effectiveFrom: '2026-01-11' },
      ),
      ['2026-01 2026-01-10', '2027-01 2027-01-10'],
    ],
    [
      'missing from the list on the day of its renewal',
      history(
        { ...annual, effectiveFrom: '2025-01-10', effectiveTo: '2026-01-10' },
        { ...annual, effectiveFrom: '2026-01-12' },
      ),
      ['2026-01 2026-01-10', '2027-01 2027-01-10'],
    ],
    [
      'monthly at first, its start unchanged',
      history({ ...monthly, effectiveFrom: '2025-01-10' }, { ...annual, effectiveFrom: '2026-01-16' }),
      ['2026-01 2026-01-16', '2027-01 2027-01-16'],
    ],
    [
      'monthly from the day of the renewal, as seen in the night after it',
      history({ ...annual, effectiveFrom: '2025-01-10' }, { ...monthly, effectiveFrom: '2026-01-11' }),
      [],
    ],
  ])('%s', (_title, subscriptions, expected) => {
    expect(terms(subscriptions)).toEqual(expected);
    expect(told(subscriptions)).toEqual([]);
  });

  it('has a key of its own beside the days that were billed by the month', () => {
    const [, january] = months(
      history(
        { ...monthly, effectiveFrom: '2025-01-10' },
        { ...annual, startDate: '2026-01-16', effectiveFrom: '2026-01-16' },
      ),
    );
    expect(january?.amounts).toEqual([
      ['subscription:s1:2026-01-01', 127_74n],
      ['subscription:s1:term:2026-01-16', 264_00n],
    ]);
  });

  it('leaves no day that is billed twice when its start lies before the change from monthly', () => {
    const [, january] = months(
      history(
        { ...monthly, effectiveFrom: '2025-01-10' },
        { ...annual, startDate: '2026-01-11', effectiveFrom: '2026-01-16' },
      ),
    );
    expect(january?.amounts.map(([, amount]) => amount)).toEqual([85_16n, 264_00n]);
  });
});

describe('whatever the history', () => {
  const day = fc.integer({ min: 0, max: 400 }).map((n) => addDays('2025-11-20', n));
  const version = fc.record({
    startDate: fc.constantFrom('2025-01-10', '2026-01-10', '2026-01-28', '2026-02-12'),
    billingTerm: fc.constantFrom('Annual', '3-Year', 'One-Time', 'Monthly', 'Trial'),
    status: fc.constantFrom('Active', 'Active', 'PendingManual', 'Cancelled', 'PendingCancel'),
    endDate: fc.constantFrom(null, null, '2026-01-10', '2026-03-01'),
  });

  it('no term is billed in two months, and no two terms run at once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(day, { minLength: 1, maxLength: 6 }), fc.array(version), (days, values) => {
        const versions = history(
          ...days.toSorted().map((effectiveFrom, n) => ({ ...annual, ...values[n], effectiveFrom })),
        );
        const keys = months(versions).flatMap(({ amounts }) => amounts.map(([key]) => key));
        expect(new Set(keys).size).toBe(keys.length);
        const { terms: placed } = termsOf({ versions, period: { start: '2026-12-01', end: '2027-01-01' } });
        const inOrder = placed.toSorted((a, b) => a.begin.localeCompare(b.begin));
        for (const [n, { begin }] of inOrder.entries()) expect((inOrder[n - 1]?.end ?? '') <= begin).toBe(true);
      }),
    );
  });
});

describe('what would be billed twice is told instead', () => {
  it.each<[string, SubscriptionVersion[], string[], string[]]>([
    [
      'a start that moved after its month',
      history(
        { ...annual, startDate: '2026-01-28', effectiveFrom: '2026-01-28' },
        { ...annual, startDate: '2026-02-12', effectiveFrom: '2026-02-10' },
        { ...annual, startDate: '2026-02-12', costE8: usd('17'), effectiveFrom: '2026-03-01' },
      ),
      ['2026-01 2026-01-28'],
      ['2026-02 start.moved'],
    ],
    [
      'a year that became three in its middle',
      history({ ...annual, effectiveFrom: '2025-01-10' }, { billingTerm: '3-Year', effectiveFrom: '2026-05-01' }),
      ['2026-01 2026-01-10'],
      ['2026-05 term.changed'],
    ],
    [
      'a year that became monthly in its middle',
      history({ ...annual, effectiveFrom: '2025-01-10' }, { ...monthly, effectiveFrom: '2026-01-16' }),
      ['2026-01 2026-01-10'],
      ['2026-01 term.changed'],
    ],
    [
      'a year that became one of another product in its middle',
      history(
        { ...annual, effectiveFrom: '2025-01-10' },
        { ...annual, productId: 'more', effectiveFrom: '2026-05-01' },
      ),
      ['2026-01 2026-01-10', '2027-01 2027-01-10'],
      ['2026-05 term.changed'],
    ],
    [
      'what was gone by the day after its start',
      history({ ...annual, startDate: '2026-03-01', effectiveFrom: '2026-03-01', effectiveTo: '2026-03-02' }),
      [],
      ['2026-03 subscription.gone'],
    ],
  ])('%s', (_title, subscriptions, expected, exceptions) => {
    expect(terms(subscriptions)).toEqual(expected);
    expect(told(subscriptions)).toEqual(exceptions);
  });

  it('days of a term that is paid are not billed by the month', () => {
    const all = months(
      history({ ...annual, effectiveFrom: '2025-01-10' }, { ...monthly, effectiveFrom: '2026-01-16' }),
    ).flatMap(({ month, amounts }) => amounts.map(([, amount]) => [month, amount]));
    expect(all).toEqual([
      ['2026-01', 264_00n],
      // 22 of 31 days: the year ends on the 10th.
      ['2027-01', 187_35n],
    ]);
  });
});
