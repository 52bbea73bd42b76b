import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { required } from '@legendops/kit/testing/required';
import {
  anInvoice,
  quickBooksForTest,
  type ForTest,
  type Session,
} from '../../../../scripts/doubles/quickbooks/quickbooks-for-test.ts';
import { quickBooksAccount } from './quickbooks-account.ts';

const realmId = '9130001';
let t: ForTest;
let s: Session;
beforeEach(async () => {
  t = await quickBooksForTest({ quirks: { requestsInFlight: 100 } });
  s = await t.session();
});
afterEach(() => t.quickbooks.close());

const account = () =>
  quickBooksAccount({
    apiUrl: t.quickbooks.url,
    realmId,
    token: async () => s.accessToken,
    limiter: { run: (_realm, work) => work() },
  });
const changes = (since: Date) => account().changes(since, t.clock.now);
const create = async (path = '/invoice') =>
  Object.values<{ Id: string; SyncToken: string }>((await s.post(path, anInvoice())).body)[0];
const company = () => required(t.quickbooks.company(realmId), 'company');
const minute = 60;
const day = 86_400;

describe('what has changed in an account', () => {
  it('is told since a moment: invoices, credit memos, and what was deleted', async () => {
    const before = await create();
    t.clock.advance(10 * minute);
    const since = t.clock.now;
    const [invoice, memo, gone] = [await create(), await create('/creditmemo'), await create()];
    t.clock.advance(minute);
    await s.post('/invoice?operation=delete', { Id: gone?.Id, SyncToken: '0' });
    const found = await changes(since);
    expect(found.sales.map(({ kind, id }) => [kind, id])).toEqual([
      ['invoice', invoice?.Id],
      ['credit-memo', memo?.Id],
    ]);
    expect(found.deleted).toMatchObject([{ kind: 'invoice', id: gone?.Id }]);
    expect(found.sales.map(({ id }) => id)).not.toContain(before?.Id);
    expect(Date.parse(found.readTo)).toBe(t.clock.now.getTime());
  });

  it('is read a little further back than it was read to', async () => {
    const invoice = await create();
    t.clock.advance(4 * minute);
    expect((await changes(t.clock.now)).sales.map(({ id }) => id)).toEqual([invoice?.Id]);
  });

  it('of one that was paid, as it is now', async () => {
    const invoice = await create();
    t.clock.advance(10 * minute);
    const since = t.clock.now;
    const Line = [{ Amount: 40, LinkedTxn: [{ TxnId: invoice?.Id, TxnType: 'Invoice' }] }];
    await s.post('/payment', { CustomerRef: { value: '1' }, TotalAmt: 40, Line });
    expect((await changes(since)).sales).toMatchObject([
      { id: invoice?.Id, total: '100', balance: '60', syncToken: '1' },
    ]);
  });

  it('is told whole where one answer holds too few of it, also where many have one moment', async () => {
    const since = t.clock.now;
    const made = required(await create(), 'invoice');
    const [held] = company().objects.Invoice;
    for (const [index, entity] of (['Invoice', 'CreditMemo'] as const).entries())
      for (let count = 1; count <= 1_150; count += 1) {
        const LastUpdatedTime = new Date(since.getTime() + Math.floor(count / 1_100) * 1_000).toISOString();
        company().objects[entity].push({
          ...held,
          Id: `${index + 1}${count.toString().padStart(5, '0')}`,
          SyncToken: '0',
          MetaData: { CreateTime: LastUpdatedTime, LastUpdatedTime },
        });
      }
    const { sales } = await changes(since);
    expect(sales).toHaveLength(2_301);
    expect(new Set(sales.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(2_301);
    expect(sales.map(({ id }) => id)).toContain(made.Id);
  });

  it('is told after an absence longer than QuickBooks remembers', async () => {
    t.clock.advance(minute);
    const since = t.clock.now;
    const invoice = await create();
    t.clock.advance(45 * day);
    s = await t.session();
    const late = await create('/creditmemo');
    const { sales, readTo } = await changes(since);
    expect(new Set(sales.map(({ id }) => id))).toEqual(new Set([invoice?.Id, late?.Id]));
    expect(Date.parse(readTo)).toBe(t.clock.now.getTime());
  });

  it('is told although something among it is of a form that is not known', async () => {
    const since = t.clock.now;
    const invoice = await create();
    company().objects.Invoice.push({
      ...required(company().objects.Invoice[0], 'invoice'),
      Id: '77777',
      TotalAmt: 'much' as never,
    });
    expect((await changes(since)).sales.map(({ id }) => id)).toEqual([invoice?.Id]);
  });
});
