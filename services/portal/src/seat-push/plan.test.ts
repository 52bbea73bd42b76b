import { expect, it } from 'vitest';
import { quantityText } from '../client-contract/quantity.ts';
import { aContract, planOfSeats, productId, seatsOf, steps } from '../testing/seat-builders.ts';

const changes = (more?: Parameters<typeof planOfSeats>[0]) =>
  planOfSeats(more).lines.map(({ effectiveOn, beforeE6, quantityE6, reason }) => [
    effectiveOn,
    beforeE6 === null ? null : quantityText(beforeE6),
    quantityText(quantityE6),
    reason,
  ]);

it('a contract is to have what Pax8 has, from the day on which it has', () => {
  expect(changes()).toEqual([['2026-11-12', '40', '45', null]]);
  expect(changes({ contracts: [aContract({ changes: [['2026-01-01', '38']] })] })).toEqual([
    ['2026-11-01', '38', '40', null],
    ['2026-11-12', '40', '45', null],
  ]);
});

it('a contract that has it already is left alone, however it came to it', () => {
  const contract = aContract({
    changes: [
      ['2026-01-01', '40.00'],
      ['2026-11-12', '5', 'INCREASE'],
    ],
  });
  expect(planOfSeats({ contracts: [contract] })).toEqual({ lines: [], matching: 1, notClients: 0 });
});

it('a quantity that Pax8 never had is set right on its day', () => {
  const odd = aContract({
    changes: [
      ['2026-01-01', '40'],
      ['2026-11-12', '45'],
      ['2026-11-20', '99'],
    ],
  });
  expect(changes({ contracts: [odd] })).toEqual([['2026-11-20', '99', '45', null]]);
  const toCome = aContract({
    changes: [
      ['2026-01-01', '40'],
      ['2026-11-12', '45'],
      ['2026-12-01', '99'],
    ],
  });
  expect(planOfSeats({ contracts: [toCome] })).toMatchObject({ lines: [], matching: 1 });
});

it('what a customer has no more is none from that day on', () => {
  expect(changes({ data: [seatsOf({ steps: steps(['2026-11-01', '40'], ['2026-11-20', '0']) })] })).toEqual([
    ['2026-11-20', '40', '0', null],
  ]);
});

it('several products of one item are one count', () => {
  const other = seatsOf({ productId: '0190d000-0000-7000-8000-000000000002', productName: 'Suite, yearly' });
  const items = new Map([productId, other.productId].map((id) => [id, { itemId: '9', itemName: 'Suite' }]));
  const data = [seatsOf(), { ...other, steps: steps(['2026-11-01', '3'], ['2026-11-15', '1']) }];
  expect(changes({ data, items })).toEqual([
    ['2026-11-01', '40', '43', null],
    ['2026-11-12', '43', '48', null],
    ['2026-11-15', '48', '46', null],
  ]);
  expect(planOfSeats({ data, items }).lines[0]?.products).toBe('Productivity Suite, Suite, yearly');
});

it('a contract that began in the month is given what there was then', () => {
  const begun = (startDate: string) => changes({ contracts: [aContract({ startDate, changes: [] })] });
  expect(begun('2026-11-05')).toEqual([
    ['2026-11-05', '0', '40', null],
    ['2026-11-12', '40', '45', null],
  ]);
  expect(begun('2026-11-12')).toEqual([['2026-11-12', '0', '45', null]]);
  expect(begun('2026-11-20')).toEqual([['2026-11-20', '0', '45', null]]);
});

it('nothing is put before a change that is there already: its own day is set right', () => {
  const contract = aContract({
    changes: [
      ['2026-01-01', '40'],
      ['2026-11-15', '44'],
    ],
  });
  expect(changes({ contracts: [contract] })).toEqual([
    ['2026-11-12', '40', '45', 'later-change'],
    ['2026-11-15', '44', '45', null],
  ]);
});

it.each([
  ['client-gone', { clientsThere: new Set<string>() }],
  ['item-needed', { items: new Map() }],
  ['item-gone', { itemsThere: new Set<string>() }],
  ['seats-uncertain', { data: [seatsOf({ isCertain: false })] }],
  ['no-contract', { contracts: [] }],
  ['no-contract', { contracts: [aContract({ clientId: '2' }), aContract({ itemId: '8' })] }],
  ['several-contracts', { contracts: [aContract(), aContract({ contractId: '72' })] }],
  ['several-contracts', { contracts: [aContract(), aContract({ contractId: '72', calculation: 'DYNAMIC' })] }],
  ['contract-draft', { contracts: [aContract({ contractStatus: 'DRAFT' })] }],
  ['contract-ended', { contracts: [aContract({ contractStatus: 'INACTIVE' })] }],
  ['contract-ended', { contracts: [aContract({ endDate: '2026-11-20' })] }],
  ['counted-by-superops', { contracts: [aContract({ calculation: 'DYNAMIC' })] }],
  ['counted-by-superops', { contracts: [aContract({ calculation: 'A way of next year' })] }],
  ['contract-unreadable', { contracts: [aContract({ contractStatus: 'PAUSED' })] }],
  ['contract-unreadable', { contracts: [aContract({ startDate: 'soon' })] }],
  ['contract-unreadable', { contracts: [aContract({ changes: [['2026-01-01', 'many']] })] }],
] satisfies [string, Parameters<typeof planOfSeats>[0]][])('%s is held, and told', (reason, more) => {
  expect(changes(more)).toEqual([['2026-11-12', null, '45', reason]]);
});

it('what is not charged stands in the way of nothing', () => {
  const ended = aContract({ contractId: '72', contractStatus: 'INACTIVE' });
  const draft = aContract({ contractId: '73', contractStatus: 'DRAFT' });
  expect(planOfSeats({ contracts: [ended, aContract(), draft] }).lines[0]?.contract?.contractId).toBe('71');
});

it('what nobody has needs neither item nor contract, and who is no client is counted', () => {
  const none = [seatsOf({ steps: steps(['2026-11-01', '0']) })];
  expect(changes({ data: none, items: new Map() })).toEqual([]);
  expect(changes({ data: none, contracts: [] })).toEqual([]);
  expect(planOfSeats({ clients: new Map() })).toEqual({ lines: [], matching: 0, notClients: 1 });
});
