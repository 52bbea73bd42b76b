import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { memberId as ada } from '@legendops/kit/testing/test-api';
import { required } from '@legendops/kit/testing/required';
import type { BillingException } from '../contract.ts';
import { draftInvoices } from '../invoice/draft-invoices.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

const grace = '0190c000-0000-7000-8000-00000000000e';
const customer = 'Fabrikam';

let t: PostingWorld;
beforeAll(async () => {
  t = await postingWorld();
});
afterAll(() => t.world.close());

/** As drafted, of nobody approved and nowhere sent. */
beforeEach(async () => {
  t.world.rights.lost.clear();
  t.world.rights.areUnknown = false;
  await t.world.rows(`set session_replication_role = replica;
    delete from billing.voidings; delete from billing.book_entries; delete from billing.postings;
    delete from billing.invoice_approvals; delete from billing.approval_limits; delete from billing.exceptions; delete from app.outbox;
    delete from billing.invoice_lines where corrects_period is not null;
    update billing.invoices set status = 'draft', approved_by = null, approved_hash = null, approved_at = null, counts_as_billed = true;
    set session_replication_role = origin`);
  const company = required(t.world.quickbooks.company(t.realmId), 'company');
  Object.assign(company.objects, { Invoice: [], CreditMemo: [] });
  company.remembered = {};
});

let keys = 0;
const by = async (memberId: string, act: 'approval' | 'posting') => {
  const { id, contentHash } = await t.invoiceOf(customer);
  return t.world.api.call('POST', `/api/billing/v1/invoices/${id}/${act}`, {
    actor: { tenantId: t.world.tenantId, memberId, name: memberId === grace ? 'Grace' : 'Ada' },
    ...(act === 'approval' && { body: { contentHash } }),
    headers: { 'idempotency-key': `lapse-${(keys += 1)}` },
  });
};
const limit = (limitMinor: string | null) => t.call('PUT', 'approval-limits', { currency: 'USD', limitMinor });
const lapses = async (): Promise<BillingException[]> =>
  (await t.call('GET', 'exceptions?code=approval.lapsed')).body.data;
const acts = async (): Promise<string[]> =>
  (
    await t.world.rows<{ act: string }>(
      "select payload ->> 'act' as act from app.outbox where payload ->> 'act' like 'invoice.%' order by seq",
    )
  ).map(({ act }) => act);

/** What came later of it is on the next month's invoice. */
const correct = () =>
  t.world.rows(`set session_replication_role = replica;
    insert into billing.invoice_lines (tenant_id, invoice_id, position, source_key, description, quantity_e6, unit_price_e8,
        amount_minor, cost_minor, explanation, corrects_period)
      select o.tenant_id, o.id, 99, 'corrects:2026-01-01:' || i.customer_id || ':1:x', 'Late', 1000000, 1, 0, 0, '{"steps": []}',
        i.period_start
      from billing.invoices i join billing.invoices o on o.tenant_id = i.tenant_id and o.id <> i.id
      where i.customer_name = 'Fabrikam' limit 1;
    update billing.invoices o set customer_id = i.customer_id, period_start = '2026-02-01', period_end = '2026-03-01'
      from billing.invoices i where i.customer_name = 'Fabrikam' and o.customer_name = 'Tailspin Toys';
    set session_replication_role = origin`);
const correctNoMore = () =>
  t.world.rows(`set session_replication_role = replica;
    update billing.invoices o set customer_id = c.id, period_start = '2026-01-01', period_end = '2026-02-01'
      from billing.customers c where o.customer_name = 'Tailspin Toys' and c.name = 'Tailspin Toys';
    set session_replication_role = origin`);

describe('an approval', () => {
  it('of somebody who has left is asked for again, and told; another person’s posts it', async () => {
    await by(ada, 'approval');
    await by(ada, 'posting');
    t.world.rights.lost.add(ada);
    await t.world.post();
    expect(t.invoicesInQuickBooks()).toEqual([]);
    expect(await t.outcome()).toEqual(['draft', 'approval-lapsed']);
    const { id } = await t.invoiceOf(customer);
    expect(await lapses()).toMatchObject([
      {
        invoiceId: id,
        wayOut: 'invoice',
        detail: expect.stringContaining('Ada'),
        nextStep: expect.stringContaining('“Approve”'),
        amount: { amountMinor: '85363', currency: 'USD' },
      },
    ]);
    expect(await acts()).toContain('invoice.approval-lapsed');
    await by(grace, 'approval');
    expect(await lapses()).toEqual([]);
    await by(grace, 'posting');
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks()).toHaveLength(1);
  });

  it('of a credit memo is asked again as that of an invoice', async () => {
    await t.asCreditMemo('Tailspin Toys');
    await t.post('Tailspin Toys');
    t.world.rights.lost.add(ada);
    await t.world.post();
    expect(await t.outcome('Tailspin Toys')).toEqual(['draft', 'approval-lapsed']);
    expect(t.world.quickbooks.company(t.realmId)?.objects.CreditMemo).toEqual([]);
    await t.asCreditMemo('Tailspin Toys');
  });

  it('of one of two leaves the other one’s', async () => {
    await limit('100');
    await by(ada, 'approval');
    await by(grace, 'approval');
    await by(ada, 'posting');
    t.world.rights.lost.add(ada);
    await t.world.post();
    expect((await t.outcome())[0]).toBe('draft');
    const { approvals, awaitsSecond } = await t.invoiceOf(customer);
    expect([approvals.map(({ memberId }: { memberId: string }) => memberId), awaitsSecond]).toEqual([[grace], true]);
  });

  it('of one person does not do where two are asked for meanwhile', async () => {
    await by(ada, 'approval');
    await by(ada, 'posting');
    await limit('100');
    await t.world.post();
    expect((await t.outcome())[0]).toBe('draft');
    expect(await lapses()).toMatchObject([{ detail: expect.stringContaining('two persons approve') }]);
    await by(grace, 'approval');
    await by(grace, 'posting');
    await t.world.post();
    expect((await t.outcome())[0]).toBe('posted');
  });

  it('waits where nobody can say who may approve, and is sent once that is known', async () => {
    await by(ada, 'approval');
    await by(ada, 'posting');
    t.world.rights.areUnknown = true;
    await t.world.post();
    expect(await t.outcome()).toEqual(['posting', 'service.unavailable']);
    t.world.rights.areUnknown = false;
    await t.world.post();
    expect((await t.outcome())[0]).toBe('posted');
  });

  it('was used by what is sent: what may be there is looked for, and what is posted stays', async () => {
    await by(ada, 'approval');
    await by(ada, 'posting');
    t.arm({ dropConnection: 'after' });
    await t.world.post();
    expect((await t.outcome())[0]).toBe('in-doubt');
    t.world.rights.lost.add(ada);
    await t.world.post();
    expect((await t.outcome())[0]).toBe('posted');
    await t.world.post();
    expect((await t.outcome())[0]).toBe('posted');
  });

  it('of what another invoice corrects already is given anew where it stands', async () => {
    await by(ada, 'approval');
    await by(ada, 'posting');
    await correct();
    t.world.rights.lost.add(ada);
    await t.world.post();
    expect(await t.outcome()).toEqual(['failed', 'approval-lapsed']);
    expect((await by(grace, 'posting')).body).toMatchObject({
      code: 'invoice.wrong-state',
      detail: expect.stringContaining('“Approve”'),
    });
    expect((await by(grace, 'approval')).status).toBe(200);
    expect((await by(grace, 'approval')).body.code).toBe('invoice.wrong-state');
    expect(await lapses()).toEqual([]);
    await by(grace, 'posting');
    await t.world.post();
    expect((await t.outcome())[0]).toBe('posted');
    await correctNoMore();
  });

  it('of one person is told no more once one is enough again where it stands', async () => {
    await by(ada, 'approval');
    await by(ada, 'posting');
    await correct();
    await limit('100');
    await t.world.post();
    expect(await t.outcome()).toEqual(['failed', 'approval-lapsed']);
    await limit(null);
    expect((await by(ada, 'posting')).status).toBe(202);
    await t.world.post();
    expect((await t.outcome())[0]).toBe('posted');
    expect(await lapses()).toEqual([]);
    await correctNoMore();
  });

  it('that was not given anew is told no more once a run drafts nothing for it', async () => {
    await by(ada, 'approval');
    await by(ada, 'posting');
    t.world.rights.lost.add(ada);
    await t.world.post();
    expect(await lapses()).toHaveLength(1);
    await t.world.rows("update billing.customers set state = 'archived' where name = 'Fabrikam'");
    await t.world.run({ name: 'invoice-run', work: draftInvoices });
    expect(await lapses()).toEqual([]);
    await t.world.rows("update billing.customers set state = 'active' where name = 'Fabrikam'");
    await t.world.run({ name: 'invoice-run', work: draftInvoices });
  });
});

describe('a void that was asked for', () => {
  const ask = () => t.answer('voiding', { reason: 'A mistake', billsAnew: false });
  const failed = async (): Promise<BillingException[]> =>
    (await t.call('GET', 'exceptions?code=void.failed')).body.data;

  it('by somebody who has left is not done, and told; whoever asks once more has it done', async () => {
    await t.posted();
    await ask();
    t.world.rights.lost.add(ada);
    await t.world.post();
    expect((await t.outcome())[0]).toBe('posted');
    expect((await t.entryOf()).voiding).toMatchObject({ state: 'failed', detail: expect.stringContaining('“Void”') });
    expect(await failed()).toMatchObject([{ wayOut: 'invoice', nextStep: expect.stringContaining('“Void”') }]);
    expect(await acts()).toContain('invoice.void-lapsed');
    t.world.rights.lost.clear();
    await ask();
    expect(await failed()).toEqual([]);
    await t.world.post();
    expect((await t.outcome())[0]).toBe('voided');
  });

  it('that QuickBooks refuses is told, too, until a person makes it void there', async () => {
    const { Id: invoiceId } = await t.posted();
    await t.byHand({ action: 'pay', invoiceId, amount: 10 });
    await ask();
    await t.world.post();
    expect(await failed()).toMatchObject([{ detail: expect.stringContaining('paid') }]);
    await t.byHand({ action: 'delete', invoiceId });
    await t.reconcile();
    const { seen } = (await t.entryOf()).drift;
    expect((await t.answer('acceptance', { seen, billsAnew: false })).status).toBe(200);
    expect(await failed()).toEqual([]);
  });
});
