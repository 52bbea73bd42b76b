import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { required } from '@legendops/kit/testing/required';
import { register } from 'prom-client';
import { draftInvoices } from '../invoice/draft-invoices.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
beforeEach(async () => {
  t = await postingWorld();
  await t.asCreditMemo('Fabrikam');
});
afterEach(() => t.world.close());

const memos = () => required(t.world.quickbooks.company(t.realmId), 'company').objects.CreditMemo;
const armed = (fault: object) => t.arm(fault, { path: '/creditmemo' });

describe('a credit memo', () => {
  it('is posted as one, with every sign turned, and as no invoice', async () => {
    const { lines } = await t.invoiceOf('Fabrikam');
    await t.post();
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    const [memo] = memos();
    expect(memo).toMatchObject({ DocNumber: 'LO000001L', TotalAmt: 853.63, RemainingCredit: 853.63 });
    expect(memo).not.toHaveProperty('DueDate');
    const amounts = required(memo, 'credit memo').Line?.filter(
      ({ DetailType }) => DetailType === 'SalesItemLineDetail',
    );
    expect(amounts?.map(({ Amount }) => Amount)).toEqual(
      lines.map(({ amountMinor }: { amountMinor: string }) => -Number(amountMinor) / 100),
    );
    expect(t.invoicesInQuickBooks()).toEqual([]);
  });

  it.each<[string, object]>([
    ['the reply is lost after QuickBooks wrote it', { dropConnection: 'after' }],
    ['the connection is lost before', { dropConnection: 'before' }],
    ['the body breaks off', { truncate: 30 }],
    ['a sign-in page comes under 200', { html: true, committed: true }],
    ['a 503 comes although it was written', { status: 503, body: {}, committed: true }],
    ['a 503 comes and nothing was written', { status: 503, body: {} }],
  ])('is in doubt when %s, and there once', async (_title, fault) => {
    await t.post();
    armed(fault);
    await t.world.post();
    expect((await t.outcome())[0]).toBe('in-doubt');
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(memos()).toHaveLength(1);
  });

  it('is found by its mark where QuickBooks has forgotten the request', async () => {
    await t.post();
    armed({ dropConnection: 'after' });
    await t.world.post();
    await t.world.rows("update billing.postings set request_id = 'forgotten'");
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(memos()).toHaveLength(1);
  });

  it('takes another number where an invoice has its own', async () => {
    await t.post();
    const company = required(t.world.quickbooks.company(t.realmId), 'company');
    const MetaData = { CreateTime: '2026-01-01T00:00:00Z', LastUpdatedTime: '2026-01-01T00:00:00Z' };
    company.objects.Invoice.push({
      Id: '900',
      SyncToken: '0',
      MetaData,
      DocNumber: 'LO000001L',
      TotalAmt: 1,
      Line: [],
    });
    await t.world.post();
    expect(await t.outcome()).toEqual(['failed', 'doc-number-taken']);
    await t.post();
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(memos()).toMatchObject([{ DocNumber: 'LO000002L' }]);
  });

  it('is posted by an invoice run, as every approved invoice is', async () => {
    const { id, contentHash } = await t.invoiceOf('Fabrikam');
    await t.call('POST', `invoices/${id}/approval`, { contentHash });
    await t.world.run({ name: 'invoice-run', work: draftInvoices });
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
  });

  it('is settled by hand where its company cannot be asked any more', async () => {
    await t.post();
    armed({ dropConnection: 'after' });
    await t.world.post();
    await t.call('DELETE', 'connections/quickbooks');
    const { id } = await t.invoiceOf('Fabrikam');
    const settlement = { outcome: 'in-quickbooks', quickBooksId: '77', evidence: 'Seen in QuickBooks' };
    expect((await t.call('POST', `invoices/${id}/settlement`, settlement)).body).toMatchObject({ status: 'posted' });
  });

  it('waits on the worklist where it failed, with the reason', async () => {
    await t.post();
    armed({
      status: 400,
      body: { Fault: { Error: [{ Message: 'A business rule', code: '6000' }], type: 'ValidationFault' } },
    });
    await t.world.post();
    const { invoices } = (await t.call('GET', 'worklist')).body;
    expect(invoices).toContainEqual(
      expect.objectContaining({
        status: 'failed',
        largest: [
          expect.objectContaining({ totalMinor: '-85363', reason: expect.stringContaining('A business rule') }),
        ],
      }),
    );
  });

  it('is compared by reconcile, and counted as credit', async () => {
    await t.post();
    await t.world.post();
    await t.reconcile();
    expect(await t.told()).toEqual([]);
    await t.byHand({
      action: 'edit',
      kind: 'CreditMemo',
      invoiceId: required(memos()[0], 'memo').Id,
      change: { PrivateNote: '' },
    });
    await t.reconcile();
    expect(await t.told()).toEqual([]);
    await t.byHand({ action: 'delete', kind: 'CreditMemo', invoiceId: required(memos()[0], 'memo').Id });
    await t.reconcile();
    expect(await t.told()).toEqual(['posted.missing']);
    expect(await register.getSingleMetricAsString('legendops_billing_credited_minor_units_total')).toMatch(
      /currency="USD"} \d+/,
    );
  });
});
