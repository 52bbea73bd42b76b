import { afterEach, describe, expect, test } from 'vitest';
import { aCompany, anInvoice, codeOf, quickBooksForTest } from './quickbooks-for-test.ts';
import type { ForTest } from './quickbooks-for-test.ts';
import type { Quirks } from './quirks.ts';

let t: ForTest;
afterEach(() => t.quickbooks.close());
const start = async (quirks: Partial<Quirks>) => {
  t = await quickBooksForTest({ companies: [aCompany(), aCompany({ realmId: '9130002', name: 'Contoso' })], quirks });
  return t.session();
};
const read = '/preferences';

test('the eleventh request of a second is refused without a waiting time, and only for its company', async () => {
  const s = await start({ requestsPerSecond: 10 });
  const other = await t.session('9130002');
  const replies = [];
  for (let count = 0; count < 11; count += 1) replies.push(await s.get(read));
  expect(replies.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
  const [refused] = replies.slice(-1);
  expect(refused?.body.fault.error[0]).toMatchObject({
    code: '3001',
    message: expect.stringContaining('errorCode=003001'),
  });
  expect(refused?.headers.get('retry-after')).toBeNull();
  expect((await other.get(read)).status).toBe(200);
  t.clock.advance(1);
  expect((await s.get(read)).status).toBe(200);
});

test('500 requests a minute', async () => {
  const s = await start({ requestsPerMinute: 3 });
  for (let count = 0; count < 3; count += 1) expect((await s.get(read)).status).toBe(200);
  t.clock.advance(59);
  expect(codeOf(await s.get(read))).toBe('3001');
  t.clock.advance(1);
  expect((await s.get(read)).status).toBe(200);
});

test('40 batches a minute, while other requests go on', async () => {
  const s = await start({ batchesPerMinute: 1 });
  const batch = () => s.post('/batch', { BatchItemRequest: [{ bId: '1', operation: 'create', Invoice: anInvoice() }] });
  expect((await batch()).status).toBe(200);
  expect((await batch()).status).toBe(429);
  expect((await s.get(read)).status).toBe(200);
});

test('the eleventh request at once is refused', async () => {
  const s = await start({ latencyMs: 50 });
  const statuses = (await Promise.all(Array.from({ length: 12 }, () => s.get(read)))).map(({ status }) => status);
  expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  expect((await s.get(read)).status).toBe(200);
});

describe('the CorePlus meter', () => {
  test('reads are counted over all companies and stop, writes go on, and a month begins anew', async () => {
    const s = await start({ corePlusPerMonth: 2 });
    const other = await t.session('9130002');
    await s.get(read);
    await s.post('/invoice', anInvoice());
    await other.query('select * from Invoice');
    const metering = await (await fetch(`${t.quickbooks.url}/_control/metering`)).json();
    expect(metering).toEqual({ month: '2026-10', core: 1, corePlus: 2 });
    expect((await other.get(read)).status).toBe(429);
    expect((await s.post('/invoice', anInvoice())).status).toBe(200);
    t.clock.advance(20 * 86_400);
    expect((await (await t.session()).get(read)).status).toBe(200);
  });
});

test('refusals of the service may come under HTTP 200', async () => {
  const s = await start({ faultsUnder200: true });
  const reply = await s.post('/invoice', anInvoice({ CustomerRef: { value: '999' } }));
  expect([reply.status, codeOf(reply)]).toEqual([200, '2500']);
  expect((await s.query('nonsense')).status).toBe(200);
});
