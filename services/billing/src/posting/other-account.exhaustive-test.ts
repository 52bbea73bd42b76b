import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realmId } from '../testing/billing-world.ts';
import { otherRealmId, postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
beforeEach(async () => {
  t = await postingWorld();
});
afterEach(() => t.world.close());

describe('another account', () => {
  it('keep what may be in the first ones in doubt, and say where it may be', async () => {
    await t.postWithoutAnswer();
    await t.world.connectQuickBooks(otherRealmId);
    await t.world.post();
    const { status, posting } = await t.invoiceOf('Fabrikam');
    expect([status, posting.code]).toEqual(['in-doubt', 'other-company']);
    expect(posting.detail).toContain('Northwind Books');
    expect(t.invoicesInQuickBooks(otherRealmId)).toEqual([]);
    await t.world.connectQuickBooks();
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks()).toHaveLength(1);
  });

  it('get nothing of what may be in the first ones without its note', async () => {
    const written = await t.postWithoutAnswer();
    written.PrivateNote = '';
    await t.world.rows("update billing.postings set request_id = 'forgotten'");
    await t.world.post();
    expect(await t.outcome()).toEqual(['failed', 'invoice-unmarked']);
    await t.world.connectQuickBooks(otherRealmId);
    await t.post();
    await t.world.post();
    expect(await t.outcome()).toEqual(['in-doubt', 'other-company']);
    expect(t.invoicesInQuickBooks(otherRealmId)).toEqual([]);
  });

  it('get what was never sent to the first ones', async () => {
    await t.post();
    t.world.quickbooks.putCompany({ realmId, name: 'Northwind Books', state: 'rights-lost' });
    await t.world.post();
    await t.world.connectQuickBooks(otherRealmId);
    await t.world.post();
    expect(await t.outcome()).toEqual(['failed', 'other-company']);
    await t.post();
    await t.world.post();
    expect(t.invoicesInQuickBooks(otherRealmId)).toHaveLength(1);
  });

  it('are not paused for a difference in the first ones', async () => {
    await t.post();
    const { store, scope, claimed } = await t.claim(300);
    await t.world.connectQuickBooks(otherRealmId);
    const differs = { code: 'total-differs', detail: 'x', pausesPosting: true };
    await store.settle(scope, claimed, { state: 'posted', quickBooksId: '1', syncToken: '0', ...differs });
    expect((await t.connection()).state).toBe('connected');
  });

  it('are not posted to what was meant for the first ones', async () => {
    await t.post();
    await t.world.connectQuickBooks(otherRealmId);
    await t.world.post();
    expect(await t.outcome()).toEqual(['failed', 'other-company']);
    await t.post();
    await t.world.post();
    expect(t.invoicesInQuickBooks(otherRealmId)).toHaveLength(1);
  });
});

describe('an account that does not fit', () => {
  it('in another currency get nothing', async () => {
    t.world.quickbooks.putCompany({ realmId, name: 'Northwind Books', currency: 'CAD' });
    await t.post();
    await t.world.post();
    expect(await t.outcome()).toEqual(['failed', 'currency-differs']);
    expect(t.invoicesInQuickBooks()).toEqual([]);
    t.world.quickbooks.putCompany({ realmId, name: 'Northwind Books' });
    await t.post();
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
  });

  it('get nothing in a currency with three decimals', async () => {
    await t.post();
    await t.world.rows("update billing.invoices set currency = 'KWD'");
    await t.world.post();
    expect(await t.outcome()).toEqual(['failed', 'currency-unsupported']);
    expect(t.invoicesInQuickBooks()).toEqual([]);
  });

  it('that answer another total are posted to no more until a person has looked', async () => {
    await t.post();
    await t.post('Tailspin Toys');
    const PrivateNote = `LegendOps ${(await t.invoiceOf('Fabrikam')).id}`;
    t.arm({ body: { Invoice: { Id: '77', SyncToken: '0', DocNumber: 'LO000001L', TotalAmt: 1, PrivateNote } } });
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', 'total-differs']);
    expect(await t.connection()).toMatchObject({ state: 'paused', failure: expect.stringContaining('LO000001L') });
    // Approved and asked for before: it waits with the rest.
    expect(await t.outcome('Tailspin Toys')).toEqual(['posting', null]);
    await t.world.connectQuickBooks();
    expect(await t.connection()).toMatchObject({ state: 'connected', accountName: 'Northwind Books', failure: null });
    await t.world.post();
    expect(await t.outcome('Tailspin Toys')).toEqual(['posted', null]);
  });

  it('that lost the right are to be connected again, and are left alone until then', async () => {
    await t.post();
    t.world.quickbooks.putCompany({ realmId, name: 'Northwind Books', state: 'rights-lost' });
    await t.world.post();
    expect(await t.outcome()).toEqual(['posting', 'reconnect']);
    const lost = { state: 'reconnect', failure: 'QuickBooks no longer accepts this connection' };
    expect(await t.connection()).toMatchObject({ ...lost, accountName: 'Northwind Books' });
    const before = (await t.world.rows<{ attempts: number }>('select attempts from billing.postings'))[0];
    await t.world.post();
    expect((await t.world.rows('select attempts from billing.postings'))[0]).toEqual(before);
  });
});

describe('reconcile', () => {
  it('resolves only what it has looked at', async () => {
    await t.post();
    await t.world.post();
    t.invoicesInQuickBooks().pop();
    const open = async () => (await t.call('GET', 'exceptions')).body.data.map(({ code }: { code: string }) => code);
    await t.reconcile();
    expect(await open()).toContain('posted.missing');
    await t.world.connectQuickBooks(otherRealmId);
    await t.reconcile();
    expect(await open()).toContain('posted.missing');
  });
});

describe('an exception', () => {
  it('that a person has seen to is gone until a run has something else to say', async () => {
    await t.post();
    await t.world.post();
    const [written] = t.invoicesInQuickBooks();
    const totals = async (): Promise<{ id: string }[]> =>
      (await t.call('GET', 'exceptions')).body.data.filter(
        ({ code }: { code: string }) => code === 'posted.total-differs',
      );
    Object.assign(written ?? {}, { TotalAmt: 1 });
    await t.reconcile();
    const [told] = await totals();
    expect((await t.call('POST', `exceptions/${told?.id}/dismissal`)).status).toBe(204);
    await t.reconcile();
    expect(await totals()).toEqual([]);
    Object.assign(written ?? {}, { TotalAmt: 2 });
    await t.reconcile();
    expect(await totals()).toHaveLength(1);
    expect((await t.call('POST', 'exceptions/0190f000-0000-7000-8000-00000000000f/dismissal')).body.code).toBe(
      'exception.not-found',
    );
  });
});
