import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { required } from '@legendops/kit/testing/required';
import { InvoiceDetail } from '../contract.ts';
import { draftWorld, type DraftWorld } from '../testing/draft-world.ts';

let t: DraftWorld;
beforeEach(async () => {
  t = await draftWorld();
});
afterEach(() => t.world.close());

const call = (method: string, path: string, body?: unknown) =>
  t.world.api.call(method, `/api/billing/v1/${path}`, {
    actor: { tenantId: t.world.tenantId },
    ...(body !== undefined && { body }),
    headers: { 'idempotency-key': path.replaceAll('/', '-') },
  });

/** The invoice of a customer and a month as the portal shows it. */
const invoiceOf = async (customer: string, period: string): Promise<InvoiceDetail> => {
  const [row] = await t.world.rows<{ id: string }>(
    'select id from billing.invoices where customer_name = $1 and period_start = $2',
    [customer, period],
  );
  return InvoiceDetail.parse((await call('GET', `invoices/${required(row, `${customer}, ${period}`).id}`)).body);
};
const approve = async (customer: string, period: string) => {
  const { id, contentHash } = await invoiceOf(customer, period);
  return InvoiceDetail.parse((await call('POST', `invoices/${id}/approval`, { contentHash })).body);
};
const corrected = ({ lines }: InvoiceDetail) =>
  lines.flatMap(({ amountMinor, correctsPeriod }) =>
    correctsPeriod === null ? [] : [`${correctsPeriod} ${amountMinor}`],
  );
const usage = () => required(t.world.account().usage[0], 'usage of the sample account').lines;
/** Pax8 tells another cost of the first day. */
const setDay = (partnerTotal: string) => Object.assign(required(usage()[0], 'a line'), { partnerTotal });

describe('a month that changed after its approval', () => {
  it('is corrected on the next invoice, once, and anew when it changes again', async () => {
    setDay('35.44');
    await t.sync(6);
    await t.draft();
    await approve('Fabrikam', '2026-01-01');
    setDay('1.00');
    await t.sync(7, '2026-02');
    await t.draft('2026-02-01');
    expect(corrected(await invoiceOf('Fabrikam', '2026-02-01'))).toEqual(['2026-01-01 -4305']);

    // The draft follows; what is approved counts as billed.
    setDay('2.00');
    await t.sync(8, '2026-02');
    await t.draft('2026-02-01');
    expect(corrected(await invoiceOf('Fabrikam', '2026-02-01'))).toEqual(['2026-01-01 -4180']);
    await approve('Fabrikam', '2026-02-01');
    await t.draft('2026-03-01');
    expect(corrected(await invoiceOf('Fabrikam', '2026-03-01'))).toEqual([]);

    setDay('35.44');
    await t.sync(9, '2026-02');
    await t.draft('2026-03-01');
    expect(corrected(await invoiceOf('Fabrikam', '2026-03-01'))).toEqual(['2026-01-01 4180']);
  });
});

describe('a correction on a draft', () => {
  const isOnDraftOfFebruary = async () => {
    setDay('35.44');
    await t.sync(6);
    await t.draft();
    await approve('Fabrikam', '2026-01-01');
    setDay('1.00');
    await t.sync(7, '2026-02');
    await t.draft('2026-02-01');
  };
  const close = (month: string) =>
    t.world.rows("update billing.periods set state = 'closed' where period = $1", [month]);

  it('stays there when its month is closed, whatever else the draft follows', async () => {
    await isOnDraftOfFebruary();
    await close('2026-01-01');
    await t.draft('2026-03-01');
    expect(corrected(await invoiceOf('Fabrikam', '2026-02-01'))).toEqual(['2026-01-01 -4305']);
    expect(await t.lastRun()).toMatchObject({ state: 'done' });
  });

  it('is not billed anew when its month is looked at again, and the month of the draft is closed', async () => {
    await isOnDraftOfFebruary();
    const before = await invoiceOf('Fabrikam', '2026-02-01');
    await close('2026-02-01');
    await t.draft('2026-03-01');
    expect(await invoiceOf('Fabrikam', '2026-02-01')).toEqual(before);
    expect(corrected(await invoiceOf('Fabrikam', '2026-03-01'))).toEqual([]);
    setDay('2.00');
    await t.sync(8, '2026-02');
    await t.draft('2026-03-01');
    expect(corrected(await invoiceOf('Fabrikam', '2026-03-01'))).toEqual(['2026-01-01 125']);
  });
});

describe('what a customer is owed', () => {
  it('is a credit memo', async () => {
    await t.draft();
    await approve('Tailspin Toys', '2026-01-01');
    const { totalMinor } = await invoiceOf('Tailspin Toys', '2026-01-01');
    await t.world.rows(`delete from billing.pax8_subscriptions where company_id =
      (select pax8_company_id from billing.customers where name = 'Tailspin Toys')`);
    await t.world.rows('update billing.pax8_usage_lines set superseded_at = now()');
    await t.draft('2026-02-01');
    const memo = await invoiceOf('Tailspin Toys', '2026-02-01');
    expect(memo).toMatchObject({ kind: 'credit-memo', totalMinor: `-${totalMinor}`, status: 'draft' });
    const approved = await approve('Tailspin Toys', '2026-02-01');
    expect(approved.acts.post).toMatchObject({ may: true });
  });

  it('is settled where it cancels out, and nothing waits to be posted', async () => {
    await t.draft();
    await approve('Fabrikam', '2026-01-01');
    await t.draft('2026-02-01');
    const { lines, totalMinor } = await invoiceOf('Fabrikam', '2026-02-01');
    expect(lines).toHaveLength(1);
    // Taking back the whole of January leaves February for nothing.
    await t.world.rows(
      `update billing.pax8_subscriptions set start_date = '2026-02-01', effective_from = '2026-02-01' where company_id =
       (select pax8_company_id from billing.customers where name = 'Fabrikam')`,
    );
    await t.draft('2026-02-01');
    expect(corrected(await invoiceOf('Fabrikam', '2026-02-01'))).toEqual([`2026-01-01 -${totalMinor}`]);
    expect(await approve('Fabrikam', '2026-02-01')).toMatchObject({
      status: 'settled',
      totalMinor: '0',
      kind: 'invoice',
    });
    const { acts } = await invoiceOf('Fabrikam', '2026-02-01');
    expect(acts.post).toMatchObject({ may: false });
  });
});
