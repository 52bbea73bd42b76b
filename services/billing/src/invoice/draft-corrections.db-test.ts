import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { billingWorld, clientId, importCustomers, month, type BillingWorld } from '../testing/billing-world.ts';
import { draftInvoices, periodOf } from './draft-invoices.ts';

let world: BillingWorld;
beforeEach(async () => {
  world = await billingWorld();
  await world.connectPax8();
  await sync(6);
  await importCustomers(world);
  await world.api.call('POST', '/api/billing/v1/price-rules', {
    actor: { tenantId: world.tenantId },
    body: { kind: 'markup', markupPercent: '25' },
    headers: { 'idempotency-key': 'rule' },
  });
});
afterEach(() => world.close());

const sync = (day: number) =>
  world.run({ name: 'usage-sync', work: syncFromPax8 }, { at: `${month}-${String(day).padStart(2, '0')}T06:30:00Z` });
const draft = (PERIOD = `${month}-01`) =>
  world.run(
    { name: 'invoice-run', work: draftInvoices, period: (environment, now) => periodOf(environment, now).start },
    { PERIOD },
  );
const lastRun = async () =>
  (
    await world.rows<{ state: string; code: string | null; counts: Record<string, number> }>(
      "select state, code, counts from billing.runs where job = 'invoice-run' order by fence desc limit 1",
    )
  )[0];
const invoices = (period = `${month}-01`) =>
  world.rows<{ customer_name: string; total_minor: string; status: string }>(
    'select customer_name, total_minor::text, status from billing.invoices where period_start = $1 order by customer_name',
    [period],
  );
const totals = async (period?: string) =>
  Object.fromEntries((await invoices(period)).map(({ customer_name, total_minor }) => [customer_name, total_minor]));
const exceptions = async () =>
  (
    await world.rows<{ code: string; period: string }>(
      'select code, period::text from billing.exceptions where resolved_at is null order by period, code',
    )
  ).map(({ code, period }) => `${period} ${code}`);
const approve = (customer: string) =>
  world.rows(
    "update billing.invoices set status = 'approved', approved_hash = content_hash where customer_name = $1 and status = 'draft'",
    [customer],
  );
const account = () => {
  const found = world.pax8.account(clientId);
  if (!found) throw new Error('The sample account is there');
  return found;
};
const subscriptionOf = (name: string) => {
  const company = account().companies.find((one) => one.name === name);
  const found = account().subscriptions.find(({ companyId }) => companyId === company?.id);
  if (!found || !company) throw new Error(`${name} has a subscription`);
  return { subscription: found, company };
};

describe('a past month', () => {
  it('is billed by what it had then, not by what Pax8 says today', async () => {
    await draft();
    const before = await totals();
    subscriptionOf('Fabrikam').subscription.quantity = 450;
    await world.run({ name: 'usage-sync', work: syncFromPax8 }, { at: '2026-02-10T06:30:00Z' });
    await draft();
    expect(await totals()).toEqual(before);
    expect(await lastRun()).toMatchObject({ counts: { unchanged: 2 } });
  });

  it('is billed by the days of each quantity', async () => {
    await draft();
    const first = BigInt((await totals()).Fabrikam ?? 0);
    subscriptionOf('Fabrikam').subscription.quantity = 50;
    await sync(16);
    await draft();
    // 5 × 10.45 × 1.25 for 16 of 31 days.
    expect(BigInt((await totals()).Fabrikam ?? 0) - first).toBe(3_371n);
  });

  it('waits for a sync that began after it', async () => {
    await world.rows("update billing.runs set started_at = '2026-01-31T23:00:00Z' where job = 'usage-sync'");
    await expect(draft()).rejects.toThrow('2026-02-01');
    expect(await lastRun()).toMatchObject({ state: 'needs-person', code: 'usage.stale' });
    expect(await invoices()).toEqual([]);
  });

  it('waits for the newest sync to finish: a half of one is no mirror', async () => {
    world.pax8.faults.add([{ match: { path: '/v1/usage-summaries' }, fault: { status: 403 } }]);
    await expect(sync(6)).rejects.toThrow('403');
    await expect(draft()).rejects.toThrow('did not finish');
    expect(await lastRun()).toMatchObject({ state: 'needs-person', code: 'usage.stale' });
    await world.rows("update billing.runs set state = 'running' where job = 'usage-sync' and state = 'needs-person'");
    await expect(draft()).rejects.toThrow('under way');
    world.pax8.faults.clear();
    await sync(6);
    await draft();
    expect(await lastRun()).toMatchObject({ state: 'done' });
  });

  it('is looked at again by later runs, each exception under its own month', async () => {
    await draft();
    await approve('Fabrikam');
    account().usage[0]?.lines.splice(0, 1);
    await sync(6);
    await draft('2026-02-01');
    expect(await exceptions()).toEqual(['2026-01-01 invoice.differs']);
    expect(await lastRun()).toMatchObject({ counts: { earlierDiffering: 1 } });
    await draft('2026-03-01');
    expect(await exceptions()).toEqual(['2026-01-01 invoice.differs']);
  });

  it('tells an approved invoice of a customer that has nothing to pay any more', async () => {
    await draft();
    await approve('Tailspin Toys');
    const { company } = subscriptionOf('Tailspin Toys');
    await world.rows('delete from billing.pax8_subscriptions where company_id = $1', [company.id]);
    await draft();
    expect(await exceptions()).toEqual(['2026-01-01 invoice.differs']);
    expect(await lastRun()).toMatchObject({ counts: { differs: 1, removed: 0 } });
  });
});

describe('a subscription that moved to another company', () => {
  const move = async () => {
    const { subscription } = subscriptionOf('Tailspin Toys');
    const { company } = subscriptionOf('Fabrikam');
    subscription.companyId = company.id;
    await world.rows('delete from billing.pax8_subscriptions');
    await sync(6);
  };

  it('moves from draft to draft', async () => {
    await draft();
    const before = await totals();
    await move();
    await draft();
    expect(await totals()).toEqual({
      Fabrikam: String(Number(before.Fabrikam) + Number(before['Tailspin Toys'])),
    });
    expect(await exceptions()).toEqual([]);
  });

  it('stays on an approved invoice, and the run goes on and tells', async () => {
    await draft();
    const before = await totals();
    await approve('Tailspin Toys');
    await move();
    await draft();
    expect(await totals()).toEqual(before);
    expect(await exceptions()).toEqual(['2026-01-01 invoice.differs', '2026-01-01 line.billed-elsewhere']);
    expect(await lastRun()).toMatchObject({ state: 'done' });
  });
});

describe('a customer with another name', () => {
  it('has it on the draft after the next run, and no difference on what was approved', async () => {
    await draft();
    await approve('Tailspin Toys');
    await world.rows("update billing.customers set name = name || ' Ltd'");
    await draft();
    expect((await invoices()).map(({ customer_name }) => customer_name)).toEqual(['Fabrikam Ltd', 'Tailspin Toys']);
    expect(await exceptions()).toEqual([]);
  });
});

describe('what is approved', () => {
  it('waits while the books are paused, and its month is looked at later as any other', async () => {
    await world.connectQuickBooks();
    await draft();
    await approve('Fabrikam');
    await world.rows("update billing.connections set state = 'paused' where vendor = 'quickbooks'");
    await draft();
    expect(await lastRun()).toMatchObject({ state: 'done', counts: { postingsRequested: 0 } });
    // As a run ended before it knew of paused books.
    await world.rows("update billing.runs set state = 'needs-person' where job = 'invoice-run'");
    account().usage[0]?.lines.splice(0, 1);
    await sync(6);
    await draft('2026-02-01');
    expect(await exceptions()).toEqual(['2026-01-01 invoice.differs']);
  });

  it('waits for a connection; any other failure to request its posting is the run’s', async () => {
    await draft();
    await approve('Fabrikam');
    await world.rows('delete from billing.connections');
    await draft();
    expect(await lastRun()).toMatchObject({ state: 'done', counts: { postingsRequested: 0 } });
    const failing = world.run({
      name: 'invoice-run',
      work: (context) =>
        draftInvoices({
          ...context,
          billing: { ...context.billing, postApproved: () => Promise.reject(new Error('database away')) },
        }),
    });
    await expect(failing).rejects.toThrow('unexpected');
    expect(await lastRun()).toMatchObject({ state: 'failed' });
  });

  it('cannot be without the hash of what was approved', async () => {
    await draft();
    await expect(world.rows("update billing.invoices set status = 'approved'")).rejects.toThrow('check constraint');
  });
});
