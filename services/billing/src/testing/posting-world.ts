import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { required } from '@legendops/kit/testing/required';
import type { ByHand } from '../../../../scripts/doubles/quickbooks/by-hand.ts';
import type { CompanySeed } from '../../../../scripts/doubles/quickbooks/company.ts';
import type { BillingException } from '../contract.ts';
import { draftInvoices } from '../invoice/draft-invoices.ts';
import { invoiceStore } from '../invoice/store.ts';
import { hashOfStored } from '../invoice/stored-content.ts';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { reconcilePostings } from '../posting/reconcile-postings.ts';
import { postingStore, type PostingStore } from '../posting/store.ts';
import { billingWorld, importCustomers, realmId, type BillingWorld } from './billing-world.ts';

export const otherRealmId = '9130350000000002';

/** A billing world with a draft of each of two customers, Fabrikam and Tailspin Toys, and QuickBooks connected. */
export const postingWorld = async (settings: { timeZone?: string } = {}) => {
  const world: BillingWorld = await billingWorld(settings);
  let keys = 0;
  const call = (method: string, path: string, body?: unknown) =>
    world.api.call(method, `/api/billing/v1/${path}`, {
      actor: { tenantId: world.tenantId },
      ...(body !== undefined && { body }),
      headers: { 'idempotency-key': `key-${(keys += 1)}` },
    });
  await world.connectPax8();
  await world.run({ name: 'usage-sync', work: syncFromPax8 });
  await importCustomers(world);
  await call('POST', 'price-rules', { kind: 'markup', markupPercent: '25' });
  await world.run({ name: 'invoice-run', work: draftInvoices });
  await world.connectQuickBooks();
  world.quickbooks.putCompany({ realmId: otherRealmId, name: 'Northwind Europe' });

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
  /** A draft with every amount turned, as corrections make one. */
  const asCreditMemo = async (customer: string) => {
    const { id } = await invoiceOf(customer);
    await world.rows(
      'update billing.invoice_lines set amount_minor = -amount_minor, unit_price_e8 = -unit_price_e8 where invoice_id = $1',
      [id],
    );
    await world.rows('update billing.invoices set total_minor = -total_minor where id = $1', [id]);
    const stored = serviceDatabase(world.database.pool('svc_billing'));
    const { invoice, lines } = await invoiceStore(stored).detail({ tenantId: world.tenantId }, id);
    const hash = hashOfStored(required(invoice, 'invoice'), lines);
    await world.rows('update billing.invoices set content_hash = $2 where id = $1', [id, hash]);
  };
  /** Posted and there. */
  const posted = async (customer = 'Fabrikam') => {
    await post(customer);
    await world.post();
    const [state] = await outcome(customer);
    if (state !== 'posted') throw new Error(`The invoice is ${state} and not posted`);
    return required(invoicesInQuickBooks().at(-1), 'invoice in QuickBooks');
  };
  const entryOf = async (customer = 'Fabrikam') => {
    const { id } = await invoiceOf(customer);
    return (await call('GET', `invoices/${id}/book-entry`)).body;
  };
  /** What a person says of what is in the books, by one of the routes of the book entry. */
  const answer = async (act: 'voiding' | 'acceptance' | 'posting-anew', body: object, customer = 'Fabrikam') => {
    const { id } = await invoiceOf(customer);
    return call('POST', `invoices/${id}/${act}`, body);
  };
  /** By the clock of the local QuickBooks, whose changes it reads. */
  const reconcile = () => world.run({ name: 'reconcile', work: reconcilePostings }, { at: new Date().toISOString() });
  /** What is told of what was posted. */
  const told = async (): Promise<string[]> =>
    (await call('GET', 'exceptions')).body.data
      .map(({ code }: BillingException) => code)
      .filter((code: string) => code.startsWith('posted.'))
      .toSorted();
  const outcome = async (customer = 'Fabrikam'): Promise<[string, string | null | undefined]> => {
    const { status, posting } = await invoiceOf(customer);
    return [status, posting?.code];
  };
  const invoicesInQuickBooks = (realm = realmId) => world.quickbooks.company(realm)?.objects.Invoice ?? [];
  const arm = (fault: object, match: object = {}): void => {
    world.quickbooks.faults.add([{ match: { method: 'POST', path: '/invoice', count: 1, ...match }, fault }]);
  };
  const connection = async () =>
    (await call('GET', 'connections')).body.data.find(({ vendor }: { vendor: string }) => vendor === 'quickbooks');
  /** The company that is connected, with other settings and lists; what was written to it stays. */
  const putCompany = (more: Partial<CompanySeed> = {}) =>
    world.quickbooks.putCompany({ realmId, name: 'Northwind Books', ...more });
  /** What a person does in QuickBooks itself. */
  const byHand = async (act: ByHand) => {
    const answer = await fetch(`${world.quickbooks.url}/_control/companies/${realmId}/by-hand`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(act),
    });
    if (!answer.ok) throw new Error(await answer.text());
  };
  const customersInQuickBooks = () => world.quickbooks.company(realmId)?.objects.Customer ?? [];
  /** What waits on the worklist for what a person has to say to QuickBooks. */
  const needs = async (): Promise<BillingException[]> =>
    (await call('GET', 'exceptions')).body.data.filter(({ code }: BillingException) => code.endsWith('.needed'));
  /** An invoice of the provider's own, to Fabrikam on the last day of the month. */
  const writeByHand = ({ total }: { total: number }) => {
    const company = required(world.quickbooks.company(realmId), 'company');
    const customer = required(company.objects.Customer[0], 'customer in QuickBooks');
    const MetaData = { CreateTime: '2026-01-31T00:00:00-08:00', LastUpdatedTime: '2026-01-31T00:00:00-08:00' };
    const CustomerRef = { value: customer.Id };
    const own = {
      Id: '50',
      SyncToken: '0',
      MetaData,
      DocNumber: '1001',
      TxnDate: '2026-01-31',
      CustomerRef,
      TotalAmt: total,
    };
    company.objects.Invoice.push(own);
    return own;
  };
  /** Sent and in QuickBooks, but in doubt here. */
  const postWithoutAnswer = async () => {
    await post();
    arm({ dropConnection: 'after' });
    await world.post();
    const [state] = await outcome();
    if (state !== 'in-doubt') throw new Error(`The posting is ${state} and not in doubt`);
    return required(invoicesInQuickBooks()[0], 'invoice in QuickBooks');
  };
  /** The store of another replica. */
  const anotherStore = (): PostingStore => {
    const pool = world.database.pool('svc_billing');
    return postingStore(serviceDatabase(pool), platformDatabase(pool));
  };
  const claim = async (leaseSeconds: number) => {
    const store = anotherStore();
    const scope = { tenantId: world.tenantId };
    const { id } = required((await store.due([]))[0], 'posting that is due');
    const claimed = required(await store.claim(scope, id, leaseSeconds), 'posting that can be claimed');
    return { store, scope, claimed };
  };
  return {
    world,
    realmId,
    call,
    invoiceOf,
    asCreditMemo,
    posted,
    entryOf,
    answer,
    reconcile,
    told,
    post,
    outcome,
    invoicesInQuickBooks,
    arm,
    writeByHand,
    putCompany,
    byHand,
    customersInQuickBooks,
    needs,
    connection,
    postWithoutAnswer,
    claim,
  };
};

export type PostingWorld = Awaited<ReturnType<typeof postingWorld>>;
