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
const told = () => world.told('invoice.superops-too');
const choices = async () => (await t.call('GET', 'superops-choices')).body.data;

describe('an invoice for a customer whom SuperOps invoices, too', () => {
  it('is not sent, and the worklist says so with both amounts and what a person can do', async () => {
    superOpsHas({ data: [theirs] });
    expect(await postOnce()).toEqual(['failed', 'superops-invoices-too']);
    expect(t.invoicesInQuickBooks()).toEqual([]);
    const invoice = await t.invoiceOf('Fabrikam');
    expect(world.asked).toEqual([
      [t.world.tenantId, { customerId: invoice.customerId, from: '2026-01-01', until: '2026-02-01' }],
    ]);
    expect(await told()).toMatchObject([
      {
        invoiceId: invoice.id,
        customerName: 'Fabrikam',
        detail: expect.stringContaining('010126-0001 of 2026-01-01 over 1480.50. This invoice is over '),
        nextStep: expect.stringContaining('press “Post here, too”'),
      },
    ]);
  });

  it('is told once, however often somebody posts it', async () => {
    superOpsHas({ data: [theirs] });
    for (let n = 0; n < 3; n += 1) await postOnce();
    expect(await told()).toHaveLength(1);
  });

  it('is sent when a person has said that they bill different things, of this month', async () => {
    superOpsHas({ data: [theirs] });
    await postOnce();
    expect((await choose('2026-01-01')).body).toMatchObject({ customerName: 'Fabrikam', period: '2026-01-01' });
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks()).toHaveLength(1);
    expect(await told()).toEqual([]);
  });

  it('is sent where that holds for every month, and asked about again once it is taken back', async () => {
    superOpsHas({ data: [theirs] });
    await choose(null);
    await choose(null);
    const [choice, ...more] = await choices();
    expect([choice, more]).toMatchObject([{ customerName: 'Fabrikam', period: null }, []]);
    expect((await t.call('DELETE', `superops-choices/${choice.id}`)).status).toBe(204);
    expect(await choices()).toEqual([]);
    expect((await t.call('DELETE', `superops-choices/${choice.id}`)).body.code).toBe('superops-choice.not-found');
    expect(await postOnce()).toEqual(['failed', 'superops-invoices-too']);
    await choose(null);
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
  });

  it('is asked about again when SuperOps has another one than those of which it was said', async () => {
    superOpsHas({ data: [theirs], unreadable: 1 });
    await choose('2026-01-01');
    superOpsHas({ data: [theirs, another], unreadable: 1 });
    expect(await postOnce()).toEqual(['failed', 'superops-invoices-too']);
    expect((await told())[0]?.detail).toMatch(/, too: 012026-0002 of 2026-01-01 over 1480.50\. This invoice/);
    superOpsHas({ data: [theirs], unreadable: 2 });
    expect(await postOnce()).toEqual(['failed', 'superops-invoices-too']);
    expect((await told())[0]?.detail).toContain(', too: 1 of its invoices could not be read');
    await choose('2026-01-01');
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(await choices()).toHaveLength(1);
  });

  it('is asked about again for what came after it was told, before the person pressed', async () => {
    superOpsHas({ data: [theirs] });
    await postOnce();
    superOpsHas({ data: [theirs, another] });
    await choose('2026-01-01');
    await t.world.post();
    expect(await t.outcome()).toEqual(['failed', 'superops-invoices-too']);
    expect((await told())[0]?.detail).toContain(', too: 012026-0002 of');
    await choose('2026-01-01');
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
  });

  it('is asked about again when the draft that was seen bills more by now', async () => {
    superOpsHas({ data: [{ ...theirs, status: 'DRAFT', total: '0.00' }] });
    await choose('2026-01-01');
    superOpsHas({ data: [theirs] });
    expect(await postOnce()).toEqual(['failed', 'superops-invoices-too']);
  });

  it('is asked about once SuperOps answers, where it could not when that was said', async () => {
    superOpsHas(() => {
      throw problem('service.unavailable');
    });
    await choose('2026-01-01');
    superOpsHas({ data: [theirs] });
    expect(await postOnce()).toEqual(['failed', 'superops-invoices-too']);
  });

  it('is not asked about where it was said of all that there is, as it was before each was remembered', async () => {
    superOpsHas({ data: [theirs] });
    await choose('2026-01-01');
    await t.world.rows('update billing.superops_choices set seen_ids = null, seen_unreadable = null');
    superOpsHas({ data: [another] });
    expect(await postOnce()).toEqual(['posted', null]);
  });

  it('is not sent for what was said of another month or another customer', async () => {
    superOpsHas({ data: [theirs] });
    await choose('2026-02-01');
    await choose(null, 'Tailspin Toys');
    expect(await postOnce()).toEqual(['failed', 'superops-invoices-too']);
    expect(await postOnce('Tailspin Toys')).toEqual(['posted', null]);
  });

  it('is sent by pressing once more when SuperOps has voided its own', async () => {
    superOpsHas({ data: [theirs] });
    await postOnce();
    superOpsHas({});
    expect(await postOnce()).toEqual(['posted', null]);
    expect(await told()).toEqual([]);
  });

  it('is told no more when a person leaves it to SuperOps', async () => {
    superOpsHas({ data: [theirs] });
    await postOnce();
    const { id } = await t.invoiceOf('Fabrikam');
    const taken = await t.call('POST', `invoices/${id}/taking-back`, { reason: 'SuperOps bills it' });
    expect(taken.body).toMatchObject({ status: 'draft' });
    expect(await told()).toEqual([]);
  });
});

describe('while it is not known whether SuperOps invoices the customer', () => {
  it.each([
    ['a client that is gone', { customer: 'gone' }, 'merged or deleted'],
    ['an invoice that cannot be read', { unreadable: 1 }, '1 of its invoices could not be read'],
    [
      'an invoice without a day or an amount',
      { data: [{ ...theirs, date: null, total: null, bills: null }] },
      'cannot be read',
    ],
  ] as const)('for %s, a person is asked', async (_, answer, detail) => {
    superOpsHas({ ...answer, data: [...('data' in answer ? answer.data : [])] });
    expect(await postOnce()).toEqual(['failed', 'superops-invoices-too']);
    expect((await told())[0]?.detail).toContain(detail);
  });

  it('because SuperOps refuses us, a person is told what to do, and can go on without it', async () => {
    superOpsHas(() => {
      throw problem('connection.refused', { detail: 'Make a token in SuperOps; paste it here' });
    });
    expect(await postOnce()).toEqual(['failed', 'superops-invoices-too']);
    expect((await told())[0]?.detail).toContain('Make a token in SuperOps');
    await choose('2026-01-01');
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
  });

  it('because nobody answers, it waits and is sent when somebody does', async () => {
    superOpsHas(() => {
      throw problem('service.unavailable');
    });
    expect(await postOnce()).toEqual(['posting', 'service.unavailable']);
    expect(t.invoicesInQuickBooks()).toEqual([]);
    superOpsHas({});
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
  });
});

describe('SuperOps is not asked', () => {
  it('of a credit memo, which gives back what we billed', async () => {
    superOpsHas({ data: [theirs] });
    await t.asCreditMemo('Fabrikam');
    expect((await postOnce())[0]).toBe('posted');
    expect(world.asked).toEqual([]);
  });

  it('of what may be in QuickBooks: that is found, and not held back', async () => {
    await t.postWithoutAnswer();
    superOpsHas({ data: [theirs] });
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks()).toHaveLength(1);
  });
});

describe('what a person says of it', () => {
  it('is an administrator’s to say, and of customers that are there', async () => {
    const { customerId } = await t.invoiceOf('Fabrikam');
    const as = (role: 'billing_viewer' | 'support_user' | 'guest', method: string, body?: object) =>
      t.world.api.call(method, '/api/billing/v1/superops-choices', {
        actor: { tenantId: t.world.tenantId, role, ...(role === 'guest' && { customerId }) },
        ...(body && { body }),
      });
    expect((await as('billing_viewer', 'PUT', { customerId, period: null })).status).toBe(403);
    expect((await as('billing_viewer', 'GET')).body.acts.remove.may).toBe(false);
    expect((await as('guest', 'GET')).status).toBe(403);
    const unknown = '0190f000-0000-7000-8000-00000000000f';
    expect((await t.call('PUT', 'superops-choices', { customerId: unknown, period: null })).body.code).toBe(
      'customer.not-found',
    );
  });
});
