import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeatPushLine } from '../seat-push/contract.ts';
import { productId, seatsOf } from '../testing/seat-builders.ts';
import { seatWorld, type SeatWorld } from '../testing/seat-world.ts';
import type { SuperOpsWorld } from '../testing/superops-world.ts';

let t: SeatWorld;
let world: SuperOpsWorld;
let customerId: string;
beforeAll(async () => {
  t = await seatWorld();
  world = t.world;
});
afterAll(() => world.close());
beforeEach(async () => {
  customerId = await t.anew();
});

describe('the items that products are', () => {
  const items = async () => (await world.call('GET', 'seat-items')).body;

  it('are suggested by name, confirmed by a person, and known to be gone', async () => {
    const other = seatsOf({
      customerId,
      productId: '0190d000-0000-7000-8000-000000000002',
      productName: 'The productivity suite',
    });
    world.pax8.seats.data.push(other);
    expect((await items()).data).toMatchObject([
      { productId: other.productId, state: 'needed', suggestions: [{ itemId: t.itemId(), by: 'like-name' }] },
      { productId, state: 'linked', itemName: 'Productivity Suite', customers: 1 },
    ]);
    world.superops.byHand('northwind', { act: 'delete-item', itemId: t.itemId() });
    expect((await items()).data.map(({ state }: { state: string }) => state)).toEqual(['gone', 'needed']);
    expect((await t.prepare()).body.data.map(({ reason }: { reason: string }) => reason)).toEqual([
      'SuperOps has the item no more',
      'Nobody has said which item in SuperOps the product is',
    ]);
  });

  it('are none that SuperOps or Pax8 does not have, and are taken back', async () => {
    const put = (product: string, item: string) =>
      world.call('PUT', `seat-items/${product}`, { body: { itemId: item } });
    expect(await put(productId, '1')).toMatchObject({ status: 404, body: { code: 'item.not-found' } });
    expect(await put('0190d000-0000-7000-8000-00000000000f', t.itemId())).toMatchObject({ status: 404 });
    expect((await world.call('DELETE', `seat-items/${productId}`, { version: 1 })).status).toBe(204);
    expect((await items()).data).toMatchObject([{ state: 'needed' }]);
  });

  it('that are taken back leave a contract with seats behind, which says so until it has none', async () => {
    const told = async () =>
      (await t.prepare()).body.data.map((line: SeatPushLine) => [
        line.contractName,
        line.before,
        line.quantity,
        line.reason,
      ]);
    await t.act(await t.approved(), 'sending');
    await world.call('DELETE', `seat-items/${productId}`, { version: 1 });
    const needed = [null, null, '45', 'Nobody has said which item in SuperOps the product is'];
    const words = 'No product of the customer is the item of this contract any more, and it still has their seats';
    expect(await told()).toEqual([['Productivity Suite', '40', '0', words], needed]);
    const by = { act: 'change-quantity', contractId: t.contractId(), operation: 'BASELINE', quantity: '0' } as const;
    for (const effectiveDate of ['2026-11-01', '2026-11-12'])
      world.superops.byHand('northwind', { ...by, effectiveDate });
    expect(await told()).toEqual([needed]);
  });
});

it('the contracts of a customer are shown with how many of what since when', async () => {
  world.superops.byHand('northwind', {
    act: 'change-quantity',
    contractId: t.contractId(),
    effectiveDate: '2026-11-05',
    quantity: '2',
    operation: 'INCREASE',
  });
  const { body } = await world.call('GET', `customers/${customerId}/contracts`);
  expect(body).toEqual({
    client: { clientId: t.clientId('Fabrikam'), clientName: 'Fabrikam' },
    data: [
      {
        contractId: t.contractId(),
        name: 'Productivity Suite',
        status: 'ACTIVE',
        startsOn: '2026-01-01',
        endsOn: null,
        item: { itemId: t.itemId(), name: 'Productivity Suite' },
        isCountedBySuperOps: false,
        quantities: [
          { from: '2026-01-01', quantity: '38' },
          { from: '2026-11-05', quantity: '40' },
        ],
      },
    ],
    unreadable: 0,
  });
  Object.assign(t.account().contracts[0] ?? {}, { contractId: 'none' });
  expect((await world.call('GET', `customers/${customerId}/contracts`)).body).toMatchObject({
    data: [],
    unreadable: 1,
  });
});
