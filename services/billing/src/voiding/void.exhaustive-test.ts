import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { required } from '@legendops/kit/testing/required';
import { draftInvoices } from '../invoice/draft-invoices.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
let invoiceId: string;
beforeEach(async () => {
  t = await postingWorld();
  invoiceId = (await t.posted()).Id;
});
afterEach(() => t.world.close());

const voiding = { reason: 'Sent to the wrong customer', billsAnew: false };
const ask = (more: object = {}) => t.answer('voiding', { ...voiding, ...more });
const inBooks = () => required(t.invoicesInQuickBooks()[0], 'invoice in QuickBooks');
const isVoidOnce = (): void => expect(inBooks()).toMatchObject({ TotalAmt: 0, Balance: 0, SyncToken: '1' });

describe('a void', () => {
  it('is done in QuickBooks, once, and then here', async () => {
    expect((await ask()).body).toMatchObject({ voiding: { state: 'voiding', reason: voiding.reason } });
    expect((await t.outcome())[0]).toBe('posted');
    expect((await ask()).body).toMatchObject({ code: 'invoice.wrong-state' });
    await t.world.post();
    isVoidOnce();
    expect(await t.outcome()).toEqual(['voided', 'void-in-books']);
    expect(await t.entryOf()).toMatchObject({ voiding: { state: 'voided' }, acts: { void: { may: false } } });
    await t.world.post();
    isVoidOnce();
    await t.reconcile();
    expect(await t.told()).toEqual([]);
  });

  it.each<[string, object]>([
    ['the reply is lost after QuickBooks did it', { dropConnection: 'after' }],
    ['the connection is lost before', { dropConnection: 'before' }],
    ['a sign-in page comes under 200', { html: true, committed: true }],
    ['a 503 comes although it was done', { status: 503, body: {}, committed: true }],
    ['a 503 comes and nothing was done', { status: 503, body: {} }],
  ])('is done once when %s', async (_title, fault) => {
    await ask();
    t.arm(fault);
    await t.world.post();
    await t.world.post();
    isVoidOnce();
    expect((await t.outcome())[0]).toBe('voided');
  });

  it('is asked once more where QuickBooks refuses it, and says what to do', async () => {
    await t.byHand({ action: 'pay', invoiceId, amount: 10 });
    await ask();
    await t.world.post();
    expect((await t.outcome())[0]).toBe('posted');
    const { voiding: refused, acts } = await t.entryOf();
    expect(refused).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('Take its payments and credits off'),
    });
    expect(acts.void.may).toBe(true);
  });

  it('is not asked for where it is known to be paid, and never of a credit memo', async () => {
    await t.byHand({ action: 'pay', invoiceId, amount: 10 });
    await t.reconcile();
    expect((await ask()).body).toMatchObject({ code: 'invoice.wrong-state', detail: expect.stringContaining('paid') });
    await t.asCreditMemo('Tailspin Toys');
    await t.post('Tailspin Toys');
    await t.world.post();
    expect((await t.answer('voiding', voiding, 'Tailspin Toys')).body.detail).toContain(
      'Make this credit memo void in QuickBooks',
    );
  });

  it('goes on after a payment that came and went while it was under way', async () => {
    await ask();
    t.arm({
      status: 400,
      body: { Fault: { Error: [{ Message: 'Stale Object', code: '5010' }], type: 'ValidationFault' } },
    });
    await t.world.post();
    expect((await t.outcome())[0]).toBe('voided');
    isVoidOnce();
  });

  it('is not done to what a person has changed meanwhile', async () => {
    const { Line } = structuredClone(inBooks());
    await ask();
    await t.byHand({ action: 'edit', invoiceId, change: { Line: (Line ?? []).slice(0, 1) } });
    await t.world.post();
    expect((await t.entryOf()).voiding).toMatchObject({ state: 'failed' });
    expect(inBooks().TotalAmt).toBeGreaterThan(0);
  });

  it('of what a person voided or deleted meanwhile is done', async () => {
    await ask();
    await t.byHand({ action: 'delete', invoiceId });
    await t.world.post();
    expect((await t.outcome())[0]).toBe('voided');
  });

  it('waits for its company where another one is connected', async () => {
    await ask();
    await t.world.connectQuickBooks('9130350000000002');
    await t.world.post();
    expect((await t.entryOf()).voiding).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('another QuickBooks company'),
    });
    expect((await t.outcome())[0]).toBe('posted');
  });

  it('leaves what it billed to be billed anew where a person says so, by lines of the next draft', async () => {
    await t.world.rows("update billing.periods set state = 'closed', run_on = '2026-02-06' where state = 'run'");
    await ask({ billsAnew: true });
    await t.world.post();
    const [period] = await t.world.rows<{ state: string; asked: boolean }>(
      'select state, asked_at is not null as asked from billing.periods order by period limit 1',
    );
    expect(period).toEqual({ state: 'due', asked: true });
    await t.world.run({ name: 'invoice-run', work: draftInvoices });
    const { data } = (await t.call('GET', 'exceptions?code=correction.waiting')).body;
    expect(data).toMatchObject([{ customerName: 'Fabrikam', amount: { amountMinor: '85363' } }]);
  });

  it('leaves what persons had made of it to be billed anew as well: what they changed, and their own lines', async () => {
    const draft = await t.invoiceOf('Tailspin Toys');
    const edit = async (change: object) => {
      const { id, contentHash } = await t.invoiceOf('Tailspin Toys');
      const { status } = await t.call('POST', `invoices/${id}/edits`, { contentHash, reason: 'Agreed', ...change });
      expect(status).toBe(200);
    };
    await edit({ act: 'change', lineId: draft.lines[0].id, quantity: '1', unitPrice: '500.00' });
    await edit({ act: 'add', description: 'Visit on site', quantity: '1.5', unitPrice: '90' });
    await t.posted('Tailspin Toys');
    await t.answer('voiding', { ...voiding, billsAnew: true }, 'Tailspin Toys');
    await t.world.post();
    await t.world.run({ name: 'invoice-run', work: draftInvoices });
    const { data } = (await t.call('GET', 'exceptions?code=correction.waiting')).body;
    expect(data).toMatchObject([{ customerName: 'Tailspin Toys', amount: { amountMinor: '63500' } }]);
  });

  it('is in the audit trail: who asked, why, and that it is done', async () => {
    await ask();
    await t.world.post();
    const acts = await t.world.rows<{ act: string }>(
      "select payload ->> 'act' as act from app.outbox where payload ->> 'act' like 'invoice.void%' order by seq",
    );
    expect(acts.map(({ act }) => act)).toEqual(['invoice.void-requested', 'invoice.voided']);
  });
});
