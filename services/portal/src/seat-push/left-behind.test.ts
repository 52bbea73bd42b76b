import { expect, it } from 'vitest';
import { quantityText } from '../client-contract/quantity.ts';
import { aContract, planOfSeats, productId, seatsOf, steps } from '../testing/seat-builders.ts';

const given = (more: object = {}) => [
  {
    contractId: '71',
    itemId: '9',
    itemName: 'Productivity Suite',
    customerId: seatsOf().customerId,
    customerName: 'Fabrikam',
    products: 'Productivity Suite',
    ...more,
  },
];
const linkedTo = (itemId: string) => new Map([[productId, { itemId, itemName: 'Suite' }]]);
const both = new Set(['8', '9']);

const told = (more: Parameters<typeof planOfSeats>[0]) =>
  planOfSeats({ given: given(), itemsThere: both, clientsThere: new Set(['1', '2']), ...more }).lines.map(
    ({ contract, effectiveOn, beforeE6, quantityE6, reason }) => [
      contract?.contractId ?? null,
      effectiveOn,
      beforeE6 === null ? null : quantityText(beforeE6),
      quantityText(quantityE6),
      reason,
    ],
  );
const right: [string, string][] = [
  ['2026-01-01', '40'],
  ['2026-11-12', '45'],
];
const before = aContract({ changes: right });
const other = aContract({ contractId: '72', itemId: '8', changes: right });

it('seats of an item that the product is no more are told, once, beside those of its new item', () => {
  const contracts = [before, aContract({ contractId: '72', itemId: '8', changes: [] })];
  expect(told({ items: linkedTo('8'), contracts })).toEqual([
    ['72', '2026-11-01', '0', '40', null],
    ['72', '2026-11-12', '40', '45', null],
    ['71', '2026-11-01', '40', '0', 'item-before'],
  ]);
  expect(told({ items: linkedTo('8'), contracts: [before, other] })).toEqual([
    ['71', '2026-11-01', '40', '0', 'item-before'],
  ]);
});

it('a product that is no item any more leaves its seats behind, too', () => {
  expect(told({ items: new Map(), contracts: [before] })).toEqual([
    [null, '2026-11-12', null, '45', 'item-needed'],
    ['71', '2026-11-01', '40', '0', 'item-before'],
  ]);
});

it('what has none any more, from whichever day on, is right', () => {
  const none = (day: string) => aContract({ changes: [...right, [day, '0']] });
  expect(told({ items: linkedTo('8'), contracts: [none('2026-11-01'), other] })).toEqual([
    ['71', '2026-11-12', '45', '0', 'item-before'],
  ]);
  const emptied = aContract({
    changes: [
      ['2026-01-01', '40'],
      ['2026-11-01', '0'],
    ],
  });
  expect(told({ items: linkedTo('8'), contracts: [emptied, other] })).toEqual([]);
});

it('products that were one item and are two again are counted each for itself', () => {
  const second = seatsOf({ productId: '0190d000-0000-7000-8000-000000000002', productName: 'Mail' });
  const data = [seatsOf({ steps: steps(['2026-11-01', '40']) }), { ...second, steps: steps(['2026-11-01', '5']) }];
  const items = new Map([
    [productId, { itemId: '9', itemName: 'Suite' }],
    [second.productId, { itemId: '8', itemName: 'Mail' }],
  ]);
  const contracts = [
    aContract({ changes: [['2026-01-01', '45']] }),
    aContract({ contractId: '72', itemId: '8', changes: [] }),
  ];
  expect(told({ data, items, contracts })).toEqual([
    ['71', '2026-11-01', '45', '40', null],
    ['72', '2026-11-01', '0', '5', null],
  ]);
});

it('a customer that is another client now, or none, leaves the seats of the one before behind', () => {
  const clients = new Map([[seatsOf().customerId, '2']]);
  const contracts = [before, aContract({ contractId: '72', clientId: '2', changes: right })];
  const line = ['71', '2026-11-01', '40', '0', 'client-before'];
  expect(told({ clients, contracts })).toEqual([line]);
  expect(told({ clients: new Map(), contracts })).toEqual([line]);
  expect(
    planOfSeats({ given: given(), clients: new Map([[seatsOf().customerId, '3']]), contracts }).lines,
  ).toMatchObject([{ reason: 'client-gone' }]);
});

it('a contract that another customer’s seats count into is compared with those', () => {
  const taker = seatsOf({ customerId: '0190c000-0000-7000-8000-000000000002', steps: steps(['2026-11-01', '7']) });
  const clients = new Map([
    [seatsOf().customerId, '2'],
    [taker.customerId, '1'],
  ]);
  const contracts = [aContract(), aContract({ contractId: '72', clientId: '2', changes: right })];
  expect(told({ data: [seatsOf(), taker], clients, contracts })).toEqual([['71', '2026-11-01', '40', '7', null]]);
});

it.each([
  ['is gone', []],
  ['has ended', [aContract({ endDate: '2026-11-10' })]],
  ['charges something else now', [aContract({ itemId: '7' })]],
  ['counts by itself now', [aContract({ calculation: 'DYNAMIC' })]],
])('nothing is told of a contract that %s', (_what, contracts) => {
  expect(told({ items: linkedTo('8'), contracts: [...contracts, other] })).toEqual([]);
});
