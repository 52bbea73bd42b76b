import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '@legendops/kit/contract/permissions';
import { draftInvoices } from '../invoice/draft-invoices.ts';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { billingWorld, importCustomers, realmId, type BillingWorld } from '../testing/billing-world.ts';

let world: BillingWorld;
let invoiceId: string;
beforeEach(async () => {
  world = await billingWorld();
  await world.connectPax8();
  await world.run({ name: 'usage-sync', work: syncFromPax8 });
  await importCustomers(world);
  await call('POST', 'price-rules', { kind: 'markup', markupPercent: '25' });
  await world.run({ name: 'invoice-run', work: draftInvoices });
  await world.connectQuickBooks();
  const { data } = (await call('GET', 'invoices')).body;
  invoiceId = data.find(({ customerName }: { customerName: string }) => customerName === 'Fabrikam').id;
});
afterEach(() => world.close());

let keys = 0;
const call = (method: string, path: string, body?: unknown, role: Role = 'tenant_admin') =>
  world.api.call(method, `/api/billing/v1/${path}`, {
    actor: { tenantId: world.tenantId, role },
    ...(body !== undefined && { body }),
    headers: { 'idempotency-key': `key-${(keys += 1)}` },
  });
const invoice = async () => (await call('GET', `invoices/${invoiceId}`)).body;
const approve = async () =>
  call('POST', `invoices/${invoiceId}/approval`, { contentHash: (await invoice()).contentHash });
const post = () => call('POST', `invoices/${invoiceId}/posting`);
const invoicesInQuickBooks = async (): Promise<{ DocNumber: string; TotalAmt: number }[]> =>
  (await fetch(`${world.quickbooks.url}/_control/companies/${realmId}/invoices`)).json() as never;
const arm = (fault: object, match: object) => world.quickbooks.faults.add([{ match, fault }]);
const creates = { method: 'POST', path: '/invoice' };

describe('approval', () => {
  it('is of what the person saw', async () => {
    expect((await call('POST', `invoices/${invoiceId}/approval`, { contentHash: 'something else' })).body.code).toBe(
      'invoice.changed',
    );
    expect((await approve()).body.status).toBe('approved');
    expect((await approve()).body).toMatchObject({
      code: 'invoice.wrong-state',
      detail: expect.stringContaining('close this'),
    });
  });

  it('is for administrators, and of invoices that are there', async () => {
    expect((await call('POST', `invoices/${invoiceId}/approval`, { contentHash: 'x' }, 'billing_viewer')).status).toBe(
      403,
    );
    const unknown = '0190f000-0000-7000-8000-00000000000f';
    expect((await call('POST', `invoices/${unknown}/approval`, { contentHash: 'x' })).body.code).toBe(
      'invoice.not-found',
    );
  });
});

describe('posting', () => {
  it('is refused for a draft, and without a connection', async () => {
    expect((await post()).body).toMatchObject({
      code: 'invoice.wrong-state',
      detail: expect.stringContaining('press “Approve” first'),
    });
    await approve();
    await world.rows('delete from billing.connections');
    expect((await post()).body.code).toBe('connection.missing');
  });

  it('ends once in QuickBooks, with our number and the same total', async () => {
    await approve();
    expect((await post()).body).toMatchObject({ status: 'posting', docNumber: 'LO000001L' });
    await post();
    await world.post();
    await world.post();
    expect(await invoice()).toMatchObject({ status: 'posted', posting: { state: 'posted', code: null } });
    expect(await invoicesInQuickBooks()).toMatchObject([{ DocNumber: 'LO000001L', TotalAmt: 853.63 }]);
    expect((await post()).body.status).toBe('posted');
    await world.post();
    expect(await invoicesInQuickBooks()).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['the reply is lost after QuickBooks wrote it', { dropConnection: 'after' }],
    ['the connection is lost before', { dropConnection: 'before' }],
    ['the body breaks off', { truncate: 30 }],
    ['a sign-in page comes under 200', { html: true, committed: true }],
    ['an empty 200 comes', { empty: true, committed: true }],
    ['a 500 comes although it was written', { status: 500, body: {}, committed: true }],
    ['a 503 comes and nothing was written', { status: 503, body: {} }],
  ])('is in doubt when %s, and settled by looking: one invoice', async (_title, fault) => {
    await approve();
    await post();
    arm(fault, { ...creates, count: 1 });
    await world.post();
    expect((await invoice()).status).toBe('in-doubt');
    await world.post();
    expect((await invoice()).status).toBe('posted');
    expect(await invoicesInQuickBooks()).toHaveLength(1);
  });

  it('waits while QuickBooks is too busy or away, and says so', async () => {
    await approve();
    await post();
    arm(
      {
        status: 429,
        body: {
          fault: {
            error: [{ message: 'message=ThrottleExceeded; errorCode=003001; statusCode=429', code: '3001' }],
            type: 'SERVICE',
          },
        },
      },
      { count: 1 },
    );
    await world.post();
    expect((await invoice()).posting).toMatchObject({ state: 'posting', code: '3001' });
    await world.post();
    expect((await invoice()).status).toBe('posted');
  });

  it('fetches a new access token when the old one is refused', async () => {
    await approve();
    await post();
    const secret = world.vault.secrets.get(`${world.tenantId}/quickbooks`) as {
      accessToken: string;
      refreshToken: string;
    };
    world.vault.secrets.set(`${world.tenantId}/quickbooks`, { ...secret, accessToken: 'stale' });
    await world.post();
    expect((await invoice()).status).toBe('posted');
    expect(world.vault.secrets.get(`${world.tenantId}/quickbooks`)).not.toMatchObject({
      refreshToken: secret.refreshToken,
    });
  });

  it('asks for a new connection when the consent is gone, and goes on after it', async () => {
    await approve();
    await post();
    const secret = world.vault.secrets.get(`${world.tenantId}/quickbooks`) as object;
    world.vault.secrets.set(`${world.tenantId}/quickbooks`, {
      ...secret,
      accessToken: 'stale',
      refreshToken: 'revoked',
    });
    await world.post();
    expect((await invoice()).posting).toMatchObject({ state: 'posting', code: 'reconnect' });
    const { body } = await call('GET', 'connections');
    expect(body.data.find(({ vendor }: { vendor: string }) => vendor === 'quickbooks').state).toBe('reconnect');
    await world.connectQuickBooks();
    await world.post();
    expect((await invoice()).status).toBe('posted');
    expect(await invoicesInQuickBooks()).toHaveLength(1);
  });

  it.each([false, true])(
    'takes a new number when somebody else has ours (Fault under 200: %s)',
    async (faultsUnder200) => {
      await approve();
      await post();
      const account = world.quickbooks.company(realmId);
      account?.objects.Invoice.push({
        Id: '900',
        SyncToken: '0',
        MetaData: { CreateTime: '2026-01-01T00:00:00Z', LastUpdatedTime: '2026-01-01T00:00:00Z' },
        DocNumber: 'LO000001L',
        TotalAmt: 1,
        Line: [],
      });
      world.quickbooks.setQuirks({ requestsPerSecond: 1_000, faultsUnder200 });
      await world.post();
      expect(await invoice()).toMatchObject({ status: 'failed', posting: { code: 'doc-number-taken' } });
      expect((await post()).body.docNumber).toBe('LO000002L');
      await world.post();
      expect(await invoice()).toMatchObject({ status: 'posted', docNumber: 'LO000002L' });
      expect(await invoicesInQuickBooks()).toHaveLength(2);
    },
  );

  it.each([
    ['a closed period', { AccountingInfoPrefs: { BookCloseDate: '2026-12-31' } }, 'books-closed'],
    ['numbers that QuickBooks makes itself', { SalesFormsPrefs: { CustomTxnNumbers: false } }, 'custom-numbers-off'],
  ])('fails with a reason after %s, and can be tried again', async (_title, preferences, code) => {
    await approve();
    await post();
    world.quickbooks.putCompany({ realmId, name: 'Northwind Books', preferences });
    await world.post();
    const failed = await invoice();
    expect([failed.status, failed.posting.code]).toEqual(['failed', code]);
    expect(failed.posting.detail.length).toBeGreaterThan(10);
    world.quickbooks.putCompany({ realmId, name: 'Northwind Books' });
    await post();
    await world.post();
    expect((await invoice()).status).toBe('posted');
    expect(await invoicesInQuickBooks()).toHaveLength(1);
  });

  it('is taken up again after a process died in the middle of it', async () => {
    await approve();
    await post();
    // Claimed and sent, then nothing: the row still says posting, QuickBooks has the invoice.
    arm({ dropConnection: 'after' }, { ...creates, count: 1 });
    await world.post();
    await world.rows(
      "update billing.postings set state = 'posting'; update billing.invoices set status = 'posting' where status = 'in-doubt'",
    );
    await world.post();
    expect((await invoice()).status).toBe('posted');
    expect(await invoicesInQuickBooks()).toHaveLength(1);
  });

  it('of what is approved is requested by the next invoice-run', async () => {
    await approve();
    await world.run({ name: 'invoice-run', work: draftInvoices });
    expect((await invoice()).status).toBe('posting');
    await world.post();
    expect((await invoice()).status).toBe('posted');
  });
});
