import quickbooksModule from 'node-quickbooks';
import type { QuickBooks as QuickBooksClient } from 'node-quickbooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aCompany, anInvoice, app, quickBooksForTest } from './quickbooks-for-test.ts';
import type { ForTest } from './quickbooks-for-test.ts';

// The package is CommonJS and its types say otherwise.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const QuickBooks = quickbooksModule as unknown as typeof QuickBooksClient;

let t: ForTest;
let client: QuickBooksClient;

beforeEach(async () => {
  t = await quickBooksForTest({ companies: [aCompany()] });
  const { accessToken } = await t.session();
  client = new QuickBooks(
    app.clientId,
    app.clientSecret,
    accessToken,
    false,
    '9130001',
    false,
    false,
    null,
    '2.0',
    null,
  );
  client.endpoint = `${t.quickbooks.url}/v3/company/`;
});
afterEach(() => t.quickbooks.close());

/** Error and data as the client's callback gets them. */
// oxlint-disable-next-line typescript/no-explicit-any
type Outcome = { error: any; data: any };
const outcome = (call: (callback: (error: unknown, data: unknown) => void) => void) =>
  new Promise<Outcome>((resolve) => {
    call((error, data) => resolve({ error, data }));
  });
// oxlint-disable-next-line typescript/no-explicit-any
const create = (body: any) => outcome((done) => client.createInvoice(body, done));

test('the client creates, reads, finds, voids and deletes an invoice', async () => {
  const { data: invoice } = await create({ ...anInvoice({ DocNumber: 'LO-1' }), requestId: 'r1' });
  expect(invoice).toMatchObject({ Id: '101', SyncToken: '0', TotalAmt: 100 });
  expect((await outcome((done) => client.getInvoice('101', done))).data.DocNumber).toBe('LO-1');
  const found = await outcome((done) =>
    client.findInvoices([{ field: 'DocNumber', value: 'LO-1', operator: '=' }], done),
  );
  expect(found.data.QueryResponse.Invoice).toHaveLength(1);
  // oxlint-disable-next-line typescript/no-explicit-any
  const version = (SyncToken: string, requestId: string): any => ({ Id: '101', SyncToken, requestId });
  expect((await outcome((done) => client.voidInvoice(version('0', 'r2'), done))).data.Invoice.TotalAmt).toBe(0);
  expect((await outcome((done) => client.deleteInvoice(version('1', 'r3'), done))).data.Invoice.status).toBe('Deleted');
});

test('an object that is sent a second time has lost its requestId, and the double finds that', async () => {
  const invoice = { ...anInvoice(), requestId: 'r1' };
  expect((await create(invoice)).error).toBeNull();
  const { error } = await create(invoice);
  expect(error.response.data.Fault.Error[0]).toMatchObject({ element: 'requestid' });
});

test('a refusal is an AxiosError under 400 and a plain body under 200', async () => {
  const wrong = () => ({ ...anInvoice({ CustomerRef: { value: '999' } }), requestId: crypto.randomUUID() });
  expect((await create(wrong())).error.response.data.Fault.Error[0].code).toBe('2500');
  t.quickbooks.setQuirks({ faultsUnder200: true, requestsPerSecond: 1000 });
  expect((await create(wrong())).error.Fault.Error[0].code).toBe('2500');
});

test('an HTML page looks like success to the client, and the invoice exists all the same', async () => {
  t.quickbooks.faults.add([{ match: { path: '/invoice', count: 1 }, fault: { html: true, committed: true } }]);
  const { error, data } = await create({ ...anInvoice(), requestId: 'r1' });
  expect(error).toBeNull();
  expect(data).toContain('<!doctype html>');
  expect((await create({ ...anInvoice(), requestId: 'r1' })).data.Id).toBe('101');
});

test('customers, items, payments, batches, change data and preferences go through the client', async () => {
  // oxlint-disable-next-line typescript/no-explicit-any
  const sent = (body: object): any => ({ ...body, requestId: crypto.randomUUID() });
  const customer = await outcome((done) => client.createCustomer(sent({ DisplayName: 'New' }), done));
  const item = await outcome((done) =>
    client.createItem(sent({ Name: 'Backup', IncomeAccountRef: { value: '1' } }), done),
  );
  expect([customer.data.Id, item.data.Id]).toEqual(['101', '102']);
  const { data: invoice } = await create(sent(anInvoice()));
  const Line = [{ Amount: 40, LinkedTxn: [{ TxnId: invoice.Id, TxnType: 'Invoice' }] }];
  const body = sent({ CustomerRef: { value: '1' }, TotalAmt: 40, Line });
  expect((await outcome((done) => client.createPayment(body, done))).data.TotalAmt).toBe(40);
  const changes = await outcome((done) => client.changeDataCapture('Invoice', '2026-10-15T00:00:00Z', done));
  expect(changes.data.CDCResponse[0].QueryResponse[0].Invoice).toMatchObject([{ Balance: 60, SyncToken: '1' }]);
  expect((await outcome((done) => client.getPreferences(done))).data.SalesFormsPrefs.CustomTxnNumbers).toBe(true);
  t.quickbooks.setQuirks({ requireRequestId: false, requestsPerSecond: 1000 });
  // oxlint-disable-next-line typescript/no-explicit-any
  const items: any = [{ bId: '1', operation: 'create', Invoice: anInvoice() }];
  const batch = await outcome((done) => client.batch(items, done));
  expect(batch.data.BatchItemResponse).toMatchObject([{ bId: '1', Invoice: { SyncToken: '0' } }]);
});
