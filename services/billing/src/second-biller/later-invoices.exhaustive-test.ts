import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problem } from '@legendops/kit/errors/problem';
import { another, secondBillerWorld, theirs, type SecondBillerWorld } from '../testing/second-biller-world.ts';

let world: SecondBillerWorld;
let t: SecondBillerWorld['t'];
beforeEach(async () => {
  world = await secondBillerWorld();
  ({ t } = world);
});
afterEach(() => t.world.close());

const superOpsHas: SecondBillerWorld['superOpsHas'] = (answer) => world.superOpsHas(answer);
const postOnce: SecondBillerWorld['postOnce'] = (customer) => world.postOnce(customer);
const choose: SecondBillerWorld['choose'] = (period, customer) => world.choose(period, customer);

describe('what SuperOps invoices after ours was sent', () => {
  const reconcile = () => t.reconcile();
  const later = () => world.told('invoice.superops-later');
  const counts = async () =>
    (
      await t.world.rows<{ counts: object }>(
        "select counts from billing.runs where job = 'reconcile' order by fence desc limit 1",
      )
    )[0]?.counts;
  beforeEach(async () => {
    superOpsHas({});
    await postOnce();
    world.asked.length = 0;
  });

  it('is told with both amounts by the nightly reconciliation, once, until it is there no more', async () => {
    expect(await t.outcome()).toEqual(['posted', null]);
    await reconcile();
    expect(await later()).toEqual([]);
    superOpsHas({ data: [theirs] });
    await reconcile();
    const invoice = await t.invoiceOf('Fabrikam');
    const told1 = await later();
    expect(told1).toMatchObject([
      {
        invoiceId: invoice.id,
        detail: expect.stringContaining('010126-0001 of 2026-01-01 over 1480.50. Ours is '),
        amount: { amountMinor: invoice.totalMinor, currency: 'USD' },
      },
    ]);
    expect(world.asked[0]).toEqual([
      t.world.tenantId,
      { customerId: invoice.customerId, from: '2026-01-01', until: '2026-02-01' },
    ]);
    await reconcile();
    expect((await later()).map(({ id }) => id)).toEqual(told1.map(({ id }) => id));
    superOpsHas({});
    await reconcile();
    expect(await later()).toEqual([]);
  });

  it('of other months is no matter of this one', async () => {
    superOpsHas({
      data: [
        { ...theirs, bills: { from: '2026-02-01', until: '2026-05-01' } },
        { ...theirs, bills: { from: '2025-11-01', until: '2026-01-01' } },
      ],
    });
    await reconcile();
    expect(await later()).toEqual([]);
    superOpsHas({ data: [{ ...theirs, date: null, bills: null }] });
    await reconcile();
    expect(await later()).toHaveLength(1);
  });

  it('is told of a year that was dated long before, and long after', async () => {
    superOpsHas({ data: [{ ...theirs, date: '2025-03-01', bills: { from: '2025-02-01', until: '2026-04-01' } }] });
    await reconcile();
    expect((await later())[0]?.detail).toContain('010126-0001 of 2025-03-01');
    await t.world.rows("update billing.postings set created_at = now() - interval '380 days'");
    superOpsHas({ data: [{ ...theirs, date: '2026-12-31', bills: { from: '2025-12-01', until: '2027-02-01' } }] });
    await reconcile();
    expect((await later())[0]?.detail).toContain('010126-0001 of 2026-12-31');
  });

  it('is not told where a person has said that it differs, and told of one that came after that', async () => {
    superOpsHas({ data: [theirs] });
    await choose('2026-01-01');
    await reconcile();
    expect(await later()).toEqual([]);
    superOpsHas({ data: [theirs, another] });
    await reconcile();
    expect(await later()).toMatchObject([
      { detail: expect.stringMatching(/, too: 012026-0002 of \S+ over 1480.50\. Ours/) },
    ]);
    await choose('2026-01-01');
    await reconcile();
    expect(await later()).toEqual([]);
  });

  it('is not asked about where that is said of every month', async () => {
    await choose(null);
    superOpsHas({ data: [theirs] });
    await reconcile();
    expect([world.asked, await later()]).toEqual([[], []]);
  });

  it.each([
    ['SuperOps refuses us', () => problem('connection.refused', { detail: 'Make a token' })],
    ['nobody answers', () => problem('service.unavailable')],
  ])('is not known while %s: the books are compared, and what was told stands', async (_why, failure) => {
    superOpsHas({ data: [theirs] });
    await reconcile();
    superOpsHas(() => {
      throw failure();
    });
    await reconcile();
    expect(await counts()).toMatchObject({ compared: 1, notAsked: 1 });
    for (const customer of ['gone', 'not-a-client'] as const) {
      superOpsHas({ customer });
      await reconcile();
      expect(await later()).toHaveLength(1);
      expect(await counts()).toMatchObject({ notAsked: customer === 'gone' ? 1 : 0 });
    }
  });

  it('is told of the months that a term of ours bills, where no invoice of ours is of them', async () => {
    await t.world.rows('alter table billing.invoice_lines disable trigger guard_posted_lines');
    await t.world.rows(`update billing.invoice_lines set source_key = 'subscription:7:term:2026-01-01',
      description = 'Suite, annual' where position = 1 and invoice_id in (select invoice_id from billing.postings)`);
    superOpsHas({ data: [{ ...theirs, date: '2026-06-01', bills: { from: '2026-05-01', until: '2026-08-01' } }] });
    await reconcile();
    expect(await later()).toMatchObject([
      { detail: expect.stringContaining(', too: 010126-0001 of 2026-06-01 over 1480.50. Ours is LO000001L over ') },
    ]);
  });

  it('is told of the others where one customer’s could not be read', async () => {
    await postOnce('Tailspin Toys');
    const ids = [(await t.invoiceOf('Fabrikam')).customerId, (await t.invoiceOf('Tailspin Toys')).customerId];
    for (const [failing, asked] of [ids, ids.toReversed()]) {
      t.world.superOps.invoicesOf = async (_tenantId, { customerId }) => {
        if (customerId === failing) throw problem('ticket.refused');
        return { customer: 'client', data: [theirs], unreadable: 0 };
      };
      await reconcile();
      expect(await counts()).toMatchObject({ superOpsToo: 1, notAsked: 1 });
      expect((await later()).map(({ customerId }) => customerId)).toContain(asked);
    }
  });

  it('is told no more once ours is void', async () => {
    superOpsHas({ data: [theirs] });
    await reconcile();
    await t.answer('voiding', { reason: 'SuperOps bills it', billsAnew: false });
    await t.world.post();
    expect((await t.outcome())[0]).toBe('voided');
    expect(await later()).toEqual([]);
  });

  it('is told no more of one that was void before that was so', async () => {
    superOpsHas({ data: [theirs] });
    await reconcile();
    await t.world.rows("update billing.postings set state = 'voided'");
    await reconcile();
    expect(await later()).toEqual([]);
  });
});
