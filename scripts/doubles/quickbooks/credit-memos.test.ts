import { expect, test } from 'vitest';
import { anInvoice, codeOf } from './quickbooks-for-test.ts';
import { quickBooksSuite } from './quickbooks-suite.ts';

const { t, s } = quickBooksSuite();

const create = async (path: string, changes: Record<string, unknown> = {}) =>
  Object.values<Record<string, string>>((await s.post(path, anInvoice(changes))).body)[0] ?? {};
const byHand = async (act: object) => {
  const answer = await fetch(`${t.quickbooks.url}/_control/companies/9130001/by-hand`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(act),
  });
  return (await answer.json()) as Record<string, unknown>;
};

test('a number is one of all sales, unless the quirk says otherwise; the refusal names who has it in two words', async () => {
  const memo = await create('/creditmemo', { DocNumber: 'LO-1' });
  const refused = await s.post('/invoice', anInvoice({ DocNumber: 'LO-1' }));
  expect(codeOf(refused)).toBe('6140');
  expect(refused.body.Fault.Error[0].Detail).toContain(`TxnType=Credit Memo with TxnId=${memo.Id}`);
  t.quickbooks.setQuirks({ numberOncePer: 'kind' });
  expect((await s.post('/invoice', anInvoice({ DocNumber: 'LO-1' }))).status).toBe(200);
});

test('a program can delete a credit memo and not void it; a person can', async () => {
  const { Id } = await create('/creditmemo');
  expect(codeOf(await s.post('/creditmemo?operation=void', { Id, SyncToken: '0' }))).toBe('500');
  expect(await byHand({ action: 'void', kind: 'CreditMemo', invoiceId: Id })).toMatchObject({
    TotalAmt: 0,
    RemainingCredit: 0,
    SyncToken: '1',
  });
  expect((await s.post('/creditmemo?operation=delete', { Id, SyncToken: '1' })).status).toBe(200);
});

test('a credit memo takes neither a due date nor terms', async () => {
  expect(codeOf(await s.post('/creditmemo', anInvoice({ DueDate: '2026-11-15' })))).toBe('2010');
  expect(codeOf(await s.post('/creditmemo', anInvoice({ SalesTermRef: { value: '3' } })))).toBe('2010');
});

test('a copy by hand has the note of what it was copied from, and a number of its own', async () => {
  const { Id } = await create('/invoice', { DocNumber: 'LO-1', PrivateNote: 'of ours' });
  expect(await byHand({ action: 'copy', invoiceId: Id })).toMatchObject({ DocNumber: 'LO-2', PrivateNote: 'of ours' });
});

test('an invoice by hand moves to another customer, and its SyncToken with it', async () => {
  const { Id } = await create('/invoice');
  const other = Object.values<Record<string, string>>((await s.post('/customer', { DisplayName: 'Other' })).body)[0];
  expect(await byHand({ action: 'move', invoiceId: Id, customerId: other?.Id })).toMatchObject({
    CustomerRef: { value: other?.Id },
    SyncToken: '1',
  });
});
