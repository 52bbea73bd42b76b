import { describe, expect, test } from 'vitest';
import { anInvoice, codeOf } from './quickbooks-for-test.ts';
import { quickBooksSuite } from './quickbooks-suite.ts';

const { t, s } = quickBooksSuite();

const batch = (items: object[]) => s.post('/batch', { BatchItemRequest: items });
const create = (bId: string, changes = {}) => ({ bId, operation: 'create', Invoice: anInvoice(changes) });

describe('batches', () => {
  test('each item has its own outcome, and the reply is 200', async () => {
    const reply = await batch([
      create('1', { DocNumber: 'LO-1' }),
      create('2', { CustomerRef: { value: '999' } }),
      create('3', { DocNumber: 'LO-1' }),
      { bId: '4', Query: 'select count(*) from Customer' },
    ]);
    expect(reply.status).toBe(200);
    expect(reply.body.BatchItemResponse).toMatchObject([
      { bId: '1', Invoice: { DocNumber: 'LO-1' } },
      { bId: '2', Fault: { Error: [{ code: '2500' }], type: 'ValidationFault' } },
      { bId: '3', Fault: { Error: [{ code: '6140' }] } },
      { bId: '4', QueryResponse: { totalCount: 1 } },
    ]);
  });

  test('a later item does not see what an earlier one made', async () => {
    const { body } = await batch([
      { bId: '1', operation: 'create', Customer: { DisplayName: 'New' } },
      create('2', { CustomerRef: { value: '101' } }),
      { bId: '3', Query: 'select count(*) from Customer' },
    ]);
    expect(body.BatchItemResponse).toMatchObject([
      { Customer: { Id: '101' } },
      { Fault: { Error: [{ code: '2500' }] } },
      { QueryResponse: { totalCount: 1 } },
    ]);
  });

  test('30 items are taken, 31 are not, and neither is a bId of 11 characters', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => create(String(index)));
    expect((await batch(many(30))).status).toBe(200);
    expect(codeOf(await batch(many(31)))).toBe('1040');
    expect(codeOf(await batch([create('12345678901')]))).toBe('2050');
    expect(codeOf(await batch([create('1'), create('1')]))).toBe('2010');
  });
});

describe('change data', () => {
  const since = (at: string, entities = 'Invoice,Payment') =>
    s.get(`/cdc?entities=${entities}&changedSince=${encodeURIComponent(at)}`);

  test('what changed since a moment, deleted rows as stubs', async () => {
    const first = (await s.post('/invoice', anInvoice())).body.Invoice;
    t.clock.advance(60);
    const cursor = t.clock.now.toISOString();
    const second = (await s.post('/invoice', anInvoice())).body.Invoice;
    await s.post('/invoice?operation=delete', { Id: first.Id, SyncToken: '0' });
    const { body } = await since(cursor);
    expect(body.CDCResponse[0].QueryResponse).toMatchObject([
      {
        Invoice: [
          { Id: second.Id, SyncToken: '0' },
          { Id: first.Id, status: 'Deleted' },
        ],
        maxResults: 2,
      },
      {},
    ]);
    t.clock.advance(1);
    expect((await since(t.clock.now.toISOString())).body.CDCResponse[0].QueryResponse).toEqual([{}, {}]);
  });

  test('a reply holds so many objects and no more', async () => {
    t.quickbooks.setQuirks({ changeDataMaxObjects: 2, requestsPerSecond: 1000 });
    const cursor = t.clock.now.toISOString();
    for (const seconds of [0, 1, 1]) {
      t.clock.advance(seconds);
      await s.post('/invoice', anInvoice({ DocNumber: `LO-${t.clock.now.getTime()}` }));
    }
    const [invoices] = (await since(cursor)).body.CDCResponse[0].QueryResponse;
    expect(invoices.Invoice.map(({ Id }: { Id: string }) => Id)).toEqual(['101', '102']);
  });

  test.each([
    ['more than 30 days back', '2026-09-15T11:59:59Z', 'Invoice', '2010'],
    ['without a moment', 'yesterday', 'Invoice', '2010'],
    ['of no entity', '2026-10-15T00:00:00Z', '', '2020'],
    ['of an unknown entity', '2026-10-15T00:00:00Z', 'Invoices', '4001'],
  ])('%s is refused', async (_name, at, entities, code) => {
    expect(codeOf(await since(at, entities))).toBe(code);
  });
});
