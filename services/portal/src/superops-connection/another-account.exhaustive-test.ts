import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { before, both, seatWorld, type SeatWorld } from '../testing/seat-world.ts';
import type { SuperOpsWorld } from '../testing/superops-world.ts';

// Another account is connected in the middle of a write, and has everything that the one before has, under the same ids.

let t: SeatWorld;
let world: SuperOpsWorld;
let customerId: string;
beforeAll(async () => {
  t = await seatWorld();
  world = t.world;
});
afterAll(() => world.close());
beforeEach(async () => {
  world.leaving.act = async () => undefined;
  customerId = await t.anew();
  const { users, ...own } = structuredClone(t.account());
  const theirs = users.map((user) => ({ ...user, token: 'second' }));
  world.superops.putAccount({ ...own, subdomain: 'contoso', region: 'eu', users: theirs });
});

const other = () => {
  const found = world.superops.account('contoso');
  if (!found) throw new Error('There is no other account');
  return found;
};
const written = () => {
  const { tickets, conversations, contacts, contracts } = other();
  return structuredClone({ tickets, conversations, contacts, contracts });
};
const connectOther = () => world.connect({ region: 'eu', subdomain: 'contoso', token: 'second' });
/** Does something once, before the nth request to SuperOps from now on. */
const beforeRequest = (nth: number, act: () => Promise<unknown>) => {
  let requests = 0;
  world.leaving.act = async () => ((requests += 1) === nth ? act() : undefined);
};
/** With the token of the account before, which nobody accepts any more. */
const takeOver = async () => {
  const userId = t.account().users[0]?.userId ?? '';
  world.superops.byHand('northwind', { act: 'new-token', userId, token: 'newer' });
  await connectOther();
};
const linkThere = () =>
  world.call('PUT', `client-links/${String(other().clients[0]?.accountId)}`, { body: { customerId } });
const send = (path: string, body: object, key = 'key') =>
  world.api.call('POST', `/api/portal/v1/customers/${customerId}/${path}`, {
    actor: { tenantId: world.tenantId },
    body,
    headers: { 'idempotency-key': key },
  });
const aTicket = { subject: 'A new laptop', text: 'By Monday', status: 'Open' };
const cleo = { firstName: 'Cleo', lastName: 'Example', email: 'cleo@fabrikam.example' };
const ticketId = () => String(t.account().tickets[0]?.ticketId);
const changed = { status: 409, body: { code: 'account.changed', detail: /northwind/ } };

describe('what was decided for one account', () => {
  it('between two changes of a sending is sent to no other, and says which one it is of', async () => {
    const id = await t.approved();
    const untouched = written();
    beforeRequest(2, connectOther);
    expect(await t.act(id, 'sending')).toMatchObject({
      status: 409,
      body: { code: 'seat-push.wrong-state', detail: /account northwind/ },
    });
    expect(t.changes()).toEqual([before, both[1]]);
    expect(written()).toEqual(untouched);
    expect((await world.call('GET', `seat-pushes/${id}`)).body.lines).toMatchObject({ sent: 1, waiting: 1 });
    await world.connect();
    expect((await t.act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { sent: 2 } });
    expect(t.changes()).toEqual(both);
  });

  it.each([
    [
      'a change of seats',
      async () => {
        const id = await t.approved();
        return () => t.act(id, 'sending');
      },
      'seat-push.wrong-state',
    ],
    ['a ticket', async () => () => send('tickets', aTicket), 'account.changed'],
    ['an answer', async () => () => send(`tickets/${ticketId()}/replies`, { text: 'On its way' }), 'account.changed'],
    ['a contact', async () => () => send('contacts', cleo), 'account.changed'],
  ])('%s is not tried again with the token of another one', async (_what, ready, code) => {
    const untouched = written();
    const write = await ready();
    beforeRequest(1, takeOver);
    expect(await write()).toMatchObject({ status: 409, body: { code } });
    expect(written()).toEqual(untouched);
    expect((await world.call('GET', 'superops-connection')).body.connection).toMatchObject({ state: 'connected' });
  });

  it('goes on with another token of the same account', async () => {
    const userId = t.account().users[0]?.userId ?? '';
    beforeRequest(2, async () => {
      world.superops.byHand('northwind', { act: 'new-token', userId, token: 'newer' });
      await world.connect({ token: 'newer' });
    });
    expect(await send('tickets', aTicket)).toMatchObject({ status: 201 });
    expect(t.account().tickets.filter(({ subject }) => subject === aTicket.subject)).toHaveLength(1);
  });

  it('is compared with the links of that account, whichever is connected afterwards', async () => {
    beforeRequest(3, connectOther);
    const { body } = await t.prepare();
    expect(body).toMatchObject({ lines: { waiting: 2 } });
    expect(await world.rows('select subdomain from portal.seat_pushes')).toEqual([{ subdomain: 'northwind' }]);
  });
});

describe('a key', () => {
  it.each([
    ['was made', undefined],
    ['may have been made', 'lose-reply'],
  ] as const)('under which a ticket %s in one account makes none in another', async (_what, effect) => {
    if (effect) {
      world.superops.operationFaults.add({ operation: 'createTicket', effect, count: 1 });
      world.superops.operationFaults.add({ operation: 'getTicketList', effect: 'subscription_paused', count: 1 });
    }
    const made = await send('tickets', aTicket);
    await connectOther();
    await linkThere();
    const untouched = written();
    expect(await send('tickets', aTicket)).toMatchObject(changed);
    expect(written()).toEqual(untouched);
    await world.connect();
    expect(await send('tickets', aTicket)).toMatchObject({ status: 201, ...(effect ? {} : { body: made.body }) });
    expect(t.account().tickets.filter(({ subject }) => subject === aTicket.subject)).toHaveLength(1);
  });

  it('of an older release, which kept no account with it, is still looked for', async () => {
    const made = await send('tickets', aTicket);
    await world.rows("update portal.superops_writes set fingerprint = split_part(fingerprint, ' ', 2)");
    expect(await send('tickets', aTicket)).toMatchObject({ status: 201, body: made.body });
    expect(await send('tickets', { ...aTicket, text: 'By Friday' })).toMatchObject({
      body: { code: 'idempotency.reused' },
    });
  });
});

describe('the ticket of an exception', () => {
  const exceptionId = '0190e000-0000-7000-8000-000000000001';
  const links = () => world.rows('select region, subdomain from portal.exception_tickets');
  beforeEach(() => {
    world.exceptions.splice(0, Infinity, { id: exceptionId, customerId, detail: 'No price' });
  });

  it('is no link of the account that was connected while it was made', async () => {
    beforeRequest(2, connectOther);
    expect(await send('tickets', { ...aTicket, exceptionId })).toMatchObject({ status: 201 });
    expect(t.account().tickets.filter(({ subject }) => subject === aTicket.subject)).toHaveLength(1);
    expect(await links()).toEqual([]);
    await linkThere();
    expect(await send('tickets', { ...aTicket, exceptionId }, 'another')).toMatchObject({ status: 201 });
    expect(await links()).toEqual([{ region: 'eu', subdomain: 'contoso' }]);
  });

  it('is not linked once another account is connected', async () => {
    beforeRequest(1, connectOther);
    const linked = await world.call('PUT', `exception-tickets/${exceptionId}`, { body: { ticketId: ticketId() } });
    expect(linked).toMatchObject(changed);
    expect(await links()).toEqual([]);
  });
});
