import { expect, it } from 'vitest';
import { quantityText } from '../client-contract/quantity.ts';
import { aContract, planOfSeats, seatsOf } from '../testing/seat-builders.ts';

const changes = (more: Parameters<typeof planOfSeats>[0]) =>
  planOfSeats(more).lines.map(({ contract, effectiveOn, beforeE6, quantityE6, reason }) => [
    contract?.contractId ?? null,
    effectiveOn,
    beforeE6 === null ? null : quantityText(beforeE6),
    quantityText(quantityE6),
    reason,
  ]);

it('a contract that begins after the days that are counted is none yet', () => {
  const toCome = aContract({ contractId: '72', startDate: '2026-12-01', changes: [['2026-12-01', '40']] });
  expect(changes({ contracts: [toCome] })).toEqual([[null, '2026-11-12', null, '45', 'contract-to-come']]);
  expect(planOfSeats({ contracts: [toCome] }).matching).toBe(0);
});

it('its renewal, which is entered before it begins, does not stand beside the contract that is charged now', () => {
  const now = aContract({ endDate: '2026-11-30' });
  const toCome = aContract({ contractId: '72', startDate: '2026-12-01', changes: [['2026-12-01', '40']] });
  expect(changes({ contracts: [now, toCome] })).toEqual([['71', '2026-11-12', '40', '45', null]]);
});

it('what changed before a contract was renewed in the month is told of the one that it was charged by', () => {
  const before = (changed: [string, string][]) => aContract({ endDate: '2026-11-14', changes: changed });
  const renewed = aContract({ contractId: '72', startDate: '2026-11-15', changes: [['2026-11-15', '45']] });
  expect(changes({ contracts: [before([['2026-01-01', '40']]), renewed] })).toEqual([
    ['71', '2026-11-12', '40', '45', 'contract-before'],
  ]);
  const right: [string, string][] = [
    ['2026-01-01', '40'],
    ['2026-11-12', '45'],
  ];
  expect(planOfSeats({ contracts: [before(right), renewed] })).toMatchObject({ lines: [], matching: 1 });
});

it('a month that is over is compared with the contract that charged it to its end', () => {
  const ended = (quantity: string) =>
    aContract({ endDate: '2026-11-24', contractStatus: 'INACTIVE', changes: [['2026-01-01', quantity]] });
  const next = aContract({ contractId: '72', startDate: '2026-11-25', changes: [['2026-11-25', '45']] });
  const data = [seatsOf({ steps: [{ from: '2026-11-01', seats: '40' }] })];
  expect(planOfSeats({ data, contracts: [ended('40'), next] })).toMatchObject({ lines: [], matching: 1 });
  expect(changes({ data, contracts: [next, ended('38')] })).toEqual([
    ['71', '2026-11-01', '38', '40', 'contract-before'],
  ]);
});

it('one that ended before the month, or cannot be read any more, is left alone', () => {
  const old = aContract({ endDate: '2026-10-31', changes: [['2026-01-01', '7']] });
  const odd = aContract({ contractId: '70', contractStatus: 'INACTIVE', changes: [['2026-01-01', 'many']] });
  const renewed = aContract({ contractId: '72', startDate: '2026-11-01', changes: [['2026-11-01', '40']] });
  expect(changes({ contracts: [old, odd, renewed] })).toEqual([['72', '2026-11-12', '40', '45', null]]);
});

it('a sale of one time is no contract of so many a month', () => {
  const once = aContract({ contractId: '72', contractType: 'ONE_TIME' });
  expect(changes({ contracts: [once] })).toEqual([[null, '2026-11-12', null, '45', 'no-contract']]);
  expect(changes({ contracts: [once, aContract()] })).toEqual([['71', '2026-11-12', '40', '45', null]]);
});

it('where a contract could not be read nobody says that there is none', () => {
  expect(changes({ contracts: [], unreadableContracts: 1 })).toEqual([
    [null, '2026-11-12', null, '45', 'contract-unreadable'],
  ]);
});

it('of two changes of one day the one that has not ended counts, in whatever order they come', () => {
  const both = aContract({
    changes: [
      ['2026-11-12', '45'],
      ['2026-11-12', '99'],
      ['2026-01-01', '40'],
    ],
  });
  const ended = both.contract.billableContract?.changes?.[1];
  if (ended) ended.endDate = '2026-11-12';
  expect(planOfSeats({ contracts: [both] })).toMatchObject({ lines: [], matching: 1 });
});

it('more than can be kept is no quantity', () => {
  const huge = aContract({ changes: [['2026-01-01', '9999999999999']] });
  expect(changes({ contracts: [huge] })).toEqual([[null, '2026-11-12', null, '45', 'contract-unreadable']]);
  const summed = aContract({
    changes: [
      ['2026-01-01', '5000000000000'],
      ['2026-02-01', '5000000000000', 'INCREASE'],
    ],
  });
  expect(changes({ contracts: [summed] })).toEqual([[null, '2026-11-12', null, '45', 'contract-unreadable']]);
  const seats = seatsOf({ steps: [{ from: '2026-11-01', seats: '9999999999999' }] });
  expect(changes({ data: [seats] })).toMatchObject([[null, '2026-11-01', null, expect.anything(), 'seats-uncertain']]);
});
