import { beforeEach, describe, expect, test } from 'vitest';
import { aCompany, aLine, anInvoice, codeOf } from './quickbooks-for-test.ts';
import { quickBooksSuite } from './quickbooks-suite.ts';
import { parseStatement } from './query-statement.ts';

const { t, s } = quickBooksSuite();

const numbersOf = async (statement: string) =>
  ((await s.query(statement)).body.QueryResponse.Invoice ?? []).map(
    ({ DocNumber }: { DocNumber: string }) => DocNumber,
  );

describe('statements', () => {
  beforeEach(async () => {
    for (const [index, amount] of [30, 10, 20].entries()) {
      const invoice = { DocNumber: `LO-${index + 1}`, TxnDate: `2026-10-0${index + 1}`, Line: [aLine({ amount })] };
      await s.post('/invoice', anInvoice(invoice));
    }
  });

  test.each([
    [`select * from Invoice where DocNumber = 'LO-2'`, ['LO-2']],
    [`SELECT * FROM Invoice WHERE DocNumber IN ('LO-1', 'LO-3')`, ['LO-1', 'LO-3']],
    [`SELECT * FROM Invoice WHERE DocNumber LIKE 'LO-%'`, ['LO-1', 'LO-2', 'LO-3']],
    [`SELECT * FROM Invoice WHERE TxnDate >= '2026-10-02' AND TxnDate < '2026-10-03'`, ['LO-2']],
    [`SELECT * FROM Invoice WHERE TotalAmt > '10' ORDERBY TotalAmt`, ['LO-3', 'LO-1']],
    [`SELECT * FROM Invoice ORDERBY TxnDate DESC`, ['LO-3', 'LO-2', 'LO-1']],
    [`SELECT * FROM Invoice STARTPOSITION 2 MAXRESULTS 1`, ['LO-2']],
    [`SELECT * FROM Invoice WHERE CustomerRef = '1' MAXRESULTS 2`, ['LO-1', 'LO-2']],
    [`SELECT * FROM Invoice WHERE MetaData.LastUpdatedTime > '2026-10-15T11:59:59Z'`, ['LO-1', 'LO-2', 'LO-3']],
    [`SELECT * FROM Invoice WHERE DocNumber = 'none'`, []],
  ])('%s', async (statement, expected) => {
    expect(await numbersOf(statement)).toEqual(expected);
  });

  test('a count, an empty answer and the position of a page', async () => {
    expect((await s.query('select count(*) from Invoice')).body.QueryResponse).toEqual({ totalCount: 3 });
    expect((await s.query(`select * from Invoice where DocNumber = 'x'`)).body.QueryResponse).toEqual({});
    const page = (await s.query('select * from Invoice startposition 3 maxresults 10')).body;
    expect(page.QueryResponse).toMatchObject({ startPosition: 3, maxResults: 1 });
    expect(page.time).toMatch(/^2026-10-15T04:00:00\.000-08:00$/);
  });

  test('a statement may come as the body of a POST, without requestid', async () => {
    const reply = await fetch(`${t.quickbooks.url}/v3/company/9130001/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${s.accessToken}`, 'content-type': 'application/text' },
      body: 'select count(*) from Invoice',
    });
    expect(await reply.json()).toMatchObject({ QueryResponse: { totalCount: 3 } });
  });

  test.each([
    ['select Id from Invoice', '4000'],
    [`select * from Invoice where Id = '1' or Id = '2'`, '4000'],
    [`select * from Invoice where DocNumber = 'it's'`, '4000'],
    ['select * from Invoice order by Id', '4000'],
    ['select * from Invoice startposition 0', '4000'],
    ['', '4000'],
    ['select * from Nothing', '4001'],
    [`select * from Invoice where PrivateNote = 'x'`, '4001'],
    ['select * from Invoice maxresults 1001', '4001'],
  ])('%s is refused with %s', async (statement, code) => {
    const reply = await s.query(statement);
    expect([reply.status, codeOf(reply)]).toEqual([400, code]);
  });

  test('a hundred rows come unless more are asked for', async () => {
    t.quickbooks.setQuirks({ defaultMaxResults: 2, requestsPerSecond: 1000 });
    expect(await numbersOf('select * from Invoice')).toHaveLength(2);
  });
});

test.each([
  [String.raw`it\'s`, "it's"],
  [String.raw`a\\`, 'a\\'],
  [String.raw`a\\\' OR Id > \'0`, String.raw`a\' OR Id > '0`],
])('the literal %j is %j', (written, meant) => {
  const { where } = parseStatement(`select * from Customer where DisplayName = '${written}'`);
  expect(where).toEqual([{ field: 'DisplayName', operator: '=', values: [meant] }]);
});

describe('names', () => {
  test('a query finds active names only, yet an inactive one and a vendor’s are taken', async () => {
    expect((await s.query(`select * from Customer where DisplayName = 'Gone'`)).body.QueryResponse).toEqual({});
    const withInactive = `select * from Customer where DisplayName = 'Gone' and Active in (true, false)`;
    expect((await s.query(withInactive)).body.QueryResponse.Customer).toHaveLength(1);
    for (const DisplayName of ['Gone', 'gone', 'Pax8', 'Adatum']) {
      expect(codeOf(await s.post('/customer', { DisplayName }))).toBe('6240');
    }
    expect((await s.post('/customer', { DisplayName: 'New' })).body.Customer).toMatchObject({
      SyncToken: '0',
      Active: true,
    });
    expect(codeOf(await s.post('/customer', {}))).toBe('6080');
  });

  test('a service item names its income account', async () => {
    expect(codeOf(await s.post('/item', { Name: 'Backup', Type: 'Service' }))).toBe('2020');
    expect(codeOf(await s.post('/item', { Name: 'Backup', IncomeAccountRef: { value: '99' } }))).toBe('2500');
    const { Item } = (await s.post('/item', { Name: 'Backup', IncomeAccountRef: { value: '1' } })).body;
    expect((await s.query(`select * from Item where Name = 'Backup'`)).body.QueryResponse.Item).toEqual([Item]);
    expect(codeOf(await s.post('/item', { Name: 'Backup', IncomeAccountRef: { value: '1' } }))).toBe('6240');
  });

  test('a customer is renamed and made inactive with its SyncToken', async () => {
    const change = { Id: '1', SyncToken: '0', sparse: true, DisplayName: 'Adatum Inc', Active: false };
    expect((await s.post('/customer', change)).body.Customer).toMatchObject({
      SyncToken: '1',
      DisplayName: 'Adatum Inc',
    });
    expect(codeOf(await s.post('/invoice', anInvoice()))).toBe('610');
  });
});

test('preferences tell what can be sent', async () => {
  t.quickbooks.putCompany(aCompany({ preferences: { TaxPrefs: { PartnerTaxEnabled: true } } }));
  expect((await s.get('/preferences')).body.Preferences).toMatchObject({
    SalesFormsPrefs: { CustomTxnNumbers: true },
    CurrencyPrefs: { MultiCurrencyEnabled: false, HomeCurrency: { value: 'USD' } },
    TaxPrefs: { PartnerTaxEnabled: true },
  });
});
