import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import { mirrorWorld, type Asked, type MirrorWorld } from '../testing/mirror-world.ts';

let world: MirrorWorld;
beforeAll(async () => {
  world = await mirrorWorld();
});
afterAll(() => world.close());
beforeEach(() => world.begin());

const account = () => {
  const found = world.superops.account('northwind');
  if (!found) throw new Error('There is no account');
  return found;
};
const first = <Row>(rows: readonly Row[]): Row => {
  const [row] = rows;
  if (row === undefined) throw new Error('There is none');
  return row;
};
const byHand = (act: Parameters<MirrorWorld['superops']['byHand']>[1]) => world.superops.byHand('northwind', act);
const newToken = () => byHand({ act: 'new-token', userId: first(account().users).userId, token: 'newer' });
const names = async (kind: string) => (await world.mirror<{ name: string }>(kind, 'name')).map(({ name }) => name);
const gone = async (kind: string) =>
  (await world.mirror<{ name: string; gone: boolean }>(kind, 'name, gone_at is not null as gone'))
    .filter((row) => row.gone)
    .map(({ name }) => name);
const held = () =>
  world.rows(
    'select kind, subject, name, fields, resolved_at is null as open from portal.superops_held order by subject',
  );
const runs = () => world.rows('select state, code from portal.runs order by fence');

type Answer = { rows?: Record<string, unknown>[] };
/** Notes which lists are asked for, and since when. */
const noting = (lists: string[]) => ({
  before: ({ kind, changedAfter }: Asked) => {
    if (kind !== undefined) lists.push([kind, ...(changedAfter === undefined ? [] : [changedAfter])].join(' '));
  },
});
/** Does something before the nth list is asked for. */
const beforeList = (nth: number, act: () => unknown) => {
  let lists = 0;
  return {
    before: async ({ kind }: Asked) => {
      if (kind !== undefined && (lists += 1) === nth) await act();
    },
  };
};
const later = '2026-11-22T07:00:00Z';
const nextDay = '2026-11-23T07:00:00Z';

describe('the mirror', () => {
  it('has what SuperOps has, each kind of it, and the conversations', async () => {
    expect(await world.sync()).toEqual({
      client: 2,
      site: 2,
      contact: 4,
      technician: 1,
      ticket: 2,
      asset: 4,
      contract: 1,
      item: 0,
      message: 4,
      gone: 0,
      held: 0,
      namesSent: 0,
      namesTaken: 0,
      namesAsked: 0,
    });
    const [fabrikam] = await world.mirror<{ id: string; client_id: string; body: object }>('client');
    expect(fabrikam).toMatchObject({
      id: fabrikam?.client_id,
      body: { name: 'Fabrikam', emailDomains: ['fabrikam.example'] },
    });
    expect(fabrikam?.id.length).toBeGreaterThan(16);
    expect(await world.mirror('ticket', 'name, client_id, changed_at::text')).toMatchObject([
      { name: 'Printer on the second floor of Fabrikam', client_id: fabrikam?.id, changed_at: /^2026-11-02 10:05:00/ },
      {},
    ]);
    expect(await world.mirror('message', "name, body->>'content' as said")).toMatchObject([
      { name: 'DESCRIPTION', said: 'It prints blank pages.' },
      {},
      { name: 'TECH_REPLY' },
      {},
    ]);
  });

  it('is not written where nothing has changed, and asks for what changed since, with an overlap', async () => {
    await world.sync();
    const lists: string[] = [];
    const none = { client: 0, ticket: 0, asset: 0, message: 0, gone: 0 };
    expect(await world.sync({ at: later, ...noting(lists) })).toMatchObject(none);
    const ofTickets = 'ticket 2026-11-01T10:05:00';
    expect(lists).toEqual(['client', 'site', 'contact', 'technician', ofTickets, 'asset', 'contract', 'item']);
  });

  it('has a reply that came since, and reads the conversation of that ticket alone', async () => {
    await world.sync();
    const { ticketId } = first(account().tickets);
    byHand({ act: 'reply', ticketId: String(ticketId), content: 'Still blank' });
    expect(await world.sync({ at: later })).toMatchObject({ ticket: 1, message: 1 });
    expect(await world.sync({ at: nextDay })).toMatchObject({ ticket: 0, message: 0 });
  });

  it('says of what was deleted there that it is gone, the first time that a whole list does not show it', async () => {
    await world.sync();
    const fabrikam = first(account().clients);
    byHand({ act: 'delete-client', accountId: String(fabrikam.accountId) });
    expect(await world.sync({ at: later })).toMatchObject({ gone: 1 + 1 + 2 + 2 + 1 });
    expect([await gone('client'), await gone('ticket')]).toEqual([['Fabrikam'], []]);
    expect(await world.sync({ at: nextDay })).toMatchObject({ gone: 1 });
    expect(await gone('ticket')).toEqual(['Printer on the second floor of Fabrikam']);
    account().clients.push(fabrikam);
    await world.sync({ at: '2026-11-24T07:00:00Z' });
    expect(await gone('client')).toEqual([]);
  });

  it('takes nothing for gone that left its page while the list was read', async () => {
    await world.sync();
    const hidden = account().contacts.splice(0, 1);
    let lists = 0;
    const before = ({ kind }: Asked) => {
      if (kind === 'contact' && (lists += 1) === 2) account().contacts.push(...hidden);
    };
    // Nor where the second reading has it so that nobody can say which it is.
    const after = ({ kind }: Asked, { rows = [] }: Answer) => {
      for (const row of rows) if (kind === 'contact' && row.userId === hidden[0]?.userId) row.userId = 'seven';
    };
    expect(await world.sync({ at: later, before, after })).toMatchObject({ gone: 0, held: 1 });
    expect([lists, await gone('contact')]).toEqual([2, []]);
    expect(await held()).toMatchObject([{ fields: 'userId', open: true }]);
  });

  it('keeps values that nobody knows, times without sense and characters that no database takes', async () => {
    Object.assign(first(account().tickets), { status: 'Parked next year', updatedTime: '2026-11-02 10:05 CET' });
    Object.assign(first(account().assets), { name: 'LAP\u0000TOP' });
    expect(await world.sync()).toMatchObject({ ticket: 2, asset: 4, held: 0 });
    expect(await world.mirror('ticket', "body->>'status' as status, changed_at")).toMatchObject([
      { status: 'Parked next year', changed_at: null },
      {},
    ]);
    expect(await names('asset')).toContain('LAPTOP');
  });

  it('never waits for a change of the future', async () => {
    Object.assign(first(account().tickets), { updatedTime: '2031-01-01T00:00:00' });
    await world.sync();
    const lists: string[] = [];
    await world.sync({ at: later, ...noting(lists) });
    expect(lists).toContain('ticket 2026-11-21T06:00:00');
  });

  it('goes with the connection', async () => {
    await world.sync();
    await world.call('DELETE', 'superops-connection');
    expect(await world.rows('select from portal.superops_objects')).toEqual([]);
    expect(await world.rows('select from portal.superops_reads')).toEqual([]);
  });
});

describe('a record that cannot be read', () => {
  it('is held alone and named by its id, its name and its fields, until it can', async () => {
    const { assetId } = first(account().assets);
    const after = (_asked: Asked, { rows = [] }: Answer) => {
      for (const row of rows) if (row.assetId === assetId) row.serialNumber = { secret: 'value' };
    };
    expect(await world.sync({ after })).toMatchObject({ asset: 3, held: 1, message: 4 });
    expect(await held()).toEqual([
      { kind: 'asset', subject: assetId, name: 'LAPTOP-01', fields: 'serialNumber', open: true },
    ]);
    expect(await world.sync({ at: later })).toMatchObject({ asset: 1, held: 0 });
    expect(await held()).toMatchObject([{ open: false }]);
  });

  it('is named by its place where its id is what is wrong, and nothing is taken for gone meanwhile', async () => {
    await world.sync();
    const after = ({ kind }: Asked, { rows = [] }: Answer) => {
      if (kind === 'client') for (const row of rows) row.accountId = 'seven';
    };
    expect(await world.sync({ at: later, after })).toMatchObject({ client: 0, gone: 0, held: 2 });
    expect(await held()).toMatchObject([
      { subject: 'page 1, row 1', name: 'Fabrikam', fields: 'accountId' },
      { subject: 'page 1, row 2' },
    ]);
  });
});

describe('a run', () => {
  it('is done where SuperOps is not connected', async () => {
    await world.call('DELETE', 'superops-connection');
    expect(await world.sync()).toEqual({});
    expect(await runs()).toEqual([{ state: 'done', code: null }]);
  });

  it('goes on with a token that was replaced and connected anew in the middle', async () => {
    const replaced = beforeList(4, async () => {
      newToken();
      await world.connect({ token: 'newer' });
    });
    expect(await world.sync(replaced)).toMatchObject({ client: 2, contract: 1 });
  });

  it('needs a person where it was replaced and nobody has said so, and carries on where it stopped', async () => {
    const end = await world.sync(beforeList(4, newToken));
    expect(end).toMatchObject({ kind: 'needsPerson', code: 'connection.refused' });
    expect((await world.call('GET', 'superops-connection')).body.connection).toMatchObject({ state: 'reconnect' });
    await world.connect({ token: 'newer' });
    const lists: string[] = [];
    expect(await world.sync(noting(lists))).toMatchObject({ technician: 1, ticket: 2 });
    expect(lists).toEqual(['technician', 'ticket', 'asset', 'contract', 'item']);
    expect(await runs()).toEqual([
      { state: 'needs-person', code: 'connection.refused' },
      { state: 'done', code: null },
    ]);
  });

  it('may be tried again where SuperOps answers with a page of HTML', async () => {
    world.superops.faults.add([{ match: { path: '/msp' }, fault: { html: true } }]);
    const end = await world.sync();
    expect(end).toBeInstanceOf(JobFailure);
    expect(end).toMatchObject({ kind: 'retryable', code: 'vendor.unavailable' });
    world.superops.faults.clear();
    expect(await world.sync()).toMatchObject({ client: 2 });
  });

  it('keeps nothing of an account that was given up for another one meanwhile', async () => {
    const other = () => world.connect({ region: 'eu', subdomain: 'contoso', token: 'second' });
    const after = async ({ kind }: Asked) => (kind === 'client' ? other() : undefined);
    expect(await world.sync({ after })).toMatchObject({ kind: 'retryable', code: 'account-changed' });
    expect(await names('client')).toEqual([]);
    expect(await world.sync()).toMatchObject({ client: 2 });
  });

  it('writes no more once a newer one has begun', async () => {
    const begun = () => world.rows("update portal.runs set state = 'failed', finished_at = now()");
    expect(await world.sync({ begun })).toMatchObject({ kind: 'retryable', code: 'superseded' });
    expect(await names('client')).toEqual([]);
  });
});

describe('the lists of a customer', () => {
  let customerId: string;
  const clientId = () => String(account().clients.find(({ name }) => name === 'Fabrikam')?.accountId);
  const read = async (list: string) => (await world.call('GET', `customers/${customerId}/${list}`)).body;
  beforeEach(async () => {
    customerId = await world.customer('Fabrikam');
    await world.call('PUT', `client-links/${clientId()}`, { body: { customerId } });
  });
  const away = () => world.superops.faults.add([{ match: { path: '/msp' }, fault: { status: 503 } }]);

  it('are asked of SuperOps until it was read, and then shown as of that reading, whether it answers or not', async () => {
    expect(await read('tickets')).toMatchObject({ data: [{ status: 'Open' }], asOf: null });
    await world.sync();
    away();
    expect(await read('tickets')).toMatchObject({
      client: { clientName: 'Fabrikam', isGone: false },
      data: [{ subject: 'Printer on the second floor of Fabrikam', updatedAt: '2026-11-02T10:05:00Z' }],
      more: false,
      asOf: '2026-11-22T06:00:00Z',
    });
    expect((await read('devices')).data).toMatchObject([{ name: 'LAPTOP-01' }, { name: 'SERVER-01' }]);
    expect(await read('tickets?fresh=true')).toMatchObject({ code: 'vendor.unavailable' });
  });

  it('are asked anew where somebody wants it, and after something was written from here', async () => {
    await world.sync({ at: '2026-11-02T11:00:00Z' });
    Object.assign(first(account().tickets), { status: 'Resolved' });
    expect(await read('tickets')).toMatchObject({ data: [{ status: 'Open' }] });
    expect(await read('tickets?fresh=true')).toMatchObject({ data: [{ status: 'Resolved' }], asOf: null });
    await world.api.call('POST', `/api/portal/v1/customers/${customerId}/tickets`, {
      actor: { tenantId: world.tenantId },
      body: { subject: 'A new laptop', text: 'By Monday', status: 'Open' },
      headers: { 'idempotency-key': 'one' },
    });
    expect((await read('tickets')).data).toHaveLength(2);
  });

  it('say of a client that was merged or deleted there that it is gone', async () => {
    await world.sync();
    byHand({ act: 'delete-client', accountId: clientId() });
    expect(await read('tickets?fresh=true')).toMatchObject({ client: { isGone: true }, data: [] });
    await world.sync({ at: later });
    expect(await read('tickets')).toMatchObject({ client: { clientName: 'Fabrikam', isGone: true } });
  });

  it('are told beside what else was read, which records are held, and how the run went', async () => {
    const overview = async () => (await world.call('GET', 'superops-mirror')).body;
    expect(await overview()).toEqual({ kinds: [], held: [], lastRun: null });
    const after = (_asked: Asked, { rows = [] }: Answer) => {
      for (const row of rows) if (row.name === 'LAPTOP-01') row.serialNumber = 7;
    };
    await world.sync({ after });
    const { kinds, held: records, lastRun } = await overview();
    expect(kinds).toContainEqual({ kind: 'asset', count: 2, gone: 0, readAt: '2026-11-22T06:00:00Z' });
    expect(records).toMatchObject([{ kind: 'asset', name: 'LAPTOP-01', fields: 'serialNumber' }, { kind: 'asset' }]);
    expect(lastRun).toMatchObject({ state: 'done', code: null });
  });
});
