import { expect, it } from 'vitest';
import { stretchesOf, stretchOfOrder, type Version } from './stretches.ts';

const version = (more: Partial<Version> = {}): Version => ({
  effectiveFrom: '2026-01-12',
  effectiveTo: null,
  startDate: '2026-01-10',
  endDate: null,
  billingTerm: 'Annual',
  status: 'Active',
  ...more,
});
const inBrief = (versions: Version[], priceChanges: string[] = []) =>
  stretchesOf(versions, {
    today: '2028-03-01',
    priceChanges: (_version, { from, to }) => priceChanges.filter((day) => from < day && day < to),
  }).map(({ from, to, pricedOn }) => [from, to, pricedOn]);

it('a paid term begins anew each year, at the price of that day', () => {
  expect(inBrief([version()])).toEqual([
    ['2026-01-10', '2027-01-10', '2026-01-10'],
    ['2027-01-10', '2028-01-10', '2027-01-10'],
    ['2028-01-10', null, '2028-01-10'],
  ]);
});

it('seats that are added in its middle have the price of its begin', () => {
  expect(
    inBrief([version({ effectiveTo: '2026-07-01' }), version({ effectiveFrom: '2026-07-01' })]).slice(0, 2),
  ).toEqual([
    ['2026-01-10', '2026-07-01', '2026-01-10'],
    ['2026-07-01', '2027-01-10', '2026-01-10'],
  ]);
});

it('a begin on the 31st is on the last day of a shorter month, counted from the first one', () => {
  const leap = version({ startDate: '2024-02-29', effectiveFrom: '2024-02-29' });
  expect(inBrief([leap]).map(([from]) => from)).toEqual([
    '2024-02-29',
    '2025-02-28',
    '2026-02-28',
    '2027-02-28',
    '2028-02-29',
  ]);
  expect(
    inBrief([
      version({ startDate: '2024-02-29', effectiveFrom: '2024-02-29', effectiveTo: '2025-03-05' }),
      {
        ...leap,
        effectiveFrom: '2025-03-05',
      },
    ])[2],
  ).toEqual(['2025-03-05', '2026-02-28', '2025-02-28']);
});

it.each([
  ['what is cancelled', { status: 'Cancelled' }],
  ['what has ended', { endDate: '2026-12-31' }],
  ['what was bought once', { billingTerm: 'One-Time' }],
])('%s begins no more', (_title, more) => {
  expect(inBrief([version(more)])).toEqual([['2026-01-10', null, '2026-01-10']]);
});

it('what is billed by the month is cut where its price changes, and not where a day is another’s', () => {
  expect(inBrief([version({ billingTerm: 'Monthly' })], ['2026-02-01', '2030-01-01'])).toEqual([
    ['2026-01-10', '2026-02-01', '2026-01-10'],
    ['2026-02-01', null, '2026-02-01'],
  ]);
});

it('an order is behind what Pax8 said soon after it, and not behind a price of ours', () => {
  const stretches = stretchesOf([version({ effectiveTo: '2026-07-01' }), version({ effectiveFrom: '2026-07-01' })], {
    today: '2027-03-01',
    priceChanges: () => [],
  });
  const behind = (day: string) => stretchOfOrder(stretches, day)?.from;
  expect([
    behind('2025-11-30'),
    behind('2026-01-09'),
    behind('2026-06-16'),
    behind('2026-06-17'),
    behind('2026-07-01'),
    behind('2027-01-08'),
  ]).toEqual(['2026-01-10', '2026-01-10', '2026-01-10', '2026-07-01', '2026-07-01', '2026-07-01']);
  expect(stretchOfOrder([], '2026-01-01')).toBeUndefined();
});
