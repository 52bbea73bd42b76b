import { expect, test } from 'vitest';
import { aCompany, aLine, anInvoice, codeOf } from './quickbooks-for-test.ts';
import { quickBooksSuite } from './quickbooks-suite.ts';

const { t, s } = quickBooksSuite();

const create = async (path: string, changes: Record<string, unknown> = {}) =>
  Object.values<Record<string, string>>((await s.post(path, anInvoice(changes))).body)[0] ?? {};
const linked = (TxnType: string, TxnId: string | undefined, Amount: number) => ({
  Amount,
  LinkedTxn: [{ TxnId, TxnType }],
});
const pay = (TotalAmt: number, Line: object[]) => s.post('/payment', { CustomerRef: { value: '1' }, TotalAmt, Line });

test('a payment lowers the balance and makes the SyncToken that we hold stale', async () => {
  const { Id } = await create('/invoice');
  const { body } = await pay(60, [linked('Invoice', Id, 60)]);
  const { Invoice } = (await s.get(`/invoice/${Id}`)).body;
  expect(Invoice).toMatchObject({
    SyncToken: '1',
    Balance: 40,
    TotalAmt: 100,
    LinkedTxn: [{ TxnId: body.Payment.Id, TxnType: 'Payment' }],
  });
  expect(codeOf(await s.post('/invoice?operation=void', { Id, SyncToken: '0' }))).toBe('5010');
  expect(codeOf(await s.post('/invoice?operation=void', { Id, SyncToken: '1' }))).toBe('6000');
});

test('taking the payment away opens the invoice again', async () => {
  const { Id } = await create('/invoice');
  const { Payment } = (await pay(100, [linked('Invoice', Id, 100)])).body;
  await s.post('/payment?operation=delete', { Id: Payment.Id, SyncToken: '0' });
  expect((await s.get(`/invoice/${Id}`)).body.Invoice).toMatchObject({ SyncToken: '2', Balance: 100, LinkedTxn: [] });
});

test('a credit memo is applied by a payment of nothing', async () => {
  const invoice = await create('/invoice');
  const credit = await create('/creditmemo', { Line: [aLine({ amount: 45.81 })] });
  expect(credit).toMatchObject({ TotalAmt: 45.81, RemainingCredit: 45.81 });
  const lines = [linked('Invoice', invoice.Id, 45.81), linked('CreditMemo', credit.Id, 45.81)];
  expect((await pay(0, lines)).body.Payment).toMatchObject({ TotalAmt: 0, UnappliedAmt: 0 });
  expect((await s.get(`/invoice/${invoice.Id}`)).body.Invoice.Balance).toBe(54.19);
  expect((await s.get(`/creditmemo/${credit.Id}`)).body.CreditMemo.RemainingCredit).toBe(0);
});

test('with AutoApplyCredit a new invoice eats the credit first', async () => {
  t.quickbooks.putCompany(aCompany({ preferences: { SalesFormsPrefs: { AutoApplyCredit: true } } }));
  const credit = await create('/creditmemo', { Line: [aLine({ amount: 30 })] });
  expect(await create('/invoice')).toMatchObject({ TotalAmt: 100, Balance: 70 });
  expect((await s.get(`/creditmemo/${credit.Id}`)).body.CreditMemo).toMatchObject({
    RemainingCredit: 0,
    SyncToken: '1',
  });
});

test('an overpayment is taken or refused, as the quirk says', async () => {
  const { Id } = await create('/invoice');
  t.quickbooks.setQuirks({ overpayment: 'refuse' });
  expect(codeOf(await pay(150, [linked('Invoice', Id, 150)]))).toBe('6210');
  t.quickbooks.setQuirks({});
  expect((await pay(150, [linked('Invoice', Id, 150)])).status).toBe(200);
  expect((await s.get(`/invoice/${Id}`)).body.Invoice.Balance).toBe(0);
});

test('the invoice of another customer cannot be linked, and not more than there is', async () => {
  const { Id } = await create('/invoice');
  await s.post('/customer', { DisplayName: 'Other' });
  const other = t.quickbooks.company('9130001')?.objects.Customer.at(-1)?.Id;
  const Line = [linked('Invoice', Id, 10)];
  expect(codeOf(await s.post('/payment', { CustomerRef: { value: other }, TotalAmt: 10, Line }))).toBe('620');
  expect(codeOf(await pay(5, [linked('Invoice', Id, 10)]))).toBe('6000');
});

test('a payment on a bank deposit can no longer be changed, nor its invoice deleted', async () => {
  const { Id } = await create('/invoice');
  const { Payment } = (await pay(100, [linked('Invoice', Id, 100)])).body;
  t.quickbooks.company('9130001')?.depositedPayments.push(Payment.Id);
  for (const operation of ['delete', 'void']) {
    expect(codeOf(await s.post(`/payment?operation=${operation}`, { Id: Payment.Id, SyncToken: '0' }))).toBe('6540');
  }
  expect(codeOf(await s.post('/invoice?operation=delete', { Id, SyncToken: '1' }))).toBe('6540');
});
