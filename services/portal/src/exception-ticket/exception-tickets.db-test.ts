import { afterAll, beforeAll, expect, it } from 'vitest';
import { superOpsWorld, type SuperOpsWorld } from '../testing/superops-world.ts';

let world: SuperOpsWorld;
let customerId: string;
const id = (last: number) => `0190e000-0000-7000-8000-00000000000${last}`;

beforeAll(async () => {
  world = await superOpsWorld();
  await world.connect();
  customerId = await world.customer('Fabrikam');
  await world.call('PUT', `client-links/${clientId('Fabrikam')}`, { body: { customerId } });
  for (const last of [1, 2, 3, 4])
    world.exceptions.push({ id: id(last), customerId: last === 3 ? null : customerId, detail: `No price for ${last}` });
});
afterAll(() => world.close());

const account = () => {
  const found = world.superops.account('northwind');
  if (!found) throw new Error('There is no account');
  return found;
};
const clientId = (name: string) => String(account().clients.find((client) => client.name === name)?.accountId);
const ticketOf = (name: string) =>
  String(account().tickets.find(({ client }) => (client as { name: string }).name === name)?.ticketId);
const create = (exceptionId: string, key: string) =>
  world.api.call('POST', `/api/portal/v1/customers/${customerId}/tickets`, {
    actor: { tenantId: world.tenantId },
    body: { subject: 'A price', text: 'Please', status: 'Open', exceptionId },
    headers: { 'idempotency-key': key },
  });
const link = (exceptionId: string, ticketId: string) =>
  world.call('PUT', `exception-tickets/${exceptionId}`, { body: { ticketId } });
const listed = async () =>
  (await world.call('GET', 'exception-tickets')).body.data as {
    exceptionId: string;
    ticketId: string;
  }[];

it('a ticket that is made for an exception is linked to it, once, although its answer was lost', async () => {
  world.superops.operationFaults.add({ operation: 'createTicket', effect: 'lose-reply', count: 1 });
  const made = await create(id(1), 'key');
  expect(made.status).toBe(201);
  expect(await create(id(1), 'key')).toMatchObject({ status: 201, body: made.body });
  expect(await listed()).toMatchObject([{ exceptionId: id(1), ticketId: made.body.id, subject: 'A price' }]);
  expect(account().tickets.filter(({ subject }) => subject === 'A price')).toHaveLength(1);
  const read = await world.call('GET', `customers/${customerId}/tickets/${made.body.id}`);
  expect(read.body.exceptions).toEqual([{ exceptionId: id(1), detail: 'No price for 1' }]);
});

it('an exception that has a ticket gets no second one', async () => {
  const refused = { status: 409, body: { code: 'exception-ticket.taken' } };
  expect(await create(id(1), 'another')).toMatchObject(refused);
  expect(await link(id(1), ticketOf('Fabrikam'))).toMatchObject(refused);
  expect(account().tickets.filter(({ subject }) => subject === 'A price')).toHaveLength(1);
});

it('a ticket of the customer is linked, and taken off again', async () => {
  const ticketId = ticketOf('Fabrikam');
  expect(await link(id(2), ticketId)).toMatchObject({ status: 200, body: { ticketId, detail: 'No price for 2' } });
  expect(await link(id(2), ticketId)).toMatchObject({ status: 200, body: { version: 1 } });
  expect((await world.call('DELETE', `exception-tickets/${id(2)}`, { version: 1 })).status).toBe(204);
  expect(await world.call('DELETE', `exception-tickets/${id(2)}`, { version: 1 })).toMatchObject({ status: 404 });
});

it('a ticket of another customer, or an exception that is none or of nobody, is not linked', async () => {
  expect(await link(id(4), ticketOf('Tailspin Toys'))).toMatchObject({
    status: 404,
    body: { code: 'ticket.not-found' },
  });
  expect(await link(id(9), ticketOf('Fabrikam'))).toMatchObject({ status: 404, body: { code: 'exception.not-found' } });
  expect(await link(id(3), ticketOf('Fabrikam'))).toMatchObject({ body: { code: 'client-link.not-found' } });
  expect(await create(id(3), 'third')).toMatchObject({ status: 404, body: { code: 'exception.not-found' } });
  expect((await listed()).map(({ exceptionId }) => exceptionId)).toEqual([id(1)]);
});

it('who does not see the worklist sees none of it on a ticket', async () => {
  const actor = { tenantId: world.tenantId, role: 'support_user' } as const;
  const [known] = await listed();
  const ticket = `/api/portal/v1/customers/${customerId}/tickets/${known?.ticketId}`;
  expect((await world.api.call('GET', ticket, { actor })).body.exceptions).toEqual([]);
  const path = `/api/portal/v1/exception-tickets`;
  expect((await world.api.call('GET', path, { actor })).body.data).toEqual([]);
  const body = { ticketId: ticketOf('Fabrikam') };
  expect((await world.api.call('PUT', `${path}/${id(2)}`, { actor, body })).status).toBe(403);
});

it('what was linked in an account that is connected no more is none, and gives way', async () => {
  await world.call('DELETE', 'superops-connection');
  await world.connect({ region: 'eu', subdomain: 'contoso', token: 'second' });
  expect(await listed()).toEqual([]);
  await world.call('DELETE', 'superops-connection');
  await world.connect();
  expect(await listed()).toHaveLength(1);
});
