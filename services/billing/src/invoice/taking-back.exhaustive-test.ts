import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutgoingSale } from '../quickbooks/sale.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let posting: PostingWorld;
beforeEach(async () => {
  posting = await postingWorld();
});
afterEach(() => posting.world.close());

const takeBack = async (customer = 'Fabrikam') => {
  const { id } = await posting.invoiceOf(customer);
  return posting.call('POST', `invoices/${id}/taking-back`, { reason: 'Too early' });
};

describe('an approval whose posting was asked for', () => {
  it('is taken back while nothing of it was sent, and sent once when it is posted again', async () => {
    await posting.post();
    expect((await takeBack()).body).toMatchObject({
      status: 'draft',
      posting: { state: 'failed', code: 'taken-back' },
    });
    await posting.world.post();
    expect(posting.invoicesInQuickBooks()).toHaveLength(0);
    await posting.post();
    await posting.world.post();
    expect(await posting.outcome()).toEqual(['posted', null]);
    expect(posting.invoicesInQuickBooks()).toHaveLength(1);
  });

  it('is taken back from an attempt that has begun: it may not send any more, and settles nothing', async () => {
    await posting.post();
    const { store, scope, claimed } = await posting.claim(300);
    expect((await takeBack()).body.status).toBe('draft');
    expect(await store.markSent(scope, claimed, {} as OutgoingSale)).toBe(false);
    const failed = { state: 'failed', code: 'x', detail: 'x', refused: false } as const;
    expect(await store.settle(scope, claimed, failed)).toBe(false);
    expect((await posting.invoiceOf('Fabrikam')).status).toBe('draft');
  });

  it('stays once it is on its way, in doubt or posted', async () => {
    await posting.post();
    const { store, scope, claimed } = await posting.claim(0);
    await posting.world.rows("update billing.postings set claimed_until = now() + interval '5 minutes'");
    expect(await store.markSent(scope, claimed, {} as OutgoingSale)).toBe(true);
    expect((await takeBack()).body).toMatchObject({ code: 'invoice.wrong-state' });
    expect((await posting.invoiceOf('Fabrikam')).status).toBe('posting');
  });

  it('that QuickBooks has refused is taken back, and not what it has', async () => {
    await posting.post();
    await posting.world.rows(
      "update billing.postings set state = 'failed', code = '2020', detail = 'A value is missing'",
    );
    await posting.world.rows("update billing.invoices set status = 'failed' where status = 'posting'");
    expect((await takeBack()).body.status).toBe('draft');
    await posting.post('Tailspin Toys');
    await posting.world.post();
    expect((await takeBack('Tailspin Toys')).body.code).toBe('invoice.wrong-state');
  });
});
