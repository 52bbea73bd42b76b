import { auditedIn } from '@legendops/kit/testing/audited-routes';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ByHand } from '../../../../scripts/doubles/superops/by-hand.ts';
import { sampleAccount } from '../../../../scripts/doubles/superops/sample-account.ts';
import { productId, seatsOf, steps } from '../testing/seat-builders.ts';
import { superOpsWorld, type SuperOpsWorld } from '../testing/superops-world.ts';

let world: SuperOpsWorld;
let customerId: string;

const sample = {
  subdomain: 'northwind',
  clients: [{ name: 'Fabrikam', seats: { 'Productivity Suite': 38 } }, { name: 'Tailspin Toys' }],
};

beforeAll(async () => {
  world = await superOpsWorld(sample);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.superops.faults.clear();
  world.superops.operationFaults.clear();
  world.superops.putAccount(sampleAccount(sample));
  await world.rows(`truncate portal.superops_clients, portal.superops_items, portal.superops_writes, portal.superops_connections,
    portal.seat_push_lines, portal.seat_pushes, portal.customers, app.outbox`);
  await world.connect();
  customerId = await world.customer('Fabrikam');
  await world.call('PUT', `client-links/${clientId('Fabrikam')}`, { body: { customerId } });
  world.pax8.seats = {
    readAt: '2026-11-24T04:00:00Z',
    until: '2026-11-25',
    unreadable: 0,
    data: [seatsOf({ customerId })],
  };
  await world.call('PUT', `seat-items/${productId}`, { body: { itemId: itemId() } });
});

const account = () => {
  const found = world.superops.account('northwind');
  if (!found) throw new Error('There is no account');
  return found;
};
const clientId = (name: string) => String(account().clients.find((client) => client.name === name)?.accountId);
const itemId = () => String(account().catalogItems[0]?.itemId);
const contractId = () => String(account().contracts[0]?.contractId);
const changes = (): [string, string][] => {
  const { billableContract } = account().contracts[0]?.contract as { billableContract: { changes: Change[] } };
  return billableContract.changes.map(({ effectiveDate, quantity }) => [effectiveDate, quantity]);
};
interface Change {
  effectiveDate: string;
  quantity: string;
}
const prepare = () => world.call('POST', 'seat-pushes', { body: { period: '2026-11-01' } });
const act = (id: string, what: 'approval' | 'rejection' | 'sending', body?: object) =>
  world.call('POST', `seat-pushes/${id}/${what}`, body ? { body } : {});
const approved = async (): Promise<string> => {
  const { id, contentHash } = (await prepare()).body;
  expect(await act(id, 'approval', { contentHash })).toMatchObject({ status: 200, body: { state: 'approved' } });
  return id;
};
const written = async (name: string) =>
  (await auditedIn(world.database.administrator)).filter((entry) => entry.act === name);
const before = ['2026-01-01', '38'] as const;
const both = [before, ['2026-11-01', '40'], ['2026-11-12', '45']];

describe('a month’s seats', () => {
  it('are compared, and nothing is written before a person approves what they have seen', async () => {
    const { status, body } = await prepare();
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
    expect(await act(body.id, 'sending')).toMatchObject({ status: 409, body: { code: 'seat-push.wrong-state' } });
    expect(changes()).toEqual([before]);
  });

  it('are brought into the contract by their days, once, and written down', async () => {
    const id = await approved();
    expect((await act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { waiting: 0, sent: 2 } });
    expect(changes()).toEqual(both);
    expect(await written('contract.quantity-changed')).toMatchObject([
      { subject: { id: contractId() }, changes: [{ field: 'quantity from 2026-11-01', before: '38', after: '40' }] },
      { changes: [{ before: '40', after: '45' }] },
    ]);
    expect(await act(id, 'sending')).toMatchObject({ status: 409 });
    expect((await prepare()).body).toMatchObject({
      lines: { waiting: 0 },
      matching: 1,
      acts: { approve: { may: false } },
    });
    expect(changes()).toEqual(both);
  });

  it('that are others than those that were seen are not approved', async () => {
    const { id, contentHash } = (await prepare()).body;
    world.pax8.seats.data = [seatsOf({ customerId, steps: steps(['2026-11-01', '41']) })];
    expect((await prepare()).body.id).toBe(id);
    expect(await act(id, 'approval', { contentHash })).toMatchObject({
      status: 409,
      body: { code: 'seat-push.changed' },
    });
  });

  it('are rejected with a reason, and compared anew afterwards', async () => {
    const { id, contentHash } = (await prepare()).body;
    expect((await act(id, 'rejection', { reason: 'Agreed otherwise' })).body).toMatchObject({
      state: 'rejected',
      reason: 'Agreed otherwise',
      acts: { approve: { may: false }, reject: { may: false } },
    });
    expect(await act(id, 'approval', { contentHash })).toMatchObject({ status: 409 });
    expect((await prepare()).body.id).not.toBe(id);
    expect((await world.call('GET', 'seat-pushes')).body.data.map(({ state }: { state: string }) => state)).toEqual([
      'draft',
      'rejected',
    ]);
  });

  it('that wait to be sent are not compared beside that, and may be rejected', async () => {
    const id = await approved();
    expect(await prepare()).toMatchObject({ status: 409, body: { code: 'seat-push.wrong-state' } });
    expect((await act(id, 'rejection', { reason: 'Not any more' })).body.state).toBe('rejected');
    expect(await act(id, 'sending')).toMatchObject({ status: 409 });
    expect(changes()).toEqual([before]);
  });

  it('are not compared before Pax8 was read, nor of a month that has not begun', async () => {
    world.pax8.seats.until = '2026-11-01';
    expect(await prepare()).toMatchObject({ status: 409, body: { code: 'seat-push.too-early' } });
    world.pax8.seats.readAt = null;
    expect(await prepare()).toMatchObject({ status: 409, body: { code: 'seat-push.too-early' } });
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
    const id = await approved();
    // Before the first change its contract is looked at.
    world.superops.faults.add([
      { match: { path: '/msp', count: 1 }, fault: {} },
      { match: { path: '/msp', count: 1 }, fault },
    ]);
    expect((await act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { sent: 2 } });
    expect(world.superops.faults.armed.map(({ hits }) => hits)).toEqual([1, 1]);
    expect(changes()).toEqual(both);
  });

  it('that is in doubt and cannot be looked for waits, and is found by the next try', async () => {
    const id = await approved();
    world.superops.operationFaults.add({ operation: 'updateClientContract', effect: 'lose-reply', count: 1 });
    world.superops.operationFaults.add({
      operation: 'getClientContract',
      effect: 'subscription_paused',
      after: 1,
      count: 1,
    });
    expect(await act(id, 'sending')).toMatchObject({ status: 502, body: { detail: /not made twice/ } });
    expect((await act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { sent: 2 } });
    expect(changes()).toEqual(both);
    expect(await written('contract.quantity-changed')).toHaveLength(2);
  });

  it('that somebody entered meanwhile is there, and not sent', async () => {
    const id = await approved();
    const by = { act: 'change-quantity', contractId: contractId(), operation: 'BASELINE' } as const;
    world.superops.byHand('northwind', { ...by, effectiveDate: '2026-11-01', quantity: '40.0' });
    expect((await act(id, 'sending')).body.lines).toMatchObject({ sent: 1, there: 1 });
    expect(changes()).toEqual([before, ['2026-11-01', '40.0'], ['2026-11-12', '45']]);
  });

  const client = 'The client in SuperOps has been merged or deleted there';
  it.each([
    [
      'of a contract that ended',
      () => ({ act: 'end-contract', contractId: contractId(), on: '2026-10-31' }),
      'The contract has ended in SuperOps',
    ],
    [
      'of a contract that is gone',
      () => ({ act: 'delete-contract', contractId: contractId() }),
      'SuperOps has the contract no more',
    ],
    [
      'of a contract that counts by itself now',
      () => ({ act: 'count-by-itself', contractId: contractId() }),
      'SuperOps counts this contract by itself',
    ],
    ['of a client that is gone', () => ({ act: 'delete-client', accountId: clientId('Fabrikam') }), client],
    [
      'of a client that was merged',
      () => ({ act: 'merge-client', accountId: clientId('Fabrikam'), into: clientId('Tailspin Toys') }),
      'The contract was changed in SuperOps after it was compared',
    ],
    [
      'of a quantity that is another by now',
      () => ({
        act: 'change-quantity',
        contractId: contractId(),
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
        contractId: contractId(),
        effectiveDate: '2026-12-01',
        quantity: '50',
        operation: 'BASELINE',
      }),
      'The contract has a change of a later day already',
    ],
  ] as [string, () => ByHand, string][])('%s is refused, and says so', async (_what, byHand, reason) => {
    const id = await approved();
    world.superops.byHand('northwind', byHand());
    const count = account().contracts.length === 0 ? 0 : changes().length;
    expect((await act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { sent: 0, refused: 2 } });
    expect(await lines(id)).toEqual([
      ['refused', reason],
      ['refused', reason],
    ]);
    expect(account().contracts.length === 0 ? 0 : changes().length).toBe(count);
  });

  it('that SuperOps does not take is refused, and so is the one that stands on it', async () => {
    const id = await approved();
    world.superops.operationFaults.add({
      operation: 'updateClientContract',
      effect: 'value_pattern_validation_failed',
      count: 1,
    });
    expect((await act(id, 'sending')).body.lines).toMatchObject({ refused: 2, sent: 0 });
    expect((await lines(id))[0]).toEqual(['refused', 'SuperOps does not take the quantity']);
  });

  it('waits while SuperOps does not serve us, and is sent by another token', async () => {
    const id = await approved();
    world.superops.operationFaults.add({ operation: 'updateClientContract', effect: 'forbidden', count: 1 });
    expect(await act(id, 'sending')).toMatchObject({ status: 409, body: { detail: /may not change contracts/ } });
    // The token is replaced in the middle of a run, between the two changes.
    world.superops.faults.add([
      { match: { path: '/msp', count: 3 }, fault: {} },
      { match: { path: '/msp', count: 1 }, fault: { status: 401, body: {} } },
    ]);
    expect(await act(id, 'sending')).toMatchObject({ status: 422, body: { code: 'connection.refused' } });
    expect((await lines(id)).map(([state]: [string]) => state)).toEqual(['sent', 'waiting']);
    await world.connect();
    expect((await act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { sent: 2 } });
    expect(changes()).toEqual(both);
  });

  it('is of the account that was compared, and of no other', async () => {
    const id = await approved();
    await world.call('DELETE', 'superops-connection');
    await world.connect({ region: 'eu', subdomain: 'contoso', token: 'second' });
    expect(await act(id, 'sending')).toMatchObject({ status: 409, body: { detail: /account northwind/ } });
  });

  it('is nobody’s but an administrator’s, and no other tenant’s', async () => {
    const id = await approved();
    const path = `/api/portal/v1/seat-pushes/${id}`;
    const viewer = { tenantId: world.tenantId, role: 'billing_viewer' } as const;
    expect((await world.api.call('GET', path, { actor: viewer })).status).toBe(200);
    expect((await world.api.call('POST', `${path}/sending`, { actor: viewer })).status).toBe(403);
    expect((await world.api.call('GET', path, { actor: { ...viewer, role: 'support_user' } })).status).toBe(403);
    expect((await world.call('GET', `seat-pushes/${id}`, { tenantId: world.other })).status).toBe(404);
  });
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
      { productId: other.productId, state: 'needed', suggestions: [{ itemId: itemId(), by: 'like-name' }] },
      { productId, state: 'linked', itemName: 'Productivity Suite', customers: 1 },
    ]);
    world.superops.byHand('northwind', { act: 'delete-item', itemId: itemId() });
    expect((await items()).data.map(({ state }: { state: string }) => state)).toEqual(['gone', 'needed']);
    expect((await prepare()).body.data.map(({ reason }: { reason: string }) => reason)).toEqual([
      'SuperOps has the item no more',
      'Nobody has said which item in SuperOps the product is',
    ]);
  });

  it('are none that SuperOps or Pax8 does not have, and are taken back', async () => {
    const put = (product: string, item: string) =>
      world.call('PUT', `seat-items/${product}`, { body: { itemId: item } });
    expect(await put(productId, '1')).toMatchObject({ status: 404, body: { code: 'item.not-found' } });
    expect(await put('0190d000-0000-7000-8000-00000000000f', itemId())).toMatchObject({ status: 404 });
    expect((await world.call('DELETE', `seat-items/${productId}`, { version: 1 })).status).toBe(204);
    expect((await items()).data).toMatchObject([{ state: 'needed' }]);
  });
});

it('the contracts of a customer are shown with how many of what since when', async () => {
  world.superops.byHand('northwind', {
    act: 'change-quantity',
    contractId: contractId(),
    effectiveDate: '2026-11-05',
    quantity: '2',
    operation: 'INCREASE',
  });
  const { body } = await world.call('GET', `customers/${customerId}/contracts`);
  expect(body).toEqual({
    client: { clientId: clientId('Fabrikam'), clientName: 'Fabrikam' },
    data: [
      {
        contractId: contractId(),
        name: 'Productivity Suite',
        status: 'ACTIVE',
        startsOn: '2026-01-01',
        endsOn: null,
        item: { itemId: itemId(), name: 'Productivity Suite' },
        isCountedBySuperOps: false,
        quantities: [
          { from: '2026-01-01', quantity: '38' },
          { from: '2026-11-05', quantity: '40' },
        ],
      },
    ],
    unreadable: 0,
  });
  Object.assign(account().contracts[0] ?? {}, { contractId: 'none' });
  expect((await world.call('GET', `customers/${customerId}/contracts`)).body).toMatchObject({
    data: [],
    unreadable: 1,
  });
});
