import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { draftInvoices } from '../invoice/draft-invoices.ts';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { billingWorld, importCustomers, realmId, type BillingWorld } from '../testing/billing-world.ts';
import { postingStore } from './store.ts';

const otherRealm = '9130350000000002';

let world: BillingWorld;
beforeEach(async () => {
  world = await billingWorld();
  await world.connectPax8();
  await world.run({ name: 'usage-sync', work: syncFromPax8 });
  await importCustomers(world);
  await call('POST', 'price-rules', { kind: 'markup', markupPercent: '25' });
  await world.run({ name: 'invoice-run', work: draftInvoices });
  await world.connectQuickBooks();
});
afterEach(() => world.close());

let keys = 0;
const call = (method: string, path: string, body?: unknown) =>
  world.api.call(method, `/api/billing/v1/${path}`, {
    actor: { tenantId: world.tenantId },
    ...(body !== undefined && { body }),
    headers: { 'idempotency-key': `key-${(keys += 1)}` },
  });
const invoiceOf = async (customer: string) => {
  const { data } = (await call('GET', 'invoices')).body;
  const { id } = data.find(({ customerName }: { customerName: string }) => customerName === customer);
  return (await call('GET', `invoices/${id}`)).body;
};
const post = async (customer = 'Fabrikam') => {
  const { id, status, contentHash } = await invoiceOf(customer);
  if (status === 'draft') await call('POST', `invoices/${id}/approval`, { contentHash });
  return (await call('POST', `invoices/${id}/posting`)).body;
};
const outcome = async (customer = 'Fabrikam') => {
  const { status, posting } = await invoiceOf(customer);
  return [status, posting?.code];
};
const books = (realm = realmId) => world.quickbooks.company(realm)?.objects.Invoice ?? [];
const arm = (fault: object, match: object = {}) =>
  world.quickbooks.faults.add([{ match: { method: 'POST', path: '/invoice', count: 1, ...match }, fault }]);
const connection = async () =>
  (await call('GET', 'connections')).body.data.find(({ vendor }: { vendor: string }) => vendor === 'quickbooks');

/** In doubt, and in the books. */
const postWithoutAnswer = async () => {
  await post();
  arm({ dropConnection: 'after' });
  await world.post();
  expect(await outcome()).toEqual(['in-doubt', expect.anything()]);
  const [written] = books();
  if (!written) throw new Error('QuickBooks has written it');
  return written;
};

describe('an invoice is in QuickBooks once', () => {
  it.each([408, 409, 425, 502])('after a %i that came although it was written', async (status) => {
    await post();
    arm({ status, body: {}, committed: true });
    await world.post();
    expect((await outcome())[0]).toBe('in-doubt');
    await world.post();
    expect(await outcome()).toEqual(['posted', null]);
    expect(books()).toHaveLength(1);
  });

  it.each([
    ['removed the note', ''],
    ['wrote before it', 'checked. '],
  ])('after a person %s', async (_title, before) => {
    const written = await postWithoutAnswer();
    written.PrivateNote = before === '' ? '' : `${before}${written.PrivateNote}`;
    await world.post();
    expect(await outcome()).toEqual(['posted', null]);
    expect(books()).toHaveLength(1);
  });

  it('after a person changed note and total: it waits for one, however often it is posted again', async () => {
    const written = await postWithoutAnswer();
    Object.assign(written, { PrivateNote: '', TotalAmt: 1 });
    for (let again = 0; again < 3; again += 1) {
      await world.post();
      expect(await outcome()).toEqual(['failed', 'invoice-changed']);
      await post();
    }
    Object.assign(written, { TotalAmt: 853.63 });
    await world.post();
    expect(await outcome()).toEqual(['posted', null]);
    expect(books()).toHaveLength(1);
  });

  it.each(['6000', 'doc-number-taken'])('when an earlier try was taken for failed with %s', async (code) => {
    await postWithoutAnswer();
    await world.rows("update billing.postings set state = 'failed', code = $1", [code]);
    await world.rows("update billing.invoices set status = 'failed' where status = 'in-doubt'");
    await post();
    await world.post();
    expect((await outcome())[0]).toBe('posted');
    expect(books()).toHaveLength(1);
  });

  it('when QuickBooks says that it has this number, and does not show it yet', async () => {
    await post();
    const fault = {
      Fault: { Error: [{ Message: 'Duplicate Document Number', code: '6140' }], type: 'ValidationFault' },
    };
    arm({ status: 400, body: fault }, { count: 2 });
    for (let again = 0; again < 2; again += 1) {
      await world.post();
      expect(await outcome()).toEqual(['in-doubt', '6140']);
    }
    await world.post();
    expect(await outcome()).toEqual(['posted', null]);
    expect(books()).toHaveLength(1);
  });

  it('when an attempt outlives its claim: its outcome no longer counts', async () => {
    await post();
    const pool = world.database.pool('svc_billing');
    const store = postingStore(serviceDatabase(pool), platformDatabase(pool));
    const scope = { tenantId: world.tenantId };
    const [due] = await store.due([]);
    const slow = due && (await store.claim(scope, due.id, 0));
    if (!slow) throw new Error('It can be claimed');
    expect(await store.due([world.tenantId])).toEqual([]);
    await world.post();
    expect(await store.settle(scope, slow, { state: 'failed', code: 'late', detail: 'too late' })).toBe(false);
    expect(await outcome()).toEqual(['posted', null]);
  });
});

describe('other books', () => {
  beforeEach(() => {
    world.quickbooks.putCompany({ realmId: otherRealm, name: 'Northwind Europe' });
  });

  it('keep what may be in the first ones in doubt, and say where it may be', async () => {
    await postWithoutAnswer();
    await world.connectQuickBooks(otherRealm);
    await world.post();
    const { status, posting } = await invoiceOf('Fabrikam');
    expect([status, posting.code]).toEqual(['in-doubt', 'other-company']);
    expect(posting.detail).toContain('Northwind Books');
    expect(books(otherRealm)).toEqual([]);
    await world.connectQuickBooks();
    await world.post();
    expect(await outcome()).toEqual(['posted', null]);
    expect(books()).toHaveLength(1);
  });

  it('are not posted to what was meant for the first ones', async () => {
    await post();
    await world.connectQuickBooks(otherRealm);
    await world.post();
    expect(await outcome()).toEqual(['failed', 'other-company']);
    await post();
    await world.post();
    expect(books(otherRealm)).toHaveLength(1);
  });
});

describe('books that do not fit', () => {
  it('in another currency get nothing', async () => {
    world.quickbooks.putCompany({ realmId, name: 'Northwind Books', currency: 'CAD' });
    await post();
    await world.post();
    expect(await outcome()).toEqual(['failed', 'currency-differs']);
    expect(books()).toEqual([]);
  });

  it('get nothing in a currency with three decimals', async () => {
    await world.rows("update billing.invoices set currency = 'KWD'");
    await post();
    await world.post();
    expect(await outcome()).toEqual(['failed', 'currency-unsupported']);
    expect(books()).toEqual([]);
  });

  it('that answer another total are posted to no more until a person has looked', async () => {
    await post();
    arm({ body: { Invoice: { Id: '77', SyncToken: '0', DocNumber: 'LO000001L', TotalAmt: 1 } } });
    await world.post();
    expect(await outcome()).toEqual(['posted', 'total-differs']);
    expect(await connection()).toMatchObject({ state: 'paused', detail: expect.stringContaining('LO000001L') });
    expect((await post('Tailspin Toys')).code).toBe('connection.paused');
    await world.connectQuickBooks();
    await post('Tailspin Toys');
    await world.post();
    expect(await outcome('Tailspin Toys')).toEqual(['posted', null]);
  });

  it('that lost the right are to be connected again, and are left alone until then', async () => {
    await post();
    world.quickbooks.putCompany({ realmId, name: 'Northwind Books', state: 'rights-lost' });
    await world.post();
    expect(await outcome()).toEqual(['posting', 'reconnect']);
    expect((await connection()).state).toBe('reconnect');
    const before = (await world.rows<{ attempts: number }>('select attempts from billing.postings'))[0];
    await world.post();
    expect((await world.rows('select attempts from billing.postings'))[0]).toEqual(before);
  });
});

describe('two customers of one name', () => {
  it('do not share one in QuickBooks', async () => {
    await world.rows("update billing.customers set name = 'Contoso'");
    await world.run({ name: 'invoice-run', work: draftInvoices });
    const { data } = (await call('GET', 'invoices')).body;
    for (const { id, contentHash } of data) {
      await call('POST', `invoices/${id}/approval`, { contentHash });
      await call('POST', `invoices/${id}/posting`);
      await world.post();
    }
    const states = async () =>
      world.rows(
        'select status, code from billing.invoices i join billing.postings p on p.invoice_id = i.id order by generation, status desc',
      );
    expect(await states()).toEqual([
      { status: 'posted', code: null },
      { status: 'failed', code: 'customer-shared' },
    ]);
    expect(books()).toHaveLength(1);
    await world.rows(
      "update billing.customers set name = 'Contoso East' where id in (select customer_id from billing.invoices where status = 'failed')",
    );
    const failed = (await world.rows<{ id: string }>("select id from billing.invoices where status = 'failed'"))[0];
    await call('POST', `invoices/${failed?.id}/posting`);
    await world.post();
    expect(new Set(books().map(({ CustomerRef }) => CustomerRef?.name))).toEqual(new Set(['Contoso', 'Contoso East']));
  });
});
