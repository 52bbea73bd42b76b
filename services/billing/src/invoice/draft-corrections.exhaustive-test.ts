import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { required } from '@legendops/kit/testing/required';
import { month } from '../testing/billing-world.ts';
import { draftWorld, type DraftWorld } from '../testing/draft-world.ts';
import { draftInvoices } from './draft-invoices.ts';

let t: DraftWorld;
beforeEach(async () => {
  t = await draftWorld();
});
afterEach(() => t.world.close());

const exceptions = async () =>
  (
    await t.world.rows<{ code: string; period: string }>(
      'select code, period::text from billing.exceptions where resolved_at is null order by period, code',
    )
  ).map(({ code, period }) => `${period} ${code}`);
/** Each line that corrects another month: the month of its invoice, and the corrected one. */
const corrections = async () =>
  (
    await t.world.rows<{ of: string; corrects: string }>(
      `select i.period_start::text as of, l.corrects_period::text as corrects
       from billing.invoice_lines l join billing.invoices i on i.id = l.invoice_id
       where l.corrects_period is not null order by 1, 2`,
    )
  ).map(({ of, corrects }) => `${of} ${corrects}`);
const subscriptionOf = (name: string) => {
  const company = required(
    t.world.account().companies.find((one) => one.name === name),
    name,
  );
  const subscription = required(
    t.world.account().subscriptions.find(({ companyId }) => companyId === company.id),
    `subscription of ${name}`,
  );
  return { subscription, company };
};

describe('a past month', () => {
  it('is billed by what it had then, not by what Pax8 says today', async () => {
    await t.draft();
    const before = await t.totals();
    subscriptionOf('Fabrikam').subscription.quantity = 450;
    await t.sync(10, '2026-02');
    await t.draft();
    expect(await t.totals()).toEqual(before);
    expect(await t.lastRun()).toMatchObject({ counts: { unchanged: 2 } });
  });

  it('is billed by the days of each quantity', async () => {
    await t.draft();
    const first = BigInt((await t.totals()).Fabrikam ?? 0);
    subscriptionOf('Fabrikam').subscription.quantity = 50;
    await t.sync(16);
    await t.draft();
    // 5 × 10.45 × 1.25 for 16 of 31 days.
    expect(BigInt((await t.totals()).Fabrikam ?? 0) - first).toBe(3_371n);
  });

  it('waits until each of its days was read after its end', async () => {
    await t.readToTheEnd(`${month}-01`);
    await t.world.rows(
      "update billing.usage_days set read_on = '2026-01-31' where day in ('2026-01-30', '2026-01-31')",
    );
    await expect(t.draftAsRead()).rejects.toThrow('2 of the 31 days of 2026-01');
    expect(await t.lastRun()).toMatchObject({ state: 'needs-person', code: 'usage.stale' });
    expect(await t.invoices()).toEqual([]);
  });

  it('is complete whatever a later sync does', async () => {
    await t.readToTheEnd(`${month}-01`);
    t.world.pax8.faults.add([{ match: { path: '/v1/usage-summaries' }, fault: { status: 403 } }]);
    await expect(t.sync(6, '2026-02')).rejects.toThrow('403');
    await t.draftAsRead();
    expect(await t.lastRun()).toMatchObject({ state: 'done' });
    expect(await t.invoices()).toHaveLength(2);
  });

  it('is looked at again by later runs, each exception under its own month', async () => {
    await t.draft();
    await t.approve('Fabrikam');
    t.world.account().usage[0]?.lines.splice(0, 1);
    await t.sync(6);
    await t.draft('2026-02-01');
    expect(await corrections()).toEqual(['2026-02-01 2026-01-01']);
    expect(await t.lastRun()).toMatchObject({ counts: { earlierDiffering: 1 } });
    await t.draft('2026-03-01');
    expect(await corrections()).toEqual(['2026-02-01 2026-01-01']);
    expect(await exceptions()).toEqual([]);
  });

  it('tells an approved invoice of a customer that has nothing to pay any more', async () => {
    await t.draft();
    await t.approve('Tailspin Toys');
    const { company } = subscriptionOf('Tailspin Toys');
    await t.world.rows('delete from billing.pax8_subscriptions where company_id = $1', [company.id]);
    await t.draft();
    expect(await exceptions()).toEqual(['2026-01-01 correction.waiting']);
    expect(await t.lastRun()).toMatchObject({ counts: { differs: 1, removed: 0 } });
  });
});

describe('a subscription that moved to another company', () => {
  const move = async () => {
    const { subscription } = subscriptionOf('Tailspin Toys');
    const { company } = subscriptionOf('Fabrikam');
    subscription.companyId = company.id;
    await t.world.rows('delete from billing.pax8_subscriptions');
    await t.sync(6);
  };

  it('moves from draft to draft', async () => {
    await t.draft();
    const before = await t.totals();
    await move();
    await t.draft();
    expect(await t.totals()).toEqual({
      Fabrikam: String(Number(before.Fabrikam) + Number(before['Tailspin Toys'])),
    });
    expect(await exceptions()).toEqual([]);
  });

  it('stays on an approved invoice, and the run goes on and tells', async () => {
    await t.draft();
    const before = await t.totals();
    await t.approve('Tailspin Toys');
    await move();
    await t.draft();
    expect(await t.totals()).toEqual(before);
    expect(await exceptions()).toEqual(['2026-01-01 line.billed-elsewhere']);
    expect(await t.lastRun()).toMatchObject({ state: 'done' });
  });
});

describe('a customer with another name', () => {
  it('has it on the draft after the next run, and no difference on what was approved', async () => {
    await t.draft();
    await t.approve('Tailspin Toys');
    await t.world.rows("update billing.customers set name = name || ' Ltd'");
    await t.draft();
    expect((await t.invoices()).map(({ customer_name }) => customer_name)).toEqual(['Fabrikam Ltd', 'Tailspin Toys']);
    expect(await exceptions()).toEqual([]);
  });
});

describe('what is approved', () => {
  it('waits while the account is paused, and its month is looked at later as any other', async () => {
    await t.world.connectQuickBooks();
    await t.draft();
    await t.approve('Fabrikam');
    await t.world.rows("update billing.connections set state = 'paused' where vendor = 'quickbooks'");
    await t.draft();
    expect(await t.lastRun()).toMatchObject({ state: 'done', counts: { postingsRequested: 0 } });
    // As a run ended before it knew of paused accounts.
    await t.world.rows("update billing.runs set state = 'needs-person' where job = 'invoice-run'");
    t.world.account().usage[0]?.lines.splice(0, 1);
    await t.sync(6);
    await t.draft('2026-02-01');
    expect(await corrections()).toEqual(['2026-02-01 2026-01-01']);
  });

  it('waits for a connection; any other failure to request its posting is the run’s', async () => {
    await t.draft();
    await t.approve('Fabrikam');
    await t.world.rows('delete from billing.connections');
    await t.draft();
    expect(await t.lastRun()).toMatchObject({ state: 'done', counts: { postingsRequested: 0 } });
    const failing = t.world.run({
      name: 'invoice-run',
      work: (context) =>
        draftInvoices({
          ...context,
          billing: { ...context.billing, postApproved: () => Promise.reject(new Error('database away')) },
        }),
    });
    await expect(failing).rejects.toThrow('unexpected');
    expect(await t.lastRun()).toMatchObject({ state: 'failed' });
  });

  it('cannot be without the hash of what was approved', async () => {
    await t.draft();
    await expect(t.world.rows("update billing.invoices set status = 'approved'")).rejects.toThrow('check constraint');
  });
});
