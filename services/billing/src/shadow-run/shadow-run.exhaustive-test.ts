import { required } from '@legendops/kit/testing/required';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';
import type { ShadowLine } from './contract.ts';

let t: PostingWorld;
const period = '2026-01-01';
beforeEach(async () => {
  t = await postingWorld();
});
afterEach(() => t.world.close());

const start = (more: object = {}) => t.call('POST', 'shadow-runs', { period, ...more });
const linesOf = async (id: string, query = ''): Promise<ShadowLine[]> =>
  (await t.call('GET', `shadow-runs/${id}/lines${query}`)).body.data;
const inBrief = async (id: string) =>
  (await linesOf(id)).map(({ outcome, ours, theirs, pairedBy }) => [
    outcome,
    ours?.amountMinor ?? null,
    theirs?.amountMinor ?? null,
    pairedBy,
  ]);
/** Fabrikam in QuickBooks, linked by what was posted to it. */
const posted = async () => {
  await t.post('Fabrikam');
  await t.world.post();
  return required(t.invoicesInQuickBooks()[0], 'invoice in QuickBooks');
};
const sale = (name: string, Description: string, Amount: number) => ({
  DetailType: 'SalesItemLineDetail',
  Description,
  Amount,
  SalesItemLineDetail: { ItemRef: { value: '9', name } },
});

describe('a shadow run', () => {
  it('finds what we have posted line by line, and leaves books, invoices and months as they are', async () => {
    await posted();
    const state = () =>
      Promise.all(
        ['invoices', 'invoice_lines', 'postings', 'periods', 'exceptions', 'runs'].map((table) =>
          t.world.rows(
            `select md5(coalesce(string_agg(x::text, '' order by x::text), '')) as hash from billing.${table} x`,
          ),
        ),
      );
    const [before, books] = [await state(), JSON.stringify(t.invoicesInQuickBooks())];
    const { status, body } = await start();
    expect([status, body.customers, body.outcomes]).toEqual([
      201,
      1,
      [{ outcome: 'matched', currency: 'USD', count: 2, ourMinor: '85363', theirMinor: '85363' }],
    ]);
    expect(body.unlinked).toEqual({ customers: 1, totals: [{ amountMinor: '59063', currency: 'USD' }] });
    expect(await inBrief(body.id)).toEqual(
      expect.arrayContaining([
        ['matched', '26582', '26582', 'product'],
        ['matched', '58781', '58781', 'product'],
      ]),
    );
    expect(await state()).toEqual(before);
    expect(JSON.stringify(t.invoicesInQuickBooks())).toBe(books);
  });

  it('sets a month against invoices that we did not make', async () => {
    const { Id } = await posted();
    const own = t.writeByHand({ total: 700 });
    Object.assign(own, {
      Line: [
        sale('Productivity Suite', '45 seats', 600),
        sale('Hours', 'Support', 90),
        { DetailType: 'SubTotalLineDetail', Amount: 690 },
      ],
    });
    const company = required(t.world.quickbooks.company(t.realmId), 'company');
    company.objects.Invoice.splice(0, company.objects.Invoice.length, own);
    expect(Id).not.toBe(own.Id);
    const { body } = await start();
    expect(await inBrief(body.id)).toEqual(
      [
        ['ours-only', '26582', null, null],
        ['amount-differs', '58781', '60000', 'product'],
        ['theirs-only', null, '9000', null],
        // What its lines do not add up to.
        ['theirs-only', null, '1000', null],
      ].toSorted((one, other) => differenceIn(other) - differenceIn(one)),
    );
    expect((await linesOf(body.id, '?outcome=theirs-only')).map(({ theirs }) => theirs?.description)).toEqual([
      'Hours: Support',
      'Other amounts of this invoice',
    ]);
    expect(await t.call('GET', 'shadow-runs')).toMatchObject({ body: { data: [{ id: body.id, otherInvoices: 0 }] } });
    const file = await t.call('GET', `shadow-runs/${body.id}/export`);
    expect(String(file.body)).toContain('"amount-differs","Productivity Suite');
  });

  it('sets credit memos against it with their signs, so that a customer’s sum is what the customer owes', async () => {
    await posted();
    const own = t.writeByHand({ total: 865.82 });
    Object.assign(own, {
      Line: [sale('Productivity Suite', '45 seats', 600), sale('Cloud consumption', 'Compute hours, rg-main', 265.82)],
    });
    const company = required(t.world.quickbooks.company(t.realmId), 'company');
    company.objects.Invoice.splice(0, company.objects.Invoice.length, own);
    const memo = {
      ...own,
      Id: '60',
      DocNumber: '1002',
      TotalAmt: 13.19,
      TxnTaxDetail: { TotalTax: 1 },
      Line: [sale('Productivity Suite', 'Seats given back', 12.19)],
    };
    company.objects.CreditMemo.push(memo, { ...memo, Id: '61', CustomerRef: { value: '999' } });
    const { body } = await start();
    expect(body.otherInvoices).toBe(1);
    const lines = await linesOf(body.id);
    expect(lines.map(({ outcome, theirs }) => [outcome, theirs?.kind, theirs?.docNumber, theirs?.amountMinor])).toEqual(
      [
        ['amount-differs', 'invoice', '1001', '60000'],
        ['theirs-only', 'credit-memo', '1002', '-1219'],
        ['matched', 'invoice', '1001', '26582'],
      ],
    );
    const sum = (side: 'ourMinor' | 'theirMinor') =>
      body.outcomes.reduce((all: number, one: Record<string, string>) => all + Number(one[side]), 0);
    expect([sum('ourMinor'), sum('theirMinor')]).toEqual([85_363, 85_363]);
    expect(String((await t.call('GET', `shadow-runs/${body.id}/export`)).body)).toContain(
      '"credit-memo","1002","Productivity Suite: Seats given back","-12.19"',
    );
  });

  it('reads invoices of other days where a person says so, and pages', async () => {
    await posted();
    Object.assign(required(t.invoicesInQuickBooks()[0], 'invoice'), { TxnDate: '2026-02-01' });
    const { body: none } = await start();
    expect(none.outcomes.map(({ outcome }: ShadowLine) => outcome)).toEqual(['ours-only']);
    const { body } = await start({ datedTo: '2026-02-01' });
    expect(body.outcomes.map(({ outcome }: ShadowLine) => outcome)).toEqual(['matched']);
    const first = (await t.call('GET', `shadow-runs/${body.id}/lines?limit=1`)).body;
    const second = (await t.call('GET', `shadow-runs/${body.id}/lines?limit=1&cursor=${first.page.next}`)).body;
    expect([first.data.length, second.data.length, second.page.next]).toEqual([1, 1, null]);
    expect(first.data[0].id).not.toBe(second.data[0].id);
  });

  it.each([
    ['a month that is not over', { period: '2026-02-01' }, 'period.wrong-state'],
    ['a day that is no month', { period: '2026-01-02' }, 'period.not-found'],
    ['days in the wrong order', { period, datedFrom: '2026-02-02', datedTo: '2026-02-01' }, 'period.wrong-state'],
    ['all of the books', { period, datedFrom: '2020-01-01' }, 'period.wrong-state'],
  ])('refuses %s', async (_title, body, code) => {
    t.world.clock.at = new Date('2026-02-10T12:00:00Z');
    expect((await t.call('POST', 'shadow-runs', body)).body.code).toBe(code);
  });

  it('keeps nothing where QuickBooks does not answer', async () => {
    t.world.quickbooks.faults.add([{ match: { path: '/query' }, fault: { status: 503 } }]);
    expect((await start()).body.code).toBe('vendor.unavailable');
    expect(await t.world.rows('select from billing.shadow_runs')).toEqual([]);
  });

  it('is nobody else’s', async () => {
    const id = (await start()).body.id;
    expect(
      await t.call('GET', `shadow-runs/${id.replace(/.$/, (digit: string) => (digit === '0' ? '1' : '0'))}`),
    ).toMatchObject({
      status: 404,
    });
  });
});

const differenceIn = ([, ours, theirs]: (string | null)[]): number => Math.abs(Number(ours ?? 0) - Number(theirs ?? 0));
