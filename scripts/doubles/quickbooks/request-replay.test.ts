import { describe, expect, test } from 'vitest';
import { anInvoice, codeOf } from './quickbooks-for-test.ts';
import { quickBooksSuite } from './quickbooks-suite.ts';

const { t, s } = quickBooksSuite();

const invoices = () => t.quickbooks.company('9130001')?.objects.Invoice ?? [];

test('the same requestid brings back the first reply and makes nothing', async () => {
  const first = await s.post('/invoice?requestid=r1', anInvoice({ DocNumber: 'LO-1' }));
  const second = await s.post('/invoice?requestid=r1', anInvoice({ DocNumber: 'LO-1' }));
  expect(second.body).toEqual(first.body);
  expect(invoices()).toHaveLength(1);
});

test.each(['constructor', '__proto__', 'toString'])('%s is a requestid like any other', async (requestId) => {
  const first = await s.post(`/invoice?requestid=${requestId}`, anInvoice());
  expect(first.status).toBe(200);
  expect((await s.post(`/invoice?requestid=${requestId}`, anInvoice())).body).toEqual(first.body);
  expect(invoices()).toHaveLength(1);
});

test('the reply is the one of then, also after the invoice was deleted', async () => {
  const first = await s.post('/invoice?requestid=r1', anInvoice());
  await s.post('/invoice?operation=delete', { Id: first.body.Invoice.Id, SyncToken: '0' });
  expect((await s.post('/invoice?requestid=r1', anInvoice())).body).toEqual(first.body);
  expect(invoices()).toHaveLength(0);
});

test('another body under the same requestid still brings back the first reply, unless it is refused', async () => {
  const first = await s.post('/invoice?requestid=r1', anInvoice());
  expect((await s.post('/invoice?requestid=r1', anInvoice({ PrivateNote: 'x' }))).body).toEqual(first.body);
  t.quickbooks.setQuirks({ requestIdWithOtherBody: 'refuse', requestsPerSecond: 1000 });
  expect(codeOf(await s.post('/invoice?requestid=r1', anInvoice({ PrivateNote: 'x' })))).toBe('600');
});

test.each([3600, 86_400, 30 * 86_400])(
  'after its retention of %i s a requestid makes a second invoice',
  async (seconds) => {
    t.quickbooks.setQuirks({ requestIdRetentionSeconds: seconds });
    await s.post('/invoice?requestid=r1', anInvoice());
    t.clock.advance(seconds - 1);
    Object.assign(s, await t.session());
    await s.post('/invoice?requestid=r1', anInvoice());
    expect(invoices()).toHaveLength(1);
    t.clock.advance(1);
    await s.post('/invoice?requestid=r1', anInvoice());
    expect(invoices()).toHaveLength(2);
  },
);

test('a failure is forgotten, unless the quirk remembers it', async () => {
  const wrong = anInvoice({ CustomerRef: { value: '999' } });
  expect(codeOf(await s.post('/invoice?requestid=r1', wrong))).toBe('2500');
  expect((await s.post('/invoice?requestid=r1', anInvoice())).status).toBe(200);
  t.quickbooks.setQuirks({ rememberFailures: true });
  expect(codeOf(await s.post('/invoice?requestid=r2', wrong))).toBe('2500');
  expect(codeOf(await s.post('/invoice?requestid=r2', anInvoice()))).toBe('2500');
});

test('update, void, delete, payment and batch replay as well', async () => {
  const { Id } = (await s.post('/invoice', anInvoice())).body.Invoice;
  const twice = async (path: string, body: object) => {
    const first = await s.post(path, body);
    expect((await s.post(path, body)).body).toEqual(first.body);
    expect(first.status).toBe(200);
  };
  await twice('/invoice?requestid=u', { Id, SyncToken: '0', sparse: true, PrivateNote: 'x' });
  await twice('/batch?requestid=b', { BatchItemRequest: [{ bId: '1', operation: 'create', Invoice: anInvoice() }] });
  await twice('/invoice?operation=void&requestid=v', { Id, SyncToken: '1' });
  await twice('/invoice?operation=delete&requestid=d', { Id, SyncToken: '2' });
  expect(invoices()).toHaveLength(1);
});

describe('a requestid that is not right', () => {
  test('a write without one is refused loudly, and goes through where the quirk is off', async () => {
    const reply = await s.post('/invoice?requestid=', anInvoice());
    expect([reply.status, codeOf(reply), reply.body.Fault.Error[0].element]).toEqual([400, '2020', 'requestid']);
    t.quickbooks.setQuirks({ requireRequestId: false });
    expect((await s.post('/invoice?requestid=', anInvoice())).status).toBe(200);
  });

  test('50 characters are taken, 51 are not; in a batch 36 and 37', async () => {
    expect((await s.post(`/invoice?requestid=${'a'.repeat(50)}`, anInvoice())).status).toBe(200);
    expect(codeOf(await s.post(`/invoice?requestid=${'b'.repeat(51)}`, anInvoice()))).toBe('2050');
    const batch = { BatchItemRequest: [{ bId: '1', operation: 'create', Invoice: anInvoice() }] };
    expect((await s.post(`/batch?requestid=${'c'.repeat(36)}`, batch)).status).toBe(200);
    expect(codeOf(await s.post(`/batch?requestid=${'d'.repeat(37)}`, batch))).toBe('2050');
  });
});

describe('a reply that is lost after the invoice exists', () => {
  test.each([
    ['a broken connection', { dropConnection: 'after' }],
    ['a cut body', { truncate: 20 }],
    ['an HTML page', { html: true, committed: true }],
    ['nothing', { empty: true, committed: true }],
    ['a 204', { status: 204, empty: true, committed: true }],
    ['a 500', { status: 500, committed: true }],
  ] as const)('%s: the same requestid finds the one invoice', async (_name, fault) => {
    t.quickbooks.faults.add([{ match: { method: 'POST', path: '/invoice', count: 1 }, fault }]);
    await s.post('/invoice?requestid=r1', anInvoice()).catch(() => undefined);
    expect(invoices()).toHaveLength(1);
    const again = await s.post('/invoice?requestid=r1', anInvoice());
    expect(again.body.Invoice.Id).toBe(invoices()[0]?.Id);
    expect(invoices()).toHaveLength(1);
    expect(t.quickbooks.faults.armed).toMatchObject([{ hits: 1 }]);
  });
});
