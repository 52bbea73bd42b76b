import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { before, seatWorld, type SeatWorld } from '../testing/seat-world.ts';
import type { SeatPushLine } from './contract.ts';

// What was approved, and what people do before it is all sent.

let t: SeatWorld;
let customerId: string;
beforeAll(async () => {
  t = await seatWorld();
});
afterAll(() => t.world.close());
beforeEach(async () => {
  t.world.leaving.act = async () => undefined;
  customerId = await t.anew();
});

const read = async (id: string) => (await t.world.call('GET', `seat-pushes/${id}`)).body;
const lines = async (id: string) => (await read(id)).data.map((line: SeatPushLine) => [line.state, line.reason]);
const doubt = 'SuperOps did not say whether it has this change, and it was rejected before anybody knew';
const rest = 'An earlier change of the contract was sent and holds on: this one was rejected before it was sent';

/** November's first change is in the contract, its second is not, and nobody was told. */
const inDoubt = async (): Promise<string> => {
  const id = await t.approved();
  t.world.superops.operationFaults.add({ operation: 'updateClientContract', effect: 'lose-reply', count: 1 });
  const effect = 'subscription_paused';
  t.world.superops.operationFaults.add({ operation: 'getClientContract', effect, after: 1, count: 1 });
  expect(await t.act(id, 'sending')).toMatchObject({ status: 502 });
  expect(t.changes()).toEqual([before, ['2026-11-01', '40']]);
  return id;
};

it('what may have arrived and is rejected is told, and other months are compared again', async () => {
  const { seats, months } = t.world.pax8;
  months.set('2026-10-01', { ...seats, until: '2026-11-01' });
  const { id: october } = (await t.prepare('2026-10-01')).body;
  const id = await inDoubt();
  expect(await read(october)).toMatchObject({ sentSince: null });
  t.world.clock.at = new Date(t.world.clock.at.getTime() + 60_000);
  await t.act(id, 'rejection', { reason: 'Not any more' });
  expect(await lines(id)).toEqual([
    ['refused', doubt],
    ['refused', rest],
  ]);
  expect(await read(october)).toMatchObject({ sentSince: '2026-11-01', acts: { approve: { may: false } } });
  await relink();
  const held = (await t.prepare()).body.data.filter(({ contractName }: SeatPushLine) => contractName !== null);
  expect(held).toMatchObject([{ state: 'held', reason: /is the client of this contract no more/ }]);
});

it('what is rejected while a change is on its way is told as it ends: the change as sent, the rest as left', async () => {
  const id = await t.approved();
  let requests = 0;
  t.world.leaving.act = async () => {
    requests += 1;
    // First the contract is looked at; then it is changed.
    if (requests === 2) await t.act(id, 'rejection', { reason: 'Not any more' });
  };
  expect(await t.act(id, 'sending')).toMatchObject({ status: 409 });
  expect(await lines(id)).toEqual([
    ['sent', null],
    ['refused', rest],
  ]);
  expect(t.changes()).toEqual([before, ['2026-11-01', '40']]);
});

/** The customer was the other client all the time. */
const relink = async () => {
  const own = t.clientId('Fabrikam');
  const { data } = (await t.world.call('GET', 'client-links')).body;
  const version = data.find(({ clientId }: { clientId: string }) => clientId === own).version as number;
  expect((await t.world.call('DELETE', `client-links/${own}`, { version })).status).toBe(204);
  const link = await t.world.call('PUT', `client-links/${t.clientId('Tailspin Toys')}`, { body: { customerId } });
  expect(link.status).toBe(200);
};

it('what was approved for a client that the customer is no more is not sent', async () => {
  const id = await t.approved();
  await relink();
  expect((await t.act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { sent: 0, refused: 2 } });
  expect((await lines(id))[0][1]).toMatch(/said anew which client the customer is/);
  expect(t.changes()).toEqual([before]);
});

it('and what arrived before that was said is found, and written down', async () => {
  const id = await inDoubt();
  await relink();
  expect((await t.act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { sent: 1, refused: 1 } });
  expect(await t.written('contract.quantity-changed')).toHaveLength(1);
  expect(t.changes()).toEqual([before, ['2026-11-01', '40']]);
});
