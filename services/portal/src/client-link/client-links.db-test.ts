import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { superOpsWorld, type SuperOpsWorld } from '../testing/superops-world.ts';
import type { ClientLink } from '../superops/contract.ts';

const names = ['Fabrikam, Inc.', 'Tailspin Toys', 'TT Holding'];

let world: SuperOpsWorld;
beforeEach(async () => {
  world = await superOpsWorld({ clients: names.map((name) => ({ name })) });
  await world.connect();
});
afterEach(() => world.close());

const all = async (): Promise<ClientLink[]> => (await world.call('GET', 'client-links')).body.data;
const linkOf = async (name: string): Promise<ClientLink> => {
  const found = (await all()).find(({ clientName }) => clientName === name);
  if (!found) throw new Error(`There is no client ${name}`);
  return found;
};
const confirm = async (name: string, customerId: string) =>
  world.call('PUT', `client-links/${(await linkOf(name)).clientId}`, { body: { customerId } });
const client = (name: string) => {
  const found = world.superops.account('northwind')?.clients.find((one) => one.name === name);
  if (!found) throw new Error(`There is no client ${name}`);
  return found;
};

describe('clients of SuperOps', () => {
  it('are suggested a customer by name and by domain, and linked by nobody but a person', async () => {
    const fabrikam = await world.customer('Fabrikam');
    const tailspin = await world.customer('Tailspin Toys');
    const holding = await world.customer('Twin Towers Holding');
    client('TT Holding').emailDomains = ['mail.twin-towers-holding.example', null];
    expect((await all()).map(({ clientName, state, suggestions }) => [clientName, state, suggestions])).toEqual([
      ['Fabrikam, Inc.', 'needed', [{ customerId: fabrikam, customerName: 'Fabrikam', by: 'like-name' }]],
      ['Tailspin Toys', 'needed', [{ customerId: tailspin, customerName: 'Tailspin Toys', by: 'name' }]],
      ['TT Holding', 'needed', [{ customerId: holding, customerName: 'Twin Towers Holding', by: 'domain' }]],
    ]);
  });

  it('of nineteen digits are themselves, and a bare number is one of theirs', async () => {
    expect((await linkOf('Tailspin Toys')).clientId).toMatch(/^\d{19}$/);
    const big = '7928838372746166987';
    const list = { clients: [], listInfo: { hasMore: false } };
    const row =
      '{"accountId": 7928838372746166987, "name": "Big", "stage": "A stage of next year", "emailDomains": null}';
    const body = JSON.stringify({ data: { getClientList: list } }).replace('[]', `[${row}]`);
    world.superops.faults.add([
      { match: { path: '/msp' }, fault: { body, headers: { 'content-type': 'application/json' } } },
    ]);
    expect(await all()).toMatchObject([{ clientId: big, clientName: 'Big' }]);
  });

  it('are read page by page, each once', async () => {
    const account = world.superops.account('northwind');
    for (let n = 0; n < 150; n += 1)
      account?.clients.push({
        ...client('Tailspin Toys'),
        accountId: String(9_000_000_000_000_000_000n + BigInt(n)),
        name: `Client ${n}`,
      });
    expect(new Set((await all()).map(({ clientId }) => clientId)).size).toBe(153);
  });

  it('that cannot be read are counted, and the others are listed', async () => {
    const id = client('TT Holding').accountId;
    client('TT Holding').accountId = 'no digits';
    const { body } = await world.call('GET', 'client-links');
    expect([body.data.length, body.unreadable]).toEqual([2, 1]);
    client('TT Holding').accountId = id;
  });

  it('are not asked for before SuperOps is connected, or while it refuses', async () => {
    expect(await world.call('GET', 'client-links', { tenantId: world.other })).toMatchObject({
      status: 409,
      body: { code: 'connection.missing' },
    });
    world.superops.operationFaults.add({ operation: 'getClientList', effect: 'subscription_paused' });
    expect(await world.call('GET', 'client-links')).toMatchObject({
      status: 409,
      body: { code: 'connection.paused', detail: /Resume it in SuperOps/ },
    });
    expect((await world.call('GET', 'superops-connection')).body.connection.state).toBe('paused');
  });

  it('come although requests are too many at first', async () => {
    world.superops.operationFaults.add({ operation: 'getClientList', effect: 'rate_limit_exceeded', count: 2 });
    expect(await all()).toHaveLength(3);
    expect(world.superops.operationFaults.armed[0]?.hits).toBe(2);
  });
});

describe('a link', () => {
  it('is confirmed once, says which company at Pax8 it is, and is suggested to nobody else', async () => {
    const fabrikam = await world.customer('Fabrikam');
    await world.rows('update portal.customers set pax8_company_id = $1 where id = $2', [
      '0190e000-0000-7000-8000-000000000001',
      fabrikam,
    ]);
    expect(await confirm('Fabrikam, Inc.', fabrikam)).toMatchObject({
      status: 200,
      body: { customerId: fabrikam, version: 1 },
    });
    expect(await linkOf('Fabrikam, Inc.')).toMatchObject({
      state: 'linked',
      customerName: 'Fabrikam',
      pax8CompanyId: '0190e000-0000-7000-8000-000000000001',
      suggestions: [],
    });
    client('TT Holding').name = 'Fabrikam';
    expect((await linkOf('Fabrikam')).suggestions).toEqual([]);
    expect(await confirm('Fabrikam', fabrikam)).toMatchObject({ status: 409, body: { code: 'client-link.taken' } });
  });

  it('may be changed by a person, and taken back as it was seen', async () => {
    const [one, two] = [await world.customer('One'), await world.customer('Two')];
    await confirm('Tailspin Toys', one);
    expect(await confirm('Tailspin Toys', two)).toMatchObject({ body: { customerId: two, version: 2 } });
    const { clientId } = await linkOf('Tailspin Toys');
    expect(await world.call('DELETE', `client-links/${clientId}`, { version: 1 })).toMatchObject({ status: 412 });
    expect(await world.call('DELETE', `client-links/${clientId}`, { version: 2 })).toMatchObject({ status: 204 });
    expect(await world.call('DELETE', `client-links/${clientId}`, { version: 2 })).toMatchObject({
      status: 404,
      body: { code: 'client-link.not-found' },
    });
  });

  it('stays when the client is renamed, and is gone when it is deleted or merged away', async () => {
    await confirm('Tailspin Toys', await world.customer('Tailspin'));
    const { accountId } = client('Tailspin Toys');
    world.superops.byHand('northwind', { act: 'rename-client', accountId: String(accountId), name: 'Tailspin Games' });
    expect(await linkOf('Tailspin Games')).toMatchObject({ state: 'linked', customerName: 'Tailspin' });
    world.superops.byHand('northwind', { act: 'delete-client', accountId: String(accountId) });
    expect((await all())[0]).toMatchObject({ state: 'gone', clientName: 'Tailspin Toys', customerName: 'Tailspin' });
    const again = await world.call('PUT', `client-links/${accountId}`, {
      body: { customerId: await world.customer('New') },
    });
    expect(again).toMatchObject({ status: 404, body: { code: 'client.not-found' } });
  });

  it('is of its account: another one that is connected begins without', async () => {
    await confirm('Tailspin Toys', await world.customer('Tailspin'));
    await world.connect({ region: 'eu', subdomain: 'contoso', token: 'second' });
    expect((await all()).map(({ state }) => state)).toEqual(['needed', 'needed']);
    await world.connect();
    expect(await linkOf('Tailspin Toys')).toMatchObject({ state: 'linked' });
  });

  it('needs a customer that is active and the tenant’s own', async () => {
    const archived = await world.customer('Old');
    await world.rows("update portal.customers set state = 'archived' where id = $1", [archived]);
    const [foreign] = await world.rows<{ id: string }>(
      "insert into portal.customers (tenant_id, name) values ($1, 'Foreign') returning id",
      [world.other],
    );
    for (const customerId of [archived, foreign?.id ?? ''])
      expect(await confirm('Tailspin Toys', customerId)).toMatchObject({
        status: 404,
        body: { code: 'customer.not-found' },
      });
  });

  it('is exported with every client that has none', async () => {
    await confirm('Tailspin Toys', await world.customer('=Tailspin'));
    const answer = await fetch(`${world.api.url}/api/portal/v1/client-links/export`, {
      headers: { authorization: `Bearer ${await world.api.tokens.accessToken({ tenantId: world.tenantId })}` },
    });
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(text.split('\r\n')).toHaveLength(5);
    expect(text).toContain(`"Tailspin Toys","${(await linkOf('Tailspin Toys')).customerId}","'=Tailspin","","linked"`);
  });
});
