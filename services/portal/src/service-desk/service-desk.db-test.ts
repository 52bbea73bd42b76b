import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditedIn } from '@legendops/kit/testing/audited-routes';
import { superOpsWorld, type SuperOpsWorld } from '../testing/superops-world.ts';

let world: SuperOpsWorld;
let customerId: string;
beforeEach(async () => {
  world = await superOpsWorld();
  await world.connect();
  customerId = await world.customer('Fabrikam');
  await world.call('PUT', `client-links/${clientId('Fabrikam')}`, { body: { customerId } });
});
afterEach(() => world.close());

const account = () => {
  const found = world.superops.account('northwind');
  if (!found) throw new Error('There is no account');
  return found;
};
const clientId = (name: string) => String(account().clients.find((client) => client.name === name)?.accountId);
const ticketOf = (name: string) => {
  const ticket = account().tickets.find(({ client }) => (client as { name: string }).name === name);
  if (!ticket) throw new Error(`There is no ticket of ${name}`);
  return ticket;
};
const read = (path: string, customer = customerId) => world.call('GET', `customers/${customer}/${path}`);
const send = (path: string, body: object, key: string | null = 'key') =>
  world.api.call('POST', `/api/portal/v1/customers/${customerId}/${path}`, {
    actor: { tenantId: world.tenantId },
    body,
    ...(key !== null && { headers: { 'idempotency-key': key } }),
  });
const aTicket = { subject: 'A new laptop', text: 'For the new colleague.\nBy Monday.', status: 'Open' };
const create = (key?: string | null, more: object = {}) => send('tickets', { ...aTicket, ...more }, key);
const replies = () => `tickets/${String(ticketOf('Fabrikam').ticketId)}/replies`;
const written = async (act: string) =>
  (await auditedIn(world.database.administrator)).filter((entry) => entry.act === act);
const laptops = () => account().tickets.filter(({ subject }) => subject === aTicket.subject);
const onItsWay = () => account().conversations.filter(({ content }) => String(content).startsWith('On its way'));

describe('the tickets of a customer', () => {
  it('are those of the client that it is, and no other’s', async () => {
    expect((await read('tickets')).body).toMatchObject({
      client: { clientName: 'Fabrikam' },
      data: [{ subject: 'Printer on the second floor of Fabrikam', status: 'Open', requester: 'Ada Example' }],
      more: false,
      unreadable: 0,
      acts: { write: { may: true } },
    });
    expect((await read('tickets')).body.data[0].updatedAt).toBe('2026-11-02T10:05:00Z');
  });

  it('are read with their conversation, as plain text, whatever it was written in', async () => {
    const ticketId = String(ticketOf('Fabrikam').ticketId);
    const content = '<p>Still <b>blank</b>.</p><img src=x onerror="alert(1)"><p>&lt;script&gt; Ada</p>';
    world.superops.byHand('northwind', { act: 'reply', ticketId, content });
    const { body } = await read(`tickets/${ticketId}`);
    expect(body.messages.map(({ from, author, text }: Record<string, string>) => [from, author, text])).toEqual([
      ['opening', 'Ada Example', 'It prints blank pages.'],
      ['technician', 'Tess Technician', 'We look at it today.'],
      ['customer', 'Ada Example', 'Still blank.\n<script> Ada'],
    ]);
  });

  it('of another customer, or of none, are not there', async () => {
    const foreign = String(ticketOf('Tailspin Toys').ticketId);
    for (const ticketId of [foreign, '1', '99999999999999999999'])
      expect(await read(`tickets/${ticketId}`)).toMatchObject({ status: 404, body: { code: 'ticket.not-found' } });
    expect(await send(`tickets/${foreign}/replies`, { text: 'x' })).toMatchObject({ status: 404 });
  });

  it('are none where the customer is no client, or the client was deleted', async () => {
    const none = { client: null, data: [], more: false };
    expect((await read('tickets', await world.customer('Nobody'))).body).toMatchObject(none);
    world.superops.byHand('northwind', { act: 'delete-client', accountId: clientId('Fabrikam') });
    expect((await read('tickets')).body).toMatchObject({ ...none, client: { clientName: 'Fabrikam', isGone: true } });
    expect(await create()).toMatchObject({ status: 404, body: { code: 'client-link.not-found' } });
    await world.call('DELETE', 'superops-connection');
    expect((await read('devices')).body).toMatchObject(none);
  });

  it('with states and times that nobody knows are shown as far as they are known', async () => {
    Object.assign(ticketOf('Fabrikam'), {
      status: 'Parked next year',
      updatedTime: '2026-11-02 10:05 CET',
      requester: {},
    });
    const [conversation] = account().conversations;
    Object.assign(conversation ?? {}, { time: 'yesterday' });
    expect((await read('tickets')).body.data).toMatchObject([
      { status: 'Parked next year', updatedAt: null, requester: null },
    ]);
  });

  it('of a client that was renamed are found by its new name', async () => {
    world.superops.byHand('northwind', { act: 'rename-client', accountId: clientId('Fabrikam'), name: 'Fabrikam Two' });
    for (const ticket of account().tickets)
      if ((ticket.client as { name: string }).name === 'Fabrikam')
        ticket.client = { accountId: clientId('Fabrikam Two'), name: 'Fabrikam Two' };
    expect((await read('tickets')).body.data).toHaveLength(1);
  });
});

describe('the contacts of a customer', () => {
  const cleo = { firstName: 'Cleo', lastName: 'Example', email: 'Cleo@Fabrikam.example', phone: '555 0100' };
  const people = () => account().contacts.filter(({ email }) => email === 'cleo@fabrikam.example');

  it('are those of the client that it is', async () => {
    expect((await read('contacts')).body).toMatchObject({
      data: [{ name: 'Ada Example', email: 'ada@fabrikam.example', site: 'Headquarters' }, { name: 'Ben Example' }],
      acts: { write: { may: true } },
    });
  });

  it('are made there, once a key, also where the answer was lost', async () => {
    world.superops.operationFaults.add({ operation: 'createClientUser', effect: 'lose-reply', count: 1 });
    const made = await send('contacts', cleo);
    expect(made).toMatchObject({ status: 201, body: { id: people()[0]?.userId } });
    expect(await send('contacts', cleo)).toMatchObject({ status: 201, body: made.body });
    expect(people()).toHaveLength(1);
    expect(await written('contact.created')).toHaveLength(1);
    expect((await read('contacts')).body.data).toHaveLength(3);
  });

  it('are refused with an address that SuperOps has', async () => {
    const refused = await send('contacts', { ...cleo, email: 'ada@fabrikam.example' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'ticket.refused', detail: /email/ } });
  });
});

it('devices are shown with warranty and when each was last seen', async () => {
  expect((await read('devices')).body.data).toMatchObject([
    { name: 'LAPTOP-01', lastSeenAt: '2026-11-20T08:15:30.123Z', warrantyUntil: '2027-03-31' },
    { name: 'SERVER-01', lastSeenAt: '2026-11-21T23:59:59.001Z', warrantyUntil: null },
  ]);
});

it('a ticket has the states and priorities of SuperOps to choose from', async () => {
  const { body } = await world.call('GET', 'ticket-choices');
  expect(body.statuses).toContain('On Hold');
  expect(body.priorities).toContain('Very Low');
});

describe('a new ticket', () => {
  it('is made once a key, with our reference in it, and written down once', async () => {
    const first = await create();
    expect(first).toMatchObject({ status: 201, body: { id: laptops()[0]?.ticketId } });
    expect(await create()).toMatchObject({ status: 201, body: first.body });
    expect(laptops()).toMatchObject([{ source: 'INTEGRATION', subSource: 'LegendOps' }]);
    expect(await written('ticket.created')).toMatchObject([{ subject: { name: aTicket.subject } }]);
    const { messages } = (await read(`tickets/${first.body.id}`)).body;
    expect(messages[0].text).toMatch(/^For the new colleague\.\nBy Monday\.\n\nReference LO-[0-9A-F]{12}$/);
    expect(await create('another')).toMatchObject({ status: 201 });
    expect(laptops()).toHaveLength(2);
  });

  it('needs a key, and the same words under it', async () => {
    expect(await create(null)).toMatchObject({ status: 400, body: { code: 'idempotency.missing' } });
    await create();
    expect(await create('key', { text: 'Else' })).toMatchObject({ status: 422, body: { code: 'idempotency.reused' } });
  });

  it('whose name of a state is none any more is refused with what is wrong, and may be sent anew', async () => {
    expect(await create('key', { status: 'Gone' })).toMatchObject({
      status: 422,
      body: { code: 'ticket.refused', detail: /status/ },
    });
    expect(await create('key')).toMatchObject({ status: 201 });
    expect(laptops()).toHaveLength(1);
  });

  it.each([
    ['a lost reply', { dropConnection: 'after' } as const],
    ['a broken body', { truncate: 3 }],
    ['a page of HTML', { html: true, committed: true } as const],
    ['an error of its server', { status: 502, committed: true }],
  ])('is found by our reference after %s, and not made again', async (_what, fault) => {
    // The fault meets the one request that writes.
    await world.call('GET', 'ticket-choices');
    const { calls } = world.superops.faults;
    const before = calls.length;
    await create('probe');
    const writes = calls.length - before;
    // What is asked before it: the client that the customer is.
    expect(writes).toBe(2);
    world.superops.faults.add([
      { match: { path: '/msp', count: 1 }, fault: {} },
      { match: { path: '/msp', count: 1 }, fault },
    ]);
    expect(await create()).toMatchObject({ status: 201 });
    expect(world.superops.faults.armed.map(({ hits }) => hits)).toEqual([1, 1]);
    expect(laptops()).toHaveLength(2);
    expect(await written('ticket.created')).toHaveLength(2);
  });

  it('answered by what cannot be read as an id is found by our reference, and so is an answer or a contact', async () => {
    const half = { data: { createTicket: { ticketId: '7' } }, errors: [{ message: null }] };
    const answers = [{ data: { createTicket: { ticketId: 'abc' } } }, { data: {} }, half, '{"data":{"createTicket":'];
    for (const [n, answer] of answers.entries()) {
      world.superops.operationFaults.add({ operation: 'createTicket', effect: { answer }, count: 1 });
      const made = await create(`key-${n}`);
      expect(made).toMatchObject({ status: 201, body: { id: laptops()[n]?.ticketId } });
    }
    expect([laptops().length, (await written('ticket.created')).length]).toEqual([answers.length, answers.length]);
    const wrong = { ticketId: 'abc', conversationId: '-1', userId: '1'.repeat(21) };
    for (const operation of ['createTicketConversation', 'createClientUser'])
      world.superops.operationFaults.add({ operation, effect: { answer: { data: { [operation]: wrong } } }, count: 1 });
    const answered = await send(replies(), { text: 'On its way' });
    expect(answered).toMatchObject({ status: 201, body: { id: onItsWay()[0]?.conversationId } });
    const cleo = { firstName: 'Cleo', lastName: 'Example', email: 'cleo@fabrikam.example' };
    const contact = await send('contacts', cleo, 'cleo');
    expect(contact).toMatchObject({ status: 201, body: { id: account().contacts.at(-1)?.userId } });
    expect(onItsWay()).toHaveLength(1);
  });

  it('in doubt is looked for by every try, also after one that SuperOps has refused', async () => {
    world.superops.operationFaults.add({ operation: 'createTicket', effect: 'lose-reply', count: 1 });
    world.superops.operationFaults.add({ operation: 'getTicketList', effect: 'subscription_paused', count: 1 });
    expect(await create()).toMatchObject({ status: 502 });
    // It is still on its way.
    const late = account().tickets.pop();
    world.superops.operationFaults.add({ operation: 'createTicket', effect: 'value_length_exceeds_limit', count: 1 });
    expect(await create()).toMatchObject({ status: 422 });
    if (late) account().tickets.push(late);
    expect(await create()).toMatchObject({ status: 201, body: { id: late?.ticketId } });
    expect(laptops()).toHaveLength(1);
  });

  it('in doubt that cannot be looked for is told so, and found by the next try', async () => {
    world.superops.operationFaults.add({ operation: 'createTicket', effect: 'lose-reply', count: 1 });
    world.superops.operationFaults.add({ operation: 'getTicketList', effect: 'subscription_paused', count: 1 });
    expect(await create()).toMatchObject({
      status: 502,
      body: { code: 'vendor.unavailable', detail: /not made twice/ },
    });
    expect(await written('ticket.created')).toEqual([]);
    expect(await create()).toMatchObject({ status: 201, body: { id: laptops()[0]?.ticketId } });
    expect([laptops().length, (await written('ticket.created')).length]).toEqual([1, 1]);
  });

  it('that never arrived is made by the next try', async () => {
    world.superops.faults.add([
      { match: { path: '/msp', count: 1 }, fault: {} },
      { match: { path: '/msp', count: 1 }, fault: { dropConnection: 'before' } },
    ]);
    expect(await create()).toMatchObject({ status: 502 });
    expect(laptops()).toEqual([]);
    expect(await create()).toMatchObject({ status: 201 });
    expect(laptops()).toHaveLength(1);
  });

  it('without an id has failed, whatever the status, and may be sent anew', async () => {
    world.superops.operationFaults.add({ operation: 'createTicket', effect: 'null', count: 1 });
    expect(await create()).toMatchObject({ status: 502, body: { code: 'vendor.unavailable' } });
    expect(await create()).toMatchObject({ status: 201 });
    expect(laptops()).toHaveLength(1);
  });

  it('is refused while another attempt under its key may be under way, and taken over when that has died', async () => {
    await create('dies');
    const reference = laptops()[0]?.sourceReferenceId;
    await world.rows("update portal.superops_writes set remote_id = null where key = 'dies'");
    expect(await create('dies')).toMatchObject({ status: 409, body: { code: 'idempotency.in-flight' } });
    await world.rows("update portal.superops_writes set held_until = now() where key = 'dies'");
    expect(await create('dies')).toMatchObject({ status: 201, body: { id: laptops()[0]?.ticketId } });
    expect(laptops()).toMatchObject([{ sourceReferenceId: reference }]);
  });

  it('is not made of what is none', async () => {
    const long = 'x'.repeat(10_001);
    for (const wrong of [{ subject: 'two\nlines' }, { text: '' }, { text: long }, { status: '' }, { technician: 'x' }])
      expect(await create('key', wrong)).toMatchObject({ status: 400 });
  });
});

describe('an answer to a ticket', () => {
  it('is sent once a key, also when the reply to it is lost', async () => {
    world.superops.operationFaults.add({ operation: 'createTicketConversation', effect: 'lose-reply', count: 1 });
    const first = await send(replies(), { text: 'On its way' });
    expect(first).toMatchObject({ status: 201, body: { id: onItsWay()[0]?.conversationId } });
    expect(await send(replies(), { text: 'On its way' })).toMatchObject({ body: first.body });
    expect([onItsWay().length, (await written('ticket.answered')).length]).toEqual([1, 1]);
  });

  it('twice in the same words is two answers, each with a key of its own', async () => {
    for (const key of ['one', 'two']) await send(replies(), { text: 'On its way' }, key);
    expect(onItsWay()).toHaveLength(2);
  });
});

it('who has no business with a service desk reads and writes nothing of it', async () => {
  for (const role of ['billing_viewer', 'guest'] as const) {
    const actor = { tenantId: world.tenantId, role, ...(role === 'guest' && { customerId }) };
    for (const path of ['tickets', 'devices'])
      expect((await world.api.call('GET', `/api/portal/v1/customers/${customerId}/${path}`, { actor })).status).toBe(
        403,
      );
  }
});
