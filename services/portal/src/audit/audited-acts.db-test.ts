import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedIn, auditedRoutes } from '@legendops/kit/testing/audited-routes';
import { portalApp } from '../app.ts';
import { productId, seatsOf, steps } from '../testing/seat-builders.ts';
import { superOpsWorld, type SuperOpsWorld } from '../testing/superops-world.ts';

let world: SuperOpsWorld;
const company = { id: '0190e000-0000-7000-8000-000000000001', name: 'Fabrikam', status: 'Active' as const };

beforeAll(async () => {
  world = await superOpsWorld({}, [company]);
});
afterAll(() => world.close());

const { routes, internalRoutes } = portalApp({} as never);
const customers = '/api/portal/v1/customers';
const written = () => auditedIn(world.database.administrator);
const clientId = () => world.superops.account('northwind')?.clients[0]?.accountId;
/** Whatever customer the first client is, or is from now on. */
const linkedCustomer = async (): Promise<string> => {
  world.superops.byHand('northwind', { act: 'subscription', subscription: 'active' });
  await world.connect();
  const links = (await world.call('GET', 'client-links')).body.data as { clientId: string; customerId: string }[];
  const linked = links.find((link) => link.clientId === clientId())?.customerId ?? (await world.customer('Fabrikam'));
  await world.call('PUT', `client-links/${clientId()}`, { body: { customerId: linked } });
  return linked;
};
/** A write at the service desk of that customer. */
const desk = async (path: string, body: object) => {
  const linked = await linkedCustomer();
  return world.api.call('POST', `/api/portal/v1/customers/${linked}/${path}`, {
    actor: { tenantId: world.tenantId },
    body,
    headers: { 'idempotency-key': `k${(keys += 1)}` },
  });
};
let keys = 0;
const linkOfClient = async () => {
  const links = (await world.call('GET', 'client-links')).body.data as { clientId: string; version: number }[];
  const found = links.find((link) => link.clientId === clientId());
  if (!found) throw new Error('The client is not linked');
  return found;
};
/** What the mirror would say, as the job would have left it. */
const mirrorClient = () =>
  world.rows(
    `insert into portal.superops_objects (tenant_id, region, subdomain, kind, id, name, body)
     values ($1, 'us', 'northwind', 'client', $2, $3, '{}')
     on conflict (tenant_id, kind, id) do update set name = excluded.name`,
    [world.tenantId, clientId(), world.superops.account('northwind')?.clients[0]?.name],
  );
const renameThere = (name: string) =>
  world.superops.byHand('northwind', { act: 'rename-client', accountId: String(clientId()), name });
const renameHere = (name: string) =>
  world.rows('update portal.customers set name = $1 where id = (select customer_id from portal.superops_clients)', [
    name,
  ]);
const keepName = async (keep: string) => {
  await linkedCustomer();
  renameThere(`Kept by ${keep}`);
  await mirrorClient();
  return world.call('POST', `client-links/${clientId()}/names`, {
    body: { keep },
    version: (await linkOfClient()).version,
  });
};
const agreeNames = async (rename: () => unknown) => {
  const token = await world.internal.tokens.serviceToken({
    namespace: 'tenant-northwind',
    serviceAccount: 'billing-job',
    audience: 'legendops-portal',
  });
  const round = () => world.internal.call('POST', '/internal/v1/client-names', { token });
  await mirrorClient();
  await round();
  await rename();
  await mirrorClient();
  return round();
};
const create = (name: string) =>
  world.api.call('POST', customers, {
    actor: { tenantId: world.tenantId },
    body: { name },
    headers: { 'idempotency-key': `k${(keys += 1)}` },
  });
const change = async (body: object) => {
  const { data } = (
    await world.api.call('GET', `${customers}?order=name&limit=1`, { actor: { tenantId: world.tenantId } })
  ).body;
  const headers = { 'if-match': `"v${data[0].version}"` };
  return world.api.call('PATCH', `${customers}/${data[0].id}`, { actor: { tenantId: world.tenantId }, body, headers });
};

/** A month whose seats are compared with a client's contract; its id and content. */
const aPush = async (): Promise<{ id: string; contentHash: string }> => {
  await desk('tickets', { subject: 'So that the client is a customer', text: 'x', status: 'Open' });
  const links = (await world.call('GET', 'client-links')).body.data as { clientId: string; customerId: string }[];
  const customerId = links.find((link) => link.clientId === clientId())?.customerId ?? '';
  const data = [seatsOf({ customerId, steps: steps(['2026-11-01', String((keys += 1) + 50)]) })];
  world.pax8.seats = { readAt: '2026-11-24T04:00:00Z', until: '2026-11-25', unreadable: 0, data };
  const itemId = world.superops.account('northwind')?.catalogItems[0]?.itemId;
  await world.call('PUT', `seat-items/${productId}`, { body: { itemId } });
  return (await world.call('POST', 'seat-pushes', { body: { period: '2026-11-01' } })).body;
};
const approvedPush = async (): Promise<string> => {
  const { id, contentHash } = await aPush();
  await world.call('POST', `seat-pushes/${id}/approval`, { body: { contentHash } });
  return id;
};
const exceptionId = '0190e000-0000-7000-8000-000000000002';
const aTicketOf = async (): Promise<string> => {
  const { body } = await desk('tickets', { subject: 'Of an exception', text: 'x', status: 'Open' });
  const links = (await world.call('GET', 'client-links')).body.data as { clientId: string; customerId: string }[];
  const customerId = links.find((link) => link.clientId === clientId())?.customerId ?? '';
  world.exceptions.splice(0, Infinity, { id: exceptionId, customerId, detail: 'No price' });
  return body.id;
};

describe('the portal writes down', () => {
  auditedRoutes(
    [...routes, ...internalRoutes],
    {
      'post /v1/customers: customer.created': () => create('Adatum'),
      'patch /v1/customers/{customerId}: customer.changed': () => change({ state: 'archived' }),
      'post /v1/customer-imports: customers.imported': () =>
        world.api.call('POST', '/api/portal/v1/customer-imports', { actor: { tenantId: world.tenantId } }),
      'put /v1/superops-connection: connection.made': () => world.connect(),
      'put /v1/client-links/{clientId}: client-link.confirmed': async () => {
        world.superops.byHand('northwind', { act: 'subscription', subscription: 'active' });
        await world.connect();
        return world.call('PUT', `client-links/${clientId()}`, {
          body: { customerId: await world.customer('Tailspin') },
        });
      },
      'post /v1/customers/{customerId}/contacts: contact.created': () =>
        desk('contacts', { firstName: 'Cleo', lastName: 'Example', email: 'cleo@fabrikam.example' }),
      'post /v1/customers/{customerId}/tickets: ticket.created': () =>
        desk('tickets', { subject: 'A laptop', text: 'Please', status: 'Open' }),
      'post /v1/customers/{customerId}/tickets/{ticketId}/replies: ticket.answered': () =>
        desk(`tickets/${world.superops.account('northwind')?.tickets[0]?.ticketId}/replies`, { text: 'Done' }),
      'post /v1/customers/{customerId}/tickets: exception-ticket.linked': async () => {
        await aTicketOf();
        return desk('tickets', { subject: 'A price', text: 'Please', status: 'Open', exceptionId });
      },
      'delete /v1/exception-tickets/{exceptionId}: exception-ticket.unlinked': () =>
        world.call('DELETE', `exception-tickets/${exceptionId}`, { version: 1 }),
      'put /v1/exception-tickets/{exceptionId}: exception-ticket.linked': async () => {
        const ticketId = await aTicketOf();
        await world.call('DELETE', `exception-tickets/${exceptionId}`, { version: 1 });
        return world.call('PUT', `exception-tickets/${exceptionId}`, { body: { ticketId } });
      },
      'put /v1/seat-items/{productId}: seat-item.confirmed': () => aPush(),
      'delete /v1/seat-items/{productId}: seat-item.removed': () =>
        world.call('DELETE', `seat-items/${productId}`, { version: 1 }),
      'post /v1/seat-pushes: seat-push.prepared': () => aPush(),
      'post /v1/seat-pushes/{pushId}/approval: seat-push.approved': () => approvedPush(),
      'post /v1/seat-pushes/{pushId}/rejection: seat-push.rejected': async () => {
        const { data } = (await world.call('GET', 'seat-pushes')).body;
        return world.call('POST', `seat-pushes/${data[0].id}/rejection`, { body: { reason: 'Agreed otherwise' } });
      },
      'post /v1/seat-pushes/{pushId}/sending: contract.quantity-changed': async () =>
        world.call('POST', `seat-pushes/${await approvedPush()}/sending`),
      'post /v1/client-links/{clientId}/names: customer.changed': () => keepName('client'),
      'post /v1/client-links/{clientId}/names: client.renamed': () => keepName('customer'),
      'post /v1/client-names: customer.changed': () => agreeNames(() => renameThere('Called so there')),
      'post /v1/client-names: client.renamed': () => agreeNames(() => renameHere('Called so here')),
      'delete /v1/client-links/{clientId}: client-link.removed': async () =>
        world.call('DELETE', `client-links/${clientId()}`, { version: (await linkOfClient()).version }),
      'post /v1/superops-connection/checks: connection.refused': () => {
        world.superops.byHand('northwind', { act: 'subscription', subscription: 'paused' });
        return world.call('POST', 'superops-connection/checks');
      },
      'delete /v1/superops-connection: connection.removed': () => world.call('DELETE', 'superops-connection'),
    },
    () => ({ administrator: world.database.administrator, tenantId: world.tenantId }),
  );

  it('nothing where nothing changed, or where it was refused', async () => {
    const before = await written();
    expect((await change({ state: 'archived' })).status).toBe(200);
    expect((await create('adatum')).status).toBe(409);
    expect(
      (await world.api.call('POST', '/api/portal/v1/customer-imports', { actor: { tenantId: world.tenantId } })).body
        .unchanged,
    ).toBe(1);
    expect(await written()).toEqual(before);
  });

  it('what the operator makes of an organisation, and nothing of a pass that changes nothing', async () => {
    const before = (await written()).length;
    const resource = '0190b000-0000-7000-8000-000000000001';
    const register = (state: string, limits: object) =>
      world.database.administrator.query("select app.register_tenant(app.uuid_v7(), $1, $2, $3, $4, '{}', $5, null)", [
        'contoso',
        'Contoso',
        state,
        JSON.stringify(limits),
        resource,
      ]);
    await register('active', { customers: 10 });
    await register('active', { customers: 10 });
    await register('suspended', { customers: 20 });
    const entries = (await written()).slice(before);
    expect(entries.map(({ act, author, subject }) => [act, author.kind, subject.name])).toEqual([
      ['tenant.registered', 'operator', 'Contoso'],
      ['tenant.changed', 'operator', 'Contoso'],
    ]);
    expect(entries[1]?.changes).toEqual([
      { field: 'customers', before: '10', after: '20' },
      { field: 'state', before: 'active', after: 'suspended' },
    ]);
  });
});
