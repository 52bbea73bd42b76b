import { afterAll, beforeAll, expect, it } from 'vitest';
import { PaymentState } from '../book-entry/contract.ts';
import type { Invoice } from '../contract.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
beforeAll(async () => {
  // The first of March where the tenant is, and the second by UTC.
  t = await postingWorld({ timeZone: 'America/Los_Angeles' });
  await t.posted();
  await t.world.rows('update billing.account_looks set next_look_at = now()');
  await t.world.post();
  t.world.clock.at = new Date('2026-03-02T03:00:00Z');
});
afterAll(() => t.world.close());

const list = async (query = ''): Promise<Invoice[]> => (await t.call('GET', `invoices${query}`)).body.data;
const fabrikam = (invoices: readonly Invoice[]) => invoices.find(({ customerName }) => customerName === 'Fabrikam');
/** Which filters take it. */
const listedAs = async (): Promise<string[]> => {
  const lists = await Promise.all(PaymentState.options.map((state) => list(`?paymentState=${state}`)));
  return PaymentState.options.filter((_, index) => fabrikam(lists[index] ?? []) !== undefined);
};
const become = (entry: { state?: string; open: bigint | null; due: string | null }) =>
  t.world.rows('update billing.book_entries set state = $1, open_minor = $2, due_on = $3', [
    entry.state ?? 'there',
    entry.open,
    entry.due,
  ]);

it.each<[PaymentState, string, bigint, string | null]>([
  ['open', 'nothing is paid of it', 85_363n, null],
  ['open', 'it is due on this very day of the tenant', 85_363n, '2026-03-01'],
  ['partly-paid', 'a minor unit is paid', 85_362n, '2026-03-31'],
  ['overdue', 'its day is over', 1n, '2026-02-28'],
  ['paid', 'nothing is open, though its day is over', 0n, '2026-02-28'],
])('is %s where %s: in the list, on its page, and found by that alone', async (state, _why, open, due) => {
  await become({ open, due });
  const paid = {
    paymentState: state,
    paidMinor: (85_363n - open).toString(),
    openMinor: open.toString(),
    dueOn: due,
  };
  expect(fabrikam(await list())).toMatchObject(paid);
  expect(await t.invoiceOf('Fabrikam')).toMatchObject(paid);
  expect((await t.entryOf()).payment.state).toBe(state);
  expect(await listedAs()).toEqual([state]);
});

it.each([
  ['what is void there', { state: 'voided', open: 0n, due: null }],
  ['of which QuickBooks does not say what is open', { open: null, due: null }],
])('%s is neither paid nor open', async (_title, entry) => {
  await become(entry);
  expect(fabrikam(await list())).toMatchObject({ paymentState: null, openMinor: null, dueOn: null });
  expect(await listedAs()).toEqual([]);
});

it('what is not posted has no payment', async () => {
  const tailspin = (await list()).find(({ customerName }) => customerName === 'Tailspin Toys');
  expect(tailspin).toMatchObject({ status: 'draft', paymentState: null, paidMinor: null });
});

it('is in the exported table, of the invoices that the list is narrowed to', async () => {
  await become({ open: 363n, due: '2026-02-28' });
  const text = async (query: string) =>
    String((await t.call('GET', `invoices/export${query}`)).body)
      .trim()
      .split('\r\n');
  const [head, ...rows] = (await text('?paymentState=overdue')).slice(0, -1);
  expect(head).toContain('"payment","paid","open","due"');
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatch(/^"Fabrikam",.*"posted","853\.63","USD","overdue","850\.00","3\.63","2026-02-28"$/);
  const all = await text('');
  expect([all.length, all.at(-1)]).toEqual([4, expect.stringMatching(/^"Whole table: 2 invoices"(,""){11}$/)]);
  expect(await text('?from=2026-01-01&to=2026-01-01')).toHaveLength(4);
  expect(await text('?from=2026-02-01')).toHaveLength(2);
  expect(await text('?to=2025-12-01')).toHaveLength(2);
});

it('is not told to a customer’s people, neither by the list nor by its filters', async () => {
  const { customerId } = await t.invoiceOf('Fabrikam');
  const asGuest = async (path: string) =>
    t.world.api.call('GET', `/api/billing/v1/${path}`, {
      actor: { tenantId: t.world.tenantId, role: 'guest', customerId },
    });
  expect((await asGuest('invoices')).body.data).toMatchObject([{ customerName: 'Fabrikam', paymentState: null }]);
  expect((await asGuest('invoices?paymentState=paid')).body.code).toBe('permission.denied');
  expect((await asGuest('invoices/export')).status).toBe(403);
});
