import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutgoingSale } from '../quickbooks/sale.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
beforeEach(async () => {
  t = await postingWorld();
});
afterEach(() => t.world.close());

describe('an invoice is in QuickBooks once', () => {
  it.each([408, 409, 425, 502])('after a %i that came although it was written', async (status) => {
    await t.post();
    t.arm({ status, body: {}, committed: true });
    await t.world.post();
    expect((await t.outcome())[0]).toBe('in-doubt');
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks()).toHaveLength(1);
  });

  it.each([
    ['removed the note', ''],
    ['wrote before it', 'checked. '],
  ])('after a person %s', async (_title, before) => {
    const written = await t.postWithoutAnswer();
    written.PrivateNote = before === '' ? '' : `${before}${written.PrivateNote}`;
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks()).toHaveLength(1);
  });

  it('after a person removed the note and QuickBooks forgot the request: it waits for one, however often it is posted', async () => {
    const written = await t.postWithoutAnswer();
    const note = written.PrivateNote;
    written.PrivateNote = '';
    // As if QuickBooks had forgotten it: another one is no repetition.
    await t.world.rows("update billing.postings set request_id = 'forgotten'");
    for (let again = 0; again < 3; again += 1) {
      await t.world.post();
      expect(await t.outcome()).toEqual(['failed', 'invoice-unmarked']);
      await t.post();
    }
    written.PrivateNote = note ?? '';
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks()).toHaveLength(1);
  });

  it('beside the provider’s own of that customer, day and total, which is not taken for it', async () => {
    await t.post();
    t.arm({ dropConnection: 'before' });
    await t.world.post();
    expect((await t.outcome())[0]).toBe('in-doubt');
    const own = t.writeByHand({ total: 853.63 });
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks()).toHaveLength(2);
    expect((await t.invoiceOf('Fabrikam')).posting.quickBooksId).not.toBe(own.Id);
  });

  it('beside the provider’s own of that customer and day with another total', async () => {
    await t.post();
    t.arm({ dropConnection: 'before' });
    await t.world.post();
    t.writeByHand({ total: 1200 });
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks()).toHaveLength(2);
  });

  it('of two that carry its note, a copy of it and itself, it is the one with its number', async () => {
    const written = await t.postWithoutAnswer();
    t.invoicesInQuickBooks().unshift({ ...written, Id: '99', DocNumber: '1002' });
    await t.world.post();
    expect((await t.invoiceOf('Fabrikam')).posting).toMatchObject({ state: 'posted', quickBooksId: written.Id });
  });

  it('after an answer about another invoice', async () => {
    await t.post();
    t.arm({
      body: { Invoice: { Id: '77', SyncToken: '0', DocNumber: 'LO000001L', TotalAmt: 853.63 } },
      committed: true,
    });
    await t.world.post();
    expect(await t.outcome()).toEqual(['in-doubt', 'other-entity']);
    await t.world.post();
    expect((await t.invoiceOf('Fabrikam')).posting).toMatchObject({
      state: 'posted',
      quickBooksId: t.invoicesInQuickBooks()[0]?.Id,
    });
  });

  it.each(['SystemFault', 'ServiceFault', ''])(
    'after a 400 with a fault of the type “%s” although it was written',
    async (type) => {
      await t.post();
      const Fault = { Error: [{ Message: 'An application error has occurred', code: '10000' }], type };
      t.arm({ status: 400, body: { Fault }, committed: true });
      await t.world.post();
      expect((await t.outcome())[0]).toBe('in-doubt');
      await t.world.post();
      expect(await t.outcome()).toEqual(['posted', null]);
      expect(t.invoicesInQuickBooks()).toHaveLength(1);
    },
  );

  it.each(['6000', 'doc-number-taken'])('when an earlier try was taken for failed with %s', async (code) => {
    await t.postWithoutAnswer();
    await t.world.rows("update billing.postings set state = 'failed', code = $1", [code]);
    await t.world.rows("update billing.invoices set status = 'failed' where status = 'in-doubt'");
    await t.post();
    await t.world.post();
    expect((await t.outcome())[0]).toBe('posted');
    expect(t.invoicesInQuickBooks()).toHaveLength(1);
  });

  it('when QuickBooks says that it has this number, and does not show it yet', async () => {
    await t.post();
    const fault = {
      Fault: { Error: [{ Message: 'Duplicate Document Number', code: '6140' }], type: 'ValidationFault' },
    };
    t.arm({ status: 400, body: fault }, { count: 4 });
    for (let again = 0; again < 4; again += 1) {
      await t.world.post();
      expect(await t.outcome()).toEqual(['in-doubt', '6140']);
    }
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks()).toHaveLength(1);
  });

  it('when an attempt outlives its claim: it sends no more, and its outcome no longer counts', async () => {
    await t.post();
    const { store, scope, claimed } = await t.claim(0);
    expect(await store.due([t.world.tenantId])).toEqual([]);
    expect(await store.markSent(scope, claimed, {} as OutgoingSale)).toBe(false);
    await t.world.post();
    const late = { state: 'failed', code: 'late', detail: 'too late', refused: false } as const;
    expect(await store.settle(scope, claimed, late)).toBe(false);
    expect(await t.outcome()).toEqual(['posted', null]);
  });

  it('when it is connected again while it is on its way', async () => {
    await t.post();
    const { store, scope, claimed } = await t.claim(300);
    await t.world.connectQuickBooks();
    expect(await store.claim(scope, claimed.id, 300)).toBeUndefined();
  });

  it('when a person gave it another number, and QuickBooks has forgotten the request', async () => {
    const written = await t.postWithoutAnswer();
    written.DocNumber = '1001';
    // As if QuickBooks had forgotten it: another one is no repetition.
    await t.world.rows("update billing.postings set request_id = 'forgotten'");
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', 'number-differs']);
    expect(t.invoicesInQuickBooks()).toHaveLength(1);
  });

  it.each([
    ['an invoice that the search does not show yet', 'Invoice', 'in-doubt'],
    ['a credit memo', 'CreditMemo', 'failed'],
  ])('a number that is taken by %s is no number lost without proof', async (_title, type, status) => {
    await t.post();
    const Detail = `Duplicate Document Number Error : DocNumber=LO000001L is assigned to TxnType=${type} with TxnId=999`;
    const fault = { Fault: { Error: [{ Message: 'Duplicate', Detail, code: '6140' }], type: 'ValidationFault' } };
    await t.world.rows('update billing.postings set attempts = 5');
    t.arm({ status: 400, body: fault }, { count: 5 });
    for (let again = 0; again < 4; again += 1) await t.world.post();
    expect((await t.outcome())[0]).toBe(status);
  });
});
