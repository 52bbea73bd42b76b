import { serviceDatabase } from '@legendops/kit/db/tenant-database';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { silentLog } from '@legendops/kit/testing/silent-log';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { billingWorld, importCustomers, type BillingWorld } from '../testing/billing-world.ts';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { draftInvoices } from '../invoice/draft-invoices.ts';
import type { Changes } from '../contract.ts';
import { changeService, type ChangeService, type Waiting } from './service.ts';
import { changeStore } from './store.ts';

let world: BillingWorld;
let changes: ChangeService;
let state: 'active' | 'suspended' = 'active';
let looks = 0;
let failure: Error | undefined;

beforeAll(async () => {
  world = await billingWorld();
  const store = changeStore(serviceDatabase(world.database.pool('svc_billing')));
  changes = changeService({
    store: {
      since: async (scope, snapshot) => {
        looks += 1;
        if (failure !== undefined) throw failure;
        return store.since(scope, snapshot);
      },
    },
    registry: { find: async () => ({ state }) } as unknown as TenantRegistry,
    log: silentLog,
    everyMs: 10,
  });
  await world.connectPax8();
  await world.run({ name: 'usage-sync', work: syncFromPax8 });
  await importCustomers(world);
  await world.rows("insert into billing.price_rules (tenant_id, kind, markup_ppm) values ($1, 'markup', 250000)", [
    world.tenantId,
  ]);
  await world.run({ name: 'invoice-run', work: draftInvoices });
});
afterAll(() => world.close());

let after: string;
const wait = (more: Partial<Waiting> = {}): Promise<Changes> =>
  changes.after({ scope: { tenantId: world.tenantId }, role: 'tenant_admin', after, waitMs: 10_000, ...more });
const now = async (more: Partial<Waiting> = {}): Promise<string> => (await wait({ after: undefined, ...more })).next;
const anInvoice = async () => {
  const [invoice] = await world.rows<{ id: string; version: number; customer_id: string }>(
    'select id, version, customer_id from billing.invoices order by id limit 1',
  );
  if (invoice === undefined) throw new Error('There are no drafts');
  return invoice;
};
const change = (id: string) => world.rows('update billing.invoices set status = status where id = $1', [id]);
beforeEach(async () => {
  state = 'active';
  failure = undefined;
  after = await now();
});

describe('what changed', () => {
  it('is told with its rows, and not again', async () => {
    const { id, version } = await anInvoice();
    await change(id);
    const told = await wait();
    expect(told.changed).toEqual([{ topic: 'invoices', rows: [{ id, version: version + 1 }] }]);
    expect((await wait({ after: told.next, waitMs: 0 })).changed).toEqual([]);
  });

  it('is told to whoever waits for it', async () => {
    const { id, version } = await anInvoice();
    const told = wait();
    const alsoTold = wait();
    await change(id);
    const expected = [{ topic: 'invoices', rows: [{ id, version: version + 1 }] }];
    expect([(await told).changed, (await alsoTold).changed]).toEqual([expected, expected]);
  });

  it('is told although its transaction began before the last look and ended after it', async () => {
    const { id, version } = await anInvoice();
    const open = await world.database.pool('svc_billing').connect();
    await open.query(`begin; set local role app_service; set local app.tenant_id = '${world.tenantId}'`);
    await open.query('update billing.invoices set status = status where id = $1', [id]);
    const between = await now();
    await change(
      (await world.rows<{ id: string }>('select id from billing.invoices order by id desc limit 1'))[0]?.id ?? '',
    );
    const other = await wait({ after: between });
    expect(other.changed).toHaveLength(1);
    await open.query('commit');
    open.release();
    expect((await wait({ after: other.next })).changed).toEqual([
      { topic: 'invoices', rows: [{ id, version: version + 1 }] },
    ]);
  });

  it('is told without rows where one is gone, or where they are many', async () => {
    await world.rows('delete from billing.price_rules');
    const told = await wait();
    expect(told.changed).toEqual([{ topic: 'price-rules', rows: null }]);
    await world.rows(
      `insert into billing.customers (tenant_id, id, name, state, entity_version)
       select $1, app.uuid_v7(), 'Customer ' || n, 'active', 1 from generate_series(1, 30) n`,
      [world.tenantId],
    );
    expect((await wait({ after: told.next })).changed).toEqual([{ topic: 'customers', rows: null }]);
  });

  it('is what jobs do, too', async () => {
    await world.run({ name: 'usage-sync', work: syncFromPax8 });
    expect((await wait()).changed.map(({ topic }) => topic)).toEqual(expect.arrayContaining(['runs', 'usage']));
  });
});

describe('nobody is told', () => {
  const nothing = { waitMs: 100 };

  it('of another tenant', async () => {
    await change((await anInvoice()).id);
    const other = { tenantId: '0190f000-0000-7000-8000-0000000000ff' };
    const place = await now({ scope: other });
    await change((await anInvoice()).id);
    expect((await wait({ ...nothing, scope: other, after: place })).changed).toEqual([]);
  });

  it('of what the role may not read', async () => {
    const waiting = wait({ ...nothing, role: 'support_user' });
    await change((await anInvoice()).id);
    expect((await waiting).changed).toEqual([]);
  });

  it('who is a guest, of anything but what was posted to the own customer', async () => {
    const [last] = await world.rows<{ id: string; customer_id: string }>(
      'select id, customer_id from billing.invoices order by id desc limit 1',
    );
    const guest = {
      role: 'guest' as const,
      scope: { tenantId: world.tenantId, customerId: last?.customer_id ?? '' },
    };
    const place = await now(guest);
    await world.rows('update billing.invoices set status = status');
    await world.run({ name: 'usage-sync', work: syncFromPax8 });
    expect((await wait({ ...nothing, ...guest, after: place })).changed).toEqual([]);
    const waiting = wait({ ...guest, after: place });
    await world.rows("update billing.invoices set status = 'posted', approved_hash = content_hash where id = $1", [
      last?.id,
    ]);
    // To them it is a new one, of which they know no earlier version.
    expect((await waiting).changed).toEqual([{ topic: 'invoices', rows: null }]);
  });
});

describe('a place', () => {
  it('says how many rows there are of what the role may read, and of nothing else', async () => {
    const countsAt = (place: string): string[] =>
      Object.keys((JSON.parse(Buffer.from(place, 'base64url').toString()) as [string, object])[1]).toSorted();
    expect(countsAt(await now())).toEqual(expect.arrayContaining(['customers', 'invoices', 'runs']));
    const place = await now({ role: 'support_user' });
    expect(countsAt(place)).toEqual(['customers']);
    const waiting = wait({ role: 'support_user', after: place });
    await world.rows("update billing.customers set name = name || '!', entity_version = entity_version + 1");
    const { next, changed } = await waiting;
    expect([countsAt(next), changed.map(({ topic }) => topic)]).toEqual([['customers'], ['customers']]);
  });
});

describe('waiting', () => {
  it('ends when nothing happens, at a place to go on from', async () => {
    const { next, changed } = await wait({ waitMs: 30 });
    expect(changed).toEqual([]);
    const { id } = await anInvoice();
    await change(id);
    expect((await wait({ after: next })).changed[0]?.rows?.[0]?.id).toBe(id);
  });

  it('is one look at a time for all who wait for a tenant', async () => {
    const before = looks;
    await Promise.all(Array.from({ length: 50 }, () => wait({ waitMs: 200 })));
    // Each looks once for itself when it comes; the rest, up to 20 looks in this time, is shared.
    expect(looks - before).toBeLessThanOrEqual(50 + 20);
  });

  it('ends with the client', async () => {
    const client = new AbortController();
    const waiting = wait({ signal: client.signal });
    client.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    const before = looks;
    await expect(wait({ signal: client.signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(looks).toBe(before);
  });

  it('ends with the tenant', async () => {
    const waiting = wait();
    state = 'suspended';
    await expect(waiting).rejects.toMatchObject({ code: 'tenant.suspended' });
  });

  it('ends with an error when the database is away, and is taken up at the same place', async () => {
    const waiting = wait();
    const { id } = await anInvoice();
    failure = new Error('away');
    await expect(waiting).rejects.toThrow('away');
    failure = undefined;
    await change(id);
    expect((await wait()).changed[0]?.rows?.[0]?.id).toBe(id);
  });

  it.each([
    '',
    'x',
    Buffer.from('["5:4:",{}]').toString('base64url'),
    Buffer.from('["0:0:",{}]').toString('base64url'),
  ])('refuses the place %j', async (place) => {
    await expect(wait({ after: place })).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it('ends at once when the process is about to end, without losing the place', async () => {
    const before = looks;
    const waiting = wait();
    await expect.poll(() => looks).toBeGreaterThan(before + 1);
    changes.letGo();
    const { changed, next } = await waiting;
    expect(changed).toEqual([]);
    await change((await anInvoice()).id);
    expect((await wait({ after: next })).changed).toHaveLength(1);
  });
});
