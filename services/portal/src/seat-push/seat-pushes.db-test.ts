import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ByHand } from '../../../../scripts/doubles/superops/by-hand.ts';
import { seatsOf, steps } from '../testing/seat-builders.ts';
import { before, both, seatWorld, type SeatWorld } from '../testing/seat-world.ts';
import type { SuperOpsWorld } from '../testing/superops-world.ts';
import type { SeatPushLine } from './contract.ts';

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

describe('a month’s seats', () => {
  it('are compared, and nothing is written before a person approves what they have seen', async () => {
    const { status, body } = await t.prepare();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: 'draft',
      lines: { waiting: 2, held: 0 },
      seatsReadAt: '2026-11-24T04:00:00Z',
      data: [
        {
          customerName: 'Fabrikam',
          itemName: 'Productivity Suite',
          effectiveOn: '2026-11-01',
          before: '38',
          quantity: '40',
        },
        { effectiveOn: '2026-11-12', before: '40', quantity: '45', state: 'waiting', reason: null },
      ],
      acts: { approve: { may: true }, send: { may: false } },
    });
    expect(await t.act(body.id, 'sending')).toMatchObject({ status: 409, body: { code: 'seat-push.wrong-state' } });
    expect(t.changes()).toEqual([before]);
  });

  it('are brought into the contract by their days, once, and written down', async () => {
    const id = await t.approved();
    expect((await t.act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { waiting: 0, sent: 2 } });
    expect(t.changes()).toEqual(both);
    expect(await t.written('contract.quantity-changed')).toMatchObject([
      { subject: { id: t.contractId() }, changes: [{ field: 'quantity from 2026-11-01', before: '38', after: '40' }] },
      { changes: [{ before: '40', after: '45' }] },
    ]);
    expect(await t.act(id, 'sending')).toMatchObject({ status: 409 });
    expect((await t.prepare()).body).toMatchObject({
      lines: { waiting: 0 },
      matching: 1,
      acts: { approve: { may: false } },
    });
    expect(t.changes()).toEqual(both);
  });

  it('are compared whatever a contract is called', async () => {
    const contract = t.account().contracts[0]?.contract as { name: string } | undefined;
    if (contract) contract.name = 'Seats\u0000 \ud800';
    expect((await t.prepare()).body).toMatchObject({ lines: { waiting: 2 }, data: [{ contractName: 'Seats' }, {}] });
  });

  it('that are others than those that were seen are not approved', async () => {
    const { id, contentHash } = (await t.prepare()).body;
    world.pax8.seats.data = [seatsOf({ customerId, steps: steps(['2026-11-01', '41']) })];
    expect((await t.prepare()).body.id).toBe(id);
    const approval = await t.act(id, 'approval', { contentHash });
    expect(approval).toMatchObject({ status: 409, body: { code: 'seat-push.changed' } });
  });

  it('are rejected with a reason, and compared anew afterwards', async () => {
    const { id, contentHash } = (await t.prepare()).body;
    expect((await t.act(id, 'rejection', { reason: 'Agreed otherwise' })).body).toMatchObject({
      state: 'rejected',
      reason: 'Agreed otherwise',
      acts: { approve: { may: false }, reject: { may: false } },
    });
    expect(await t.act(id, 'approval', { contentHash })).toMatchObject({ status: 409 });
    expect((await t.prepare()).body.id).not.toBe(id);
    expect((await world.call('GET', 'seat-pushes')).body.data.map(({ state }: { state: string }) => state)).toEqual([
      'draft',
      'rejected',
    ]);
  });

  it('that wait to be sent are not compared beside that, and may be rejected', async () => {
    const id = await t.approved();
    expect(await t.prepare()).toMatchObject({ status: 409, body: { code: 'seat-push.wrong-state' } });
    expect((await t.act(id, 'rejection', { reason: 'Not any more' })).body.state).toBe('rejected');
    expect(await t.act(id, 'sending')).toMatchObject({ status: 409 });
    expect(t.changes()).toEqual([before]);
  });

  it('are compared again once an earlier month was sent, which leaves them as Pax8 has them', async () => {
    const { seats, months } = world.pax8;
    const october = [seatsOf({ customerId, steps: steps(['2026-10-01', '39']) })];
    months.set('2026-10-01', { ...seats, until: '2026-11-01', data: october });
    const read = async (of: string) => (await world.call('GET', `seat-pushes/${of}`)).body;
    const { id, contentHash } = (await t.prepare()).body;
    world.clock.at = new Date('2026-11-24T12:01:00Z');
    const earlier = await t.approved('2026-10-01');
    expect((await read(earlier)).data.map((line: SeatPushLine) => [line.effectiveOn, line.isOfLaterMonth])).toEqual([
      ['2026-10-01', false],
      ['2026-11-01', true],
      ['2026-11-12', true],
    ]);
    expect(await read(id)).toMatchObject({ sentSince: null, acts: { approve: { may: true } } });
    world.clock.at = new Date('2026-11-24T12:02:00Z');
    expect((await t.act(earlier, 'sending')).body).toMatchObject({ state: 'done', sentSince: null });
    expect(await read(id)).toMatchObject({ sentSince: '2026-10-01', acts: { approve: { may: false } } });
    expect(await t.act(id, 'approval', { contentHash })).toMatchObject({
      status: 409,
      body: { code: 'seat-push.changed', detail: /2026-10 were sent .* “Check seats again”/ },
    });
    world.clock.at = new Date('2026-11-24T12:03:00Z');
    expect((await t.prepare()).body).toMatchObject({ id, sentSince: null, matching: 1, data: [] });
    expect(t.changes()).toEqual([before, ['2026-10-01', '39'], ...both.slice(1)]);
  });

  it('are not compared before Pax8 was read, nor of a month that has not begun', async () => {
    world.pax8.seats.until = '2026-11-01';
    expect(await t.prepare()).toMatchObject({ status: 409, body: { code: 'seat-push.too-early' } });
    world.pax8.seats.readAt = null;
    expect(await t.prepare()).toMatchObject({ status: 409, body: { code: 'seat-push.too-early' } });
    expect((await world.call('POST', 'seat-pushes', { body: { period: '2026-11-02' } })).status).toBe(400);
  });
});

describe('an approved change', () => {
  const lines = async (id: string) =>
    (await world.call('GET', `seat-pushes/${id}`)).body.data.map((line: { state: string; reason: string | null }) => [
      line.state,
      line.reason,
    ]);

  it.each([
    ['a lost reply', { dropConnection: 'after' } as const],
    ['a page of HTML', { html: true, committed: true } as const],
    ['an error of its server', { status: 502, committed: true }],
  ])('is found after %s, and not sent again', async (_what, fault) => {
    const id = await t.approved();
    // Before the first change its contract is looked at.
    world.superops.faults.add([
      { match: { path: '/msp', count: 1 }, fault: {} },
      { match: { path: '/msp', count: 1 }, fault },
    ]);
    expect((await t.act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { sent: 2 } });
    expect(world.superops.faults.armed.map(({ hits }) => hits)).toEqual([1, 1]);
    expect(t.changes()).toEqual(both);
  });

  it('that is in doubt and cannot be looked for waits, and is found by the next try', async () => {
    const id = await t.approved();
    world.superops.operationFaults.add({ operation: 'updateClientContract', effect: 'lose-reply', count: 1 });
    world.superops.operationFaults.add({
      operation: 'getClientContract',
      effect: 'subscription_paused',
      after: 1,
      count: 1,
    });
    expect(await t.act(id, 'sending')).toMatchObject({ status: 502, body: { detail: /not made twice/ } });
    expect((await t.act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { sent: 2 } });
    expect(t.changes()).toEqual(both);
    expect(await t.written('contract.quantity-changed')).toHaveLength(2);
  });

  it('is not taken for an older one of its day that another has replaced', async () => {
    const by = { act: 'change-quantity', contractId: t.contractId(), operation: 'BASELINE' } as const;
    for (const [effectiveDate, quantity] of [...both.slice(1), ['2026-11-12', '99']] as [string, string][])
      world.superops.byHand('northwind', { ...by, effectiveDate, quantity });
    const id = await t.approved();
    world.superops.faults.add([
      { match: { path: '/msp', count: 1 }, fault: {} },
      { match: { path: '/msp', count: 1 }, fault: { status: 502 } },
    ]);
    expect(await t.act(id, 'sending')).toMatchObject({ status: 502 });
    expect((await t.act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { sent: 1 } });
    expect(t.changes()).toEqual([...both, ['2026-11-12', '99'], ['2026-11-12', '45']]);
  });

  it('that somebody entered meanwhile is there, and not sent', async () => {
    const id = await t.approved();
    const by = { act: 'change-quantity', contractId: t.contractId(), operation: 'BASELINE' } as const;
    world.superops.byHand('northwind', { ...by, effectiveDate: '2026-11-01', quantity: '40.0' });
    expect((await t.act(id, 'sending')).body.lines).toMatchObject({ sent: 1, there: 1 });
    expect(t.changes()).toEqual([before, ['2026-11-01', '40.0'], ['2026-11-12', '45']]);
  });

  const client = 'The client in SuperOps has been merged or deleted there';
  it.each([
    [
      'of a contract that ended',
      () => ({ act: 'end-contract', contractId: t.contractId(), on: '2026-10-31' }),
      'The contract has ended in SuperOps',
    ],
    [
      'of a contract that is gone',
      () => ({ act: 'delete-contract', contractId: t.contractId() }),
      'SuperOps has the contract no more',
    ],
    [
      'of a contract that counts by itself now',
      () => ({ act: 'count-by-itself', contractId: t.contractId() }),
      'SuperOps counts this contract by itself',
    ],
    ['of a client that is gone', () => ({ act: 'delete-client', accountId: t.clientId('Fabrikam') }), client],
    [
      'of a client that was merged',
      () => ({ act: 'merge-client', accountId: t.clientId('Fabrikam'), into: t.clientId('Tailspin Toys') }),
      'The contract was changed in SuperOps after it was compared',
    ],
    [
      'of a quantity that is another by now',
      () => ({
        act: 'change-quantity',
        contractId: t.contractId(),
        effectiveDate: '2026-10-01',
        quantity: '39',
        operation: 'BASELINE',
      }),
      'The contract was changed in SuperOps after it was compared',
    ],
    [
      'of a day before another change',
      () => ({
        act: 'change-quantity',
        contractId: t.contractId(),
        effectiveDate: '2026-12-01',
        quantity: '50',
        operation: 'BASELINE',
      }),
      'The contract has a change of a later day already',
    ],
  ] as [string, () => ByHand, string][])('%s is refused, and says so', async (_what, byHand, reason) => {
    const id = await t.approved();
    world.superops.byHand('northwind', byHand());
    const count = t.account().contracts.length === 0 ? 0 : t.changes().length;
    expect((await t.act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { sent: 0, refused: 2 } });
    expect(await lines(id)).toEqual([
      ['refused', reason],
      ['refused', reason],
    ]);
    expect(t.account().contracts.length === 0 ? 0 : t.changes().length).toBe(count);
  });

  it('that SuperOps does not take is refused, and so is the one that stands on it', async () => {
    const id = await t.approved();
    const effect = 'value_pattern_validation_failed';
    world.superops.operationFaults.add({ operation: 'updateClientContract', effect, count: 1 });
    expect((await t.act(id, 'sending')).body.lines).toMatchObject({ refused: 2, sent: 0 });
    expect((await lines(id))[0]).toEqual(['refused', 'SuperOps does not take the quantity']);
  });

  it('that is answered as another contract is looked for in its own, and not sent twice', async () => {
    const id = await t.approved();
    const effect = { answer: { data: { updateClientContract: '1' } } };
    world.superops.operationFaults.add({ operation: 'updateClientContract', effect, count: 1 });
    expect((await t.act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { sent: 2 } });
    expect(t.changes()).toEqual(both);
  });

  it('waits while SuperOps does not serve us, and is sent by another token', async () => {
    const id = await t.approved();
    world.superops.operationFaults.add({ operation: 'updateClientContract', effect: 'forbidden', count: 1 });
    expect(await t.act(id, 'sending')).toMatchObject({ status: 409, body: { detail: /may not change contracts/ } });
    // The token is replaced in the middle of a run, between the two changes.
    world.superops.faults.add([
      { match: { path: '/msp', count: 3 }, fault: {} },
      { match: { path: '/msp', count: 1 }, fault: { status: 401, body: {} } },
    ]);
    expect(await t.act(id, 'sending')).toMatchObject({ status: 422, body: { code: 'connection.refused' } });
    expect((await lines(id)).map(([state]: [string]) => state)).toEqual(['sent', 'waiting']);
    await world.connect();
    expect((await t.act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { sent: 2 } });
    expect(t.changes()).toEqual(both);
  });

  it('is of the account that was compared, and of no other', async () => {
    const id = await t.approved();
    await world.call('DELETE', 'superops-connection');
    await world.connect({ region: 'eu', subdomain: 'contoso', token: 'second' });
    expect(await t.act(id, 'sending')).toMatchObject({ status: 409, body: { detail: /account northwind/ } });
  });

  it('is nobody’s but an administrator’s, and no other tenant’s', async () => {
    const id = await t.approved();
    const path = `/api/portal/v1/seat-pushes/${id}`;
    const viewer = { tenantId: world.tenantId, role: 'billing_viewer' } as const;
    expect((await world.api.call('GET', path, { actor: viewer })).status).toBe(200);
    expect((await world.api.call('POST', `${path}/sending`, { actor: viewer })).status).toBe(403);
    expect((await world.api.call('GET', path, { actor: { ...viewer, role: 'support_user' } })).status).toBe(403);
    expect((await world.call('GET', `seat-pushes/${id}`, { tenantId: world.other })).status).toBe(404);
  });
});
