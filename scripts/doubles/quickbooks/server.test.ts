import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { aCompany, anInvoice, quickBooksForTest } from './quickbooks-for-test.ts';
import type { ForTest } from './quickbooks-for-test.ts';

let t: ForTest;
afterEach(() => t.quickbooks.close());

const control = async (path: string, body?: object) => {
  const init = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  return fetch(`${t.quickbooks.url}/_control${path}`, init);
};

test('what was posted survives a restart, as do tokens, requestids and deleted rows', async () => {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'quickbooks-'));
  t = await quickBooksForTest({ stateDirectory });
  const before = await t.session();
  const { body } = await before.post('/invoice?requestid=r1', anInvoice());
  await t.quickbooks.close();
  t = await quickBooksForTest({ stateDirectory });
  const reply = await fetch(`${t.quickbooks.url}/v3/company/9130001/invoice?requestid=r1`, {
    method: 'POST',
    headers: { authorization: `Bearer ${before.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(anInvoice()),
  });
  expect(await reply.json()).toEqual(body);
  await t.quickbooks.close();
  await rm(stateDirectory, { recursive: true });
});

test('putting a known company changes its settings and keeps its invoices', async () => {
  t = await quickBooksForTest();
  const s = await t.session();
  await s.post('/invoice', anInvoice());
  const reply = await control(
    '/companies',
    aCompany({ name: 'Renamed', items: [{ Id: '11', Name: 'Backup', Type: 'Service' }] }),
  );
  expect(await reply.json()).toEqual({ realmId: '9130001' });
  expect(t.quickbooks.company('9130001')).toMatchObject({ name: 'Renamed', objects: { Invoice: [{ Id: '101' }] } });
  expect((await s.query('select count(*) from Item')).body.QueryResponse.totalCount).toBe(2);
});

test('a seed with a mistake is refused and says where', async () => {
  t = await quickBooksForTest();
  const reply = await control('/companies', { realmId: 'x', name: 'y' });
  expect([reply.status, await reply.text()]).toEqual([400, expect.stringContaining('realmId')]);
  expect((await control('/companies/4711/invoices')).status).toBe(404);
});

test('a person sees each invoice once, with what it holds', async () => {
  t = await quickBooksForTest({ companies: [aCompany({ name: 'A & B' })] });
  const s = await t.session();
  await s.post('/invoice', anInvoice({ DocNumber: '<LO-1>' }));
  const page = await (await fetch(t.quickbooks.url)).text();
  expect(page).toContain('A &amp; B');
  expect(page.split('&lt;LO-1&gt;')).toHaveLength(2);
  expect(await (await control('/companies/9130001/invoices')).json()).toMatchObject([
    { DocNumber: '<LO-1>', TotalAmt: 100 },
  ]);
});

test('a person pays, edits, voids, deletes, deposits and closes the books behind our back', async () => {
  t = await quickBooksForTest();
  const s = await t.session();
  const { Id } = (await s.post('/invoice', anInvoice())).body.Invoice;
  const act = async (body: object) => (await control('/companies/9130001/by-hand', body)).json();
  expect(await act({ action: 'edit', invoiceId: Id, change: { PrivateNote: 'mine' } })).toMatchObject({
    SyncToken: '1',
  });
  const payment = await act({ action: 'pay', invoiceId: Id, amount: 10 });
  await act({ action: 'deposit', paymentId: payment.Id });
  expect(await act({ action: 'delete', invoiceId: Id })).toMatchObject({ Fault: { Error: [{ code: '6540' }] } });
  await act({ action: 'deactivate', entity: 'Item', id: '10' });
  await act({ action: 'rename-customer', customerId: '1', name: 'Adatum AG' });
  await act({ action: 'close-books', through: '2026-12-31' });
  expect(t.quickbooks.company('9130001')).toMatchObject({
    preferences: { AccountingInfoPrefs: { BookCloseDate: '2026-12-31' } },
    objects: { Item: [{ Active: false }], Invoice: [{ Balance: 90 }] },
  });
});
