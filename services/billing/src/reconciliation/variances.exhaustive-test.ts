import { required } from '@legendops/kit/testing/required';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { invoiceOf } from '../../../../scripts/doubles/pax8/invoice-items.ts';
import { draftInvoices } from '../invoice/draft-invoices.ts';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
beforeEach(async () => {
  t = await postingWorld();
  const { invoices } = t.world.account();
  invoices.push(invoiceOf(t.world.account(), '2026-01'), invoiceOf(t.world.account(), '2026-02'));
});
afterEach(() => t.world.close());

const sync = () => t.world.run({ name: 'usage-sync', work: syncFromPax8 }, { at: '2026-02-07T06:30:00Z' });
const itemOf = (product: string) =>
  required(
    t.world
      .account()
      .invoices.flatMap(({ items }) => items)
      .find((item) => item.productName === product),
    'item',
  );
const told = () =>
  t.world.rows<{ code: string; detail: string; amount_minor: string; dismissed: boolean }>(
    `select code, detail, amount_minor::text, dismissed_at is not null as dismissed from billing.exceptions
       where resolved_at is null and code like 'variance.%' order by code, detail`,
  );

it('one cause is told once with all of its money, and taken back by itself', async () => {
  const suite = itemOf('Productivity Suite');
  Object.assign(suite, { quantity: 50, costTotal: 522.5 });
  const more = ['a', 'b'].map((of) => ({
    ...suite,
    subscriptionId: `0190f000-0000-4000-8000-00000000000${of}`,
    productName: `Phones ${of}`,
    costTotal: of === 'a' ? 20 : 10,
  }));
  required(t.world.account().invoices[0], 'invoice').items.push(...more);
  await sync();
  expect(await told()).toEqual([
    {
      code: 'variance.not-billed',
      detail: expect.stringContaining('Fabrikam, 2026-01: 2 things, the largest Phones a. Pax8 bills it'),
      amount_minor: '3000',
      dismissed: false,
    },
    {
      code: 'variance.quantity',
      detail: expect.stringContaining('Productivity Suite'),
      amount_minor: '5225',
      dismissed: false,
    },
  ]);
  await t.world.rows("update billing.exceptions set dismissed_at = now() where code = 'variance.quantity'");
  await sync();
  expect((await told()).map(({ dismissed }) => dismissed)).toEqual([false, true]);
  required(t.world.account().invoices[0], 'invoice').items.splice(-2);
  Object.assign(suite, { quantity: 45, costTotal: 470.25 });
  await sync();
  expect(await told()).toEqual([]);
});

it('what Pax8 gives back is told as a credit, apart from what it bills', async () => {
  const suite = itemOf('Productivity Suite');
  const more = [
    { productName: 'Phones', type: 'subscription', costTotal: 20 },
    { productName: 'Outage', type: 'service-credit', costTotal: -50 },
  ].map((one, index) => ({ ...suite, ...one, subscriptionId: `0190f000-0000-4000-8000-00000000000${index}` }));
  required(t.world.account().invoices[0], 'invoice').items.push(...more);
  await sync();
  expect((await told()).map(({ code, detail, amount_minor }) => [code, detail, amount_minor])).toEqual([
    ['variance.not-billed', 'Fabrikam, 2026-01: Outage. Pax8 credits it, and no invoice of ours does', '5000'],
    ['variance.not-billed', 'Fabrikam, 2026-01: Phones. Pax8 bills it, and no invoice of ours does', '2000'],
  ]);
});

it("a price that differs for many is its product's", async () => {
  const suite = itemOf('Productivity Suite');
  Object.assign(suite, { costTotal: 480 });
  Object.assign(itemOf('Backup per device'), {
    costTotal: 500,
    productId: suite.productId,
    productName: suite.productName,
  });
  await sync();
  expect((await told()).map(({ code, detail, amount_minor }) => [code, detail.split('.')[0], amount_minor])).toEqual([
    [
      'variance.price',
      'Productivity Suite, 2026-01: 2 things, the largest Productivity Suite of Tailspin Toys',
      '3725',
    ],
  ]);
});

it('small change is not told, and neither is what the invoice run has told', async () => {
  Object.assign(itemOf('Productivity Suite'), { costTotal: 474 });
  await t.world.rows("update billing.customers set pax8_company_id = null where name = 'Tailspin Toys'");
  await t.world.rows(
    `insert into billing.exceptions (tenant_id, subject_key, code, detail, next_step, period)
       select tenant_id, 'company:' || id, 'customer.unmatched', 'x', 'x', '2026-01-01' from billing.pax8_companies where name = 'Tailspin Toys'`,
  );
  await sync();
  expect((await told()).map(({ code }) => code)).toEqual([]);
  const { differences } = (await t.call('GET', 'reconciliations/2026-01-01')).body;
  expect(differences.map(({ reason }: { reason: string }) => reason)).toContain('unlinked');
});

describe('from what on it is told', () => {
  const keep = (amountMinor: string, percent: string | null) =>
    t.call('PUT', 'variance-thresholds', { currency: 'USD', amountMinor, percent });
  const toldAfterSync = async () => {
    await sync();
    return (await told()).map(({ code, amount_minor }) => [code, amount_minor]);
  };

  it('is five units of the currency until somebody says otherwise, and is never an unknown share', async () => {
    expect((await t.call('GET', 'variance-thresholds')).body).toEqual({
      data: [{ currency: 'USD', amountMinor: '500', percent: null }],
      acts: { change: { may: true, why: null } },
    });
    for (const percent of ['0', '100.0001', '101'])
      expect((await keep('500', percent)).body).toMatchObject({
        code: 'request.invalid',
        errors: [{ pointer: '/body/percent' }],
      });
    expect((await keep('1250', '2.50')).body.data).toEqual([{ currency: 'USD', amountMinor: '1250', percent: '2.5' }]);
  });

  it('is an amount or a share of what is billed of the product, whichever is reached first', async () => {
    // 3.75 of 587.81, which is 0.638 per cent.
    Object.assign(itemOf('Productivity Suite'), { costTotal: 474 });
    expect(await toldAfterSync()).toEqual([]);
    await keep('375', null);
    expect(await toldAfterSync()).toEqual([['variance.price', '375']]);
    await keep('376', '0.7');
    expect(await toldAfterSync()).toEqual([]);
    await keep('376', '0.6');
    expect(await toldAfterSync()).toEqual([['variance.price', '375']]);
  });
});

it('what was billed without knowing its cost is told of its product, with what Pax8 bills for it', async () => {
  await t.world.rows("update billing.invoice_lines set cost_minor = null where description like 'Productivity Suite%'");
  await sync();
  expect(await told()).toEqual([
    {
      code: 'variance.cost-unknown',
      detail: expect.stringContaining('Productivity Suite, 2026-01: Productivity Suite of Fabrikam. We billed it'),
      amount_minor: '47025',
      dismissed: false,
    },
  ]);
});

describe('what is told is looked at again', () => {
  it('however old its month is', async () => {
    await t.world.rows(
      `insert into billing.exceptions (tenant_id, subject_key, code, detail, next_step, period)
       values ($1, 'variance:product:x:USD', 'variance.price', 'x', 'x', '2024-01-01')`,
      [t.world.tenantId],
    );
    await sync();
    expect(await told()).toEqual([]);
  });

  it('by the invoice run that bills it', async () => {
    const { id, contentHash } = await t.invoiceOf('Tailspin Toys');
    await t.call('POST', `invoices/${id}/rejection`, { contentHash, reason: 'Wrong', things: 'left' });
    await sync();
    expect((await told()).map(({ code }) => code)).toEqual(['variance.not-billed']);
    await t.call('POST', `invoices/${id}/taking-back`, { reason: 'Right after all' });
    await t.world.run({ name: 'invoice-run', work: draftInvoices }, { at: '2026-02-08T06:30:00Z' });
    expect(await told()).toEqual([]);
  });
});
