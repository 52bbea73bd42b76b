import { expect, it } from 'vitest';
import { quantityText } from '../client-contract/quantity.ts';
import { aContract, planOfSeats, seatsOf, steps } from '../testing/seat-builders.ts';

// October, compared in the last days of November.

const seats = (until: string, ...pairs: [string, string][]) => ({
  readAt: '2026-11-24T04:00:00Z',
  until,
  unreadable: 0,
  data: [seatsOf({ steps: steps(...pairs) })],
});

const october = (more: Parameters<typeof planOfSeats>[0]) =>
  planOfSeats({
    period: '2026-10-01',
    seats: seats('2026-11-01', ['2026-10-01', '40']),
    later: [seats('2026-11-25', ['2026-11-01', '40'], ['2026-11-10', '50'])],
    ...more,
  });
const told = (more: Parameters<typeof planOfSeats>[0]) =>
  october(more).lines.map(({ contract, effectiveOn, beforeE6, quantityE6, reason }) => [
    contract?.contractId ?? null,
    effectiveOn,
    beforeE6 === null ? null : quantityText(beforeE6),
    quantityText(quantityE6),
    reason,
  ]);

it('a contract that has ended since the month charged all of it, and is compared with all of it', () => {
  const ended = (quantity: string) =>
    aContract({ endDate: '2026-11-15', contractStatus: 'INACTIVE', changes: [['2026-01-01', quantity]] });
  const renewed = aContract({ contractId: '72', startDate: '2026-11-16', changes: [['2026-11-16', '50']] });
  expect(october({ contracts: [ended('40'), renewed] })).toMatchObject({ lines: [], matching: 1 });
  expect(told({ contracts: [renewed, ended('38')] })).toEqual([['71', '2026-10-01', '38', '40', 'contract-before']]);
});

it('one that is said to be ended, and whose last day is to come, is told as ended', () => {
  const contracts = [aContract({ endDate: '2027-12-31', contractStatus: 'INACTIVE' })];
  expect(told({ contracts })).toMatchObject([[null, '2026-10-01', null, '40', 'contract-ended']]);
});

it('nothing is written into a month in which another contract charges the item, too', () => {
  const other = (more: object = {}) =>
    aContract({ contractId: '72', startDate: '2026-11-10', changes: [['2026-11-10', '10']], ...more });
  const contract = aContract({ changes: [['2026-01-01', '38']] });
  expect(told({ contracts: [contract, other()] })).toEqual([['71', '2026-10-01', '38', '40', 'later-several']]);
  expect(told({ contracts: [contract, other({ contractStatus: 'DRAFT' })] })).toEqual([
    ['71', '2026-10-01', '38', '40', null],
    ['71', '2026-11-10', '40', '50', null],
  ]);
});

it('a renewal that begins after the contract has ended does not stand beside it', () => {
  const contract = aContract({ endDate: '2026-11-15', changes: [['2026-01-01', '38']] });
  const renewed = aContract({ contractId: '72', startDate: '2026-11-16', changes: [['2026-11-16', '50']] });
  expect(told({ contracts: [contract, renewed] })).toEqual([
    ['71', '2026-10-01', '38', '40', null],
    ['71', '2026-11-10', '40', '50', null],
  ]);
});
