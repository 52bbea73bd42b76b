import { expect, it } from 'vitest';
import { quantityText } from '../client-contract/quantity.ts';
import { aContract, planOfSeats, productId, seatsOf, steps } from '../testing/seat-builders.ts';
import { laterMonths } from './later-months.ts';

// October is compared, and November has begun.

const of = (until: string, data = [seatsOf()]) => ({ readAt: '2026-11-24T04:00:00Z', until, data, unreadable: 0 });
const october = [seatsOf({ steps: steps(['2026-10-01', '40']) })];
const november = (...pairs: [string, string][]) => [of('2026-11-25', [seatsOf({ steps: steps(...pairs) })])];
const held = (...pairs: [string, string][]) => [aContract({ changes: pairs })];

const changes = (more: Parameters<typeof planOfSeats>[0]) =>
  planOfSeats({ seats: of('2026-11-01', october), data: october, ...more }).lines.map(
    ({ effectiveOn, beforeE6, quantityE6, reason }) => [
      effectiveOn,
      beforeE6 === null ? null : quantityText(beforeE6),
      quantityText(quantityE6),
      reason,
    ],
  );

it('what was right in a later month stays right there: a change of that month follows', () => {
  const contracts = held(['2026-01-01', '38']);
  expect(changes({ contracts, later: november(['2026-11-01', '38']) })).toEqual([
    ['2026-10-01', '38', '40', null],
    ['2026-11-01', '40', '38', null],
  ]);
});

it('a change that holds on where Pax8 has the same is all there is', () => {
  const contracts = held(['2026-01-01', '38']);
  expect(changes({ contracts, later: november(['2026-11-01', '40']) })).toEqual([['2026-10-01', '38', '40', null]]);
  expect(changes({ contracts, later: [] })).toEqual([['2026-10-01', '38', '40', null]]);
});

it('all later days have what Pax8 has on them', () => {
  const contracts = held(['2026-01-01', '38']);
  expect(changes({ contracts, later: november(['2026-11-01', '40'], ['2026-11-12', '38']) })).toEqual([
    ['2026-10-01', '38', '40', null],
    ['2026-11-12', '40', '38', null],
  ]);
  const months = [
    ...november(['2026-11-01', '45']).map((month) => ({ ...month, until: '2026-12-01' })),
    of('2026-12-05', [seatsOf({ steps: steps(['2026-12-01', '45'], ['2026-12-03', '0']) })]),
  ];
  expect(changes({ contracts, later: months })).toEqual([
    ['2026-10-01', '38', '40', null],
    ['2026-11-01', '40', '45', null],
    ['2026-12-03', '45', '0', null],
  ]);
});

it('a product that became the same item later is counted in the later month', () => {
  const other = seatsOf({ productId: '0190d000-0000-7000-8000-000000000002', steps: steps(['2026-11-01', '3']) });
  const items = new Map([productId, other.productId].map((id) => [id, { itemId: '9', itemName: 'Suite' }]));
  const later = [of('2026-11-25', [seatsOf({ steps: steps(['2026-11-01', '40']) }), other])];
  expect(changes({ contracts: held(['2026-01-01', '38']), items, later })).toEqual([
    ['2026-10-01', '38', '40', null],
    ['2026-11-01', '40', '43', null],
  ]);
});

it('what is right, or cannot be sent, reaches nowhere', () => {
  const later = november(['2026-11-01', '38']);
  expect(changes({ contracts: held(['2026-01-01', '40']), later })).toEqual([]);
  expect(changes({ contracts: held(['2026-01-01', '38'], ['2026-11-01', '38']), later })).toEqual([
    ['2026-10-01', '38', '40', 'later-change'],
  ]);
});

it('a contract is given nothing after its last day', () => {
  const until = (endDate: string) =>
    changes({
      contracts: [aContract({ endDate, changes: [['2026-01-01', '38']] })],
      later: november(['2026-11-01', '40'], ['2026-11-12', '38']),
    });
  expect(until('2026-10-31')).toEqual([['2026-10-01', '38', '40', null]]);
  expect(until('2026-11-11')).toEqual([['2026-10-01', '38', '40', null]]);
  expect(until('2026-11-12')).toHaveLength(2);
});

it('nothing is sent that would hold on in a month that nobody can count', () => {
  const later = [of('2026-11-25', [seatsOf({ steps: steps(['2026-11-01', '38']), isCertain: false })])];
  expect(changes({ contracts: held(['2026-01-01', '38']), later })).toEqual([
    ['2026-10-01', '38', '40', 'later-uncertain'],
  ]);
});

it('the months after one are asked for until the one that has not begun', async () => {
  const asked: string[] = [];
  const until: Record<string, string> = {
    '2026-11-01': '2026-12-01',
    '2026-12-01': '2027-01-01',
    '2027-01-01': '2027-01-01',
  };
  const seats = async (_tenant: string, { month = '' }: { month?: string }) => {
    asked.push(month);
    return of(until[month] ?? '');
  };
  const months = await laterMonths(seats, 'a', { period: '2026-10-01', until: '2026-11-01' });
  expect(months.map((month) => month.until)).toEqual(['2026-12-01', '2027-01-01']);
  expect(asked).toEqual(['2026-11-01', '2026-12-01', '2027-01-01']);
  expect(await laterMonths(seats, 'a', { period: '2026-10-01', until: '2026-10-20' })).toEqual([]);
});
