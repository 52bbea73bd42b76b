import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { auditedIn } from '@legendops/kit/testing/audited-routes';
import { mirrorWorld, type MirrorWorld } from '../testing/mirror-world.ts';

let world: MirrorWorld;
let customerId: string;
beforeAll(async () => {
  world = await mirrorWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.begin();
  await world.rows('truncate app.outbox');
  customerId = await world.customer('Fabrikam');
  await world.call('PUT', `client-links/${clientId()}`, { body: { customerId } });
  await sync();
});

let hours = 6;
/** An hour later each time: a round that was done is not done again. */
const sync = (options: Parameters<MirrorWorld['sync']>[0] = {}) => {
  hours += 1;
  return world.sync({ at: new Date(Date.UTC(2026, 10, 22, hours)).toISOString(), ...options });
};
const client = () => {
  const [first] = world.superops.account('northwind')?.clients ?? [];
  if (!first) throw new Error('There is no client');
  return first;
};
const clientId = () => String(client().accountId);
const customer = async () =>
  (await world.call('GET', `customers/${customerId}`)).body as { name: string; version: number };
const both = async () => [(await customer()).name, client().name];
const renameHere = async (name: string) =>
  world.call('PATCH', `customers/${customerId}`, { body: { name }, version: (await customer()).version });
const renameThere = (name: string) =>
  world.superops.byHand('northwind', { act: 'rename-client', accountId: clientId(), name });
const link = async () =>
  ((await world.call('GET', 'client-links')).body.data as Record<string, unknown>[]).find(
    (one) => one.clientId === clientId(),
  );
const keep = async (which: string) =>
  world.call('POST', `client-links/${clientId()}/names`, {
    body: { keep: which },
    version: Number((await link())?.version),
  });
const acts = async () => (await auditedIn(world.database.administrator)).map(({ act }) => act);

it('a change here is made there, once, and coming back it is no change', async () => {
  await renameHere('Fabrikam Two');
  expect(await sync()).toMatchObject({ namesSent: 1, namesTaken: 0, namesAsked: 0 });
  expect(await both()).toEqual(['Fabrikam Two', 'Fabrikam Two']);
  expect(await acts()).toContain('client.renamed');
  expect(await sync()).toMatchObject({ client: 1, namesSent: 0, namesTaken: 0, namesAsked: 0 });
  expect(await sync()).toMatchObject({ client: 0, namesSent: 0, namesTaken: 0, namesAsked: 0 });
});

it('a change there is made here, and coming back it is no change', async () => {
  renameThere('Fabrikam Three');
  expect(await sync()).toMatchObject({ namesSent: 0, namesTaken: 1, namesAsked: 0 });
  expect(await both()).toEqual(['Fabrikam Three', 'Fabrikam Three']);
  expect(await sync()).toMatchObject({ namesSent: 0, namesTaken: 0, namesAsked: 0 });
});

it('names that differed when the link was confirmed may differ, and only what changes later is made', async () => {
  const other = world.superops.account('northwind')?.clients[1];
  const toys = await world.customer('Toys of Tailspin');
  await world.call('PUT', `client-links/${String(other?.accountId)}`, { body: { customerId: toys } });
  expect(await sync()).toMatchObject({ namesSent: 0, namesTaken: 0, namesAsked: 0 });
  expect(other?.name).toBe('Tailspin Toys');
});

it.each([
  ['customer', 'Fabrikam Two'],
  ['client', 'Fabrikam Three'],
])('what both have changed is left alone and told, until a person keeps the name of the %s', async (which, name) => {
  await renameHere('Fabrikam Two');
  renameThere('Fabrikam Three');
  expect(await sync()).toMatchObject({ namesSent: 0, namesTaken: 0, namesAsked: 1 });
  expect(await both()).toEqual(['Fabrikam Two', 'Fabrikam Three']);
  expect(await link()).toMatchObject({ state: 'linked', nameProblem: { why: 'both-changed' } });
  expect((await keep(which)).status).toBe(204);
  expect(await both()).toEqual([name, name]);
  expect(await sync()).toMatchObject({ namesSent: 0, namesTaken: 0, namesAsked: 0 });
  expect(await link()).toMatchObject({ nameProblem: null });
});

it('a client whose name holds nothing that can be seen keeps nobody else from having theirs', async () => {
  const other = world.superops.account('northwind')?.clients[1];
  const toys = await world.customer('Tailspin Toys');
  await world.call('PUT', `client-links/${String(other?.accountId)}`, { body: { customerId: toys } });
  await sync();
  renameThere(' \u200b ');
  if (other) other.name = 'Tailspin Two';
  expect(await sync()).toMatchObject({ namesTaken: 1 });
  expect((await customer()).name).toBe('Fabrikam');
  expect((await world.call('GET', `customers/${toys}`)).body.name).toBe('Tailspin Two');
});

it('a client that SuperOps does not rename, without saying why, is told, and keeps nobody else from theirs', async () => {
  const other = world.superops.account('northwind')?.clients[1];
  const toys = await world.customer('Tailspin Toys');
  await world.call('PUT', `client-links/${String(other?.accountId)}`, { body: { customerId: toys } });
  await sync();
  await renameHere('Fabrikam Two');
  const { version } = (await world.call('GET', `customers/${toys}`)).body;
  await world.call('PATCH', `customers/${toys}`, { body: { name: 'Tailspin Two' }, version });
  // The first is looked at, and its change is lost on the way there; the second is answered with nothing.
  const lost = [
    { match: { path: '/msp', count: 1 }, fault: {} },
    { match: { path: '/msp', count: 1 }, fault: { status: 502 } },
  ];
  world.superops.operationFaults.add({ operation: 'updateClient', effect: 'null', count: 1 });
  const before = ({ path }: { path: string }) => {
    if (path === 'client-names') world.superops.faults.add(lost);
  };
  expect(await sync({ before })).toMatchObject({ namesSent: 0 });
  const problems = async () =>
    ((await world.call('GET', 'client-links')).body.data as { nameProblem: object | null }[]).flatMap(
      ({ nameProblem }) => nameProblem ?? [],
    );
  expect(await problems()).toMatchObject([{ why: 'refused-there' }, { why: 'refused-there' }]);
  expect(await sync()).toMatchObject({ namesSent: 2 });
  expect(await problems()).toEqual([]);
});

it('a name that another client has there is told, and both stay as they are', async () => {
  await renameHere('Tailspin Toys');
  expect(await sync()).toMatchObject({ namesSent: 0, namesAsked: 0 });
  expect(await link()).toMatchObject({ nameProblem: { why: 'refused-there' } });
  expect(await keep('customer')).toMatchObject({ status: 422, body: { code: 'client.refused' } });
  expect((await keep('client')).status).toBe(204);
  expect(await both()).toEqual(['Fabrikam', 'Fabrikam']);
});

it('a name that another customer has here is told, and so is a role that may not rename', async () => {
  await world.customer('Contoso');
  renameThere('Contoso');
  expect(await sync()).toMatchObject({ namesTaken: 0 });
  expect(await link()).toMatchObject({ nameProblem: { why: 'taken-here' } });
  const userId = world.superops.account('northwind')?.users[0]?.userId ?? '';
  world.superops.byHand('northwind', { act: 'forbid', userId, fields: ['updateClient'] });
  expect(await keep('customer')).toMatchObject({ status: 422, body: { code: 'client.refused' } });
  expect((await world.call('GET', 'superops-connection')).body.connection.state).toBe('connected');
});

it('nothing is decided by a name that is older than the one there', async () => {
  await renameHere('Fabrikam Two');
  // Renamed there after the list was read, and before names are compared.
  const before = ({ path }: { path: string }) => (path === 'client-names' ? renameThere('Fabrikam Three') : undefined);
  expect(await sync({ before })).toMatchObject({ namesSent: 0, namesTaken: 0 });
  expect(await both()).toEqual(['Fabrikam Two', 'Fabrikam Three']);
  expect(await sync()).toMatchObject({ namesAsked: 1 });
});

it.each([
  ['is lost', 'lose-reply'],
  ['is of another client', { answer: { data: { updateClient: { accountId: '1', name: 'Fabrikam Two' } } } }],
] as const)('a change whose answer %s was made, is written down, and is not made again', async (_what, effect) => {
  await renameHere('Fabrikam Two');
  world.superops.operationFaults.add({ operation: 'updateClient', effect, count: 1 });
  expect(await sync()).toMatchObject({ client: 0, namesSent: 1 });
  expect(await acts()).toContain('client.renamed');
  expect(await sync()).toMatchObject({ client: 1, namesSent: 0, namesTaken: 0, namesAsked: 0 });
  expect(await both()).toEqual(['Fabrikam Two', 'Fabrikam Two']);
});

it('a name is never written into an account that was connected meanwhile, although it has a client of that id', async () => {
  const account = world.superops.account('northwind');
  if (!account) throw new Error('There is no account');
  const { users, ...own } = structuredClone(account);
  const theirs = users.map((user) => ({ ...user, token: 'second' }));
  world.superops.putAccount({ ...own, subdomain: 'contoso', region: 'eu', users: theirs });
  await renameHere('Fabrikam Two');
  const takeOver = async () => {
    world.leaving.act = async () => undefined;
    world.superops.byHand('northwind', { act: 'new-token', userId: users[0]?.userId ?? '', token: 'newer' });
    await world.connect({ region: 'eu', subdomain: 'contoso', token: 'second' });
  };
  const before = ({ path }: { path: string }) => {
    if (path === 'client-names') world.leaving.act = takeOver;
  };
  expect(await sync({ before })).toMatchObject({ kind: 'retryable', code: 'account.changed' });
  expect(world.superops.account('contoso')?.clients[0]?.name).toBe('Fabrikam');
});
