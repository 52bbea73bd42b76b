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

const sync = (day: number, of = month) =>
  world.run({ name: 'usage-sync', work: syncFromPax8 }, { at: `${of}-${String(day).padStart(2, '0')}T06:30:00Z` });
const draft = (PERIOD = `${month}-01`) =>
  world.run(
    { name: 'invoice-run', work: draftInvoices, period: (environment, now) => periodOf(environment, now).start },
    { PERIOD },
  );
const lastRun = async () =>
  (
    await world.rows<{ state: string; counts: Record<string, number> }>(
      "select state, counts from billing.runs where job = 'invoice-run' order by fence desc limit 1",
    )
  )[0];
const totals = async (period = `${month}-01`) =>
  Object.fromEntries(
    (
      await world.rows<{ customer_name: string; total_minor: string }>(
        'select customer_name, total_minor::text from billing.invoices where period_start = $1 order by customer_name',
        [period],
      )
    ).map(({ customer_name, total_minor }) => [customer_name, total_minor]),
  );
const codes = async () =>
  (
    await world.rows<{ code: string }>('select code from billing.exceptions where resolved_at is null order by code')
  ).map(({ code }) => code);
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
const cloud = () => {
  const [summary] = account().usage;
  const [line] = summary?.lines ?? [];
  const tailspin = account().companies.find(({ name }) => name === 'Tailspin Toys');
  if (!summary || !line || !tailspin) throw new Error('The sample account has usage');
  return { summary, line, tailspin };
};
const backup = () => {
  const found = account().subscriptions.find(({ billingTerm }) => billingTerm === '3-Year');
  if (!found) throw new Error('The sample account has a prepaid subscription');
  return found;
};

describe('usage that moved to another company', () => {
  const move = async () => {
    const { summary, line, tailspin } = cloud();
    summary.companyId = tailspin.id;
    summary.lines.push({ ...line, usageDate: `${month}-05` });
    await sync(6);
  };

  it('is on both drafts, each for its days, in every run', async () => {
    await draft();
    const before = await totals();
    await move();
    await draft();
    // The days before stay where they were; 35.443 × 1.25 joins the other.
    const after = { Fabrikam: before.Fabrikam, 'Tailspin Toys': String(Number(before['Tailspin Toys']) + 4_430) };
    expect(await totals()).toEqual(after);
    await draft();
    expect(await totals()).toEqual(after);
    expect(await lastRun()).toMatchObject({ counts: { created: 0, updated: 0, unchanged: 2 } });
    expect(await codes()).toEqual([]);
  });

  it('after the approval is billed to the new one, and nothing is told as billed elsewhere', async () => {
    await draft();
    await approve('Fabrikam');
    await move();
    await draft();
    expect(await codes()).toEqual([]);
    expect(Number((await totals())['Tailspin Toys'])).toBe(59_063 + 4_430);
  });
});

describe('usage of one summary that three companies show', () => {
  it('is on three invoices, also when one is approved, and the run ends', async () => {
    await draft();
    await approve('Fabrikam');
    await world.rows(
      "insert into billing.customers (tenant_id, id, name, pax8_company_id, state, entity_version) select tenant_id, app.uuid_v7(), 'Third', app.uuid_v7(), 'active', 1 from billing.customers limit 1",
    );
    for (const [name, day] of [
      ['Tailspin Toys', '10'],
      ['Third', '11'],
    ])
      await world.rows(
        `insert into billing.pax8_usage_lines (tenant_id, summary_id, subscription_id, company_id, usage_date, product_id,
           product_name, resource_group, unit_of_measure, quantity_e6, partner_total_e8, current_charges_e8, currency, is_trial)
         select distinct on (l.tenant_id) l.tenant_id, summary_id, subscription_id, c.pax8_company_id, $2::date, product_id,
           product_name, resource_group, unit_of_measure, quantity_e6, partner_total_e8, current_charges_e8, currency, is_trial
         from billing.pax8_usage_lines l, billing.customers c where c.name = $1`,
        [name, `${month}-${day}`],
      );
    await draft();
    expect(await lastRun()).toMatchObject({ state: 'done' });
    expect(Object.keys(await totals())).toEqual(['Fabrikam', 'Tailspin Toys', 'Third']);
  });
});

describe('a prepaid subscription', () => {
  it('that was pending at its start is billed', async () => {
    await world.rows('delete from billing.pax8_subscriptions');
    backup().status = 'PendingManual';
    await sync(2);
    backup().status = 'Active';
    await sync(3);
    await draft();
    expect(await totals()).toMatchObject({ 'Tailspin Toys': '59063' });
  });

  it('that became active in the next month is billed there, once', async () => {
    await world.rows('delete from billing.pax8_subscriptions');
    backup().status = 'PendingManual';
    await sync(28);
    backup().status = 'Active';
    await sync(3, '2026-02');
    await world.rows("update billing.runs set started_at = '2026-03-01T06:30:00Z' where job = 'usage-sync'");
    for (const period of [`${month}-01`, '2026-02-01', '2026-02-01']) await draft(period);
    expect([(await totals())['Tailspin Toys'], (await totals('2026-02-01'))['Tailspin Toys']]).toEqual([
      undefined,
      '59063',
    ]);
  });

  it('that was monthly at first is billed both ways, and the run ends', async () => {
    const [suite] = account().subscriptions;
    Object.assign(suite ?? {}, { billingTerm: 'Annual', startDate: `${month}-16` });
    await sync(16);
    await draft();
    expect(await lastRun()).toMatchObject({ state: 'done' });
    // 15 of 31 days of 587.81, the year 587.81, and the usage.
    expect(await totals()).toMatchObject({ Fabrikam: String(28_443 + 58_781 + 26_582) });
  });

  it('is no second time on a draft when an approved invoice of another month has its term', async () => {
    await draft();
    await approve('Tailspin Toys');
    await world.rows(
      "update billing.pax8_subscriptions set effective_from = '2026-02-03', start_date = '2026-01-01' where billing_term = '3-Year'",
    );
    await world.rows(
      `insert into billing.pax8_subscriptions (tenant_id, id, company_id, product_id, product_name, quantity_e6, status,
         billing_term, start_date, price_e8, cost_e8, currency, effective_from, effective_to)
       select tenant_id, id, company_id, product_id, product_name, quantity_e6, 'PendingManual', billing_term, start_date,
         price_e8, cost_e8, currency, '2026-01-01', '2026-02-03' from billing.pax8_subscriptions where billing_term = '3-Year'`,
    );
    await world.rows("update billing.runs set started_at = '2026-03-01T06:30:00Z' where job = 'usage-sync'");
    await draft('2026-02-01');
    expect(await lastRun()).toMatchObject({ state: 'done' });
    expect(Object.keys(await totals('2026-02-01'))).toEqual(['Fabrikam']);
  });

  it('ordered for later and withdrawn before its start is not billed', async () => {
    const later = {
      ...structuredClone(backup()),
      id: '0190f000-0000-4000-8000-00000000aaaa',
      startDate: `${month}-20`,
    };
    account().subscriptions.push(later);
    await sync(7);
    account().subscriptions.pop();
    await sync(8);
    await draft();
    expect(await totals()).toMatchObject({ 'Tailspin Toys': '59063' });
    account().subscriptions.push(later);
    await sync(9);
    await draft();
    expect(await totals()).toMatchObject({ 'Tailspin Toys': String(2 * 59_063) });
  });
});

describe('an invoice that was approved', () => {
  it('and whose customer has left in good order is no trouble', async () => {
    await draft();
    await approve('Fabrikam');
    await world.rows("update billing.customers set state = 'archived' where name = 'Fabrikam'");
    await draft();
    expect(await codes()).toEqual([]);
  });

  it('by an older version of this program is no difference', async () => {
    await draft();
    await world.rows(
      "update billing.invoice_lines set source_key = replace(source_key, ':Hour:USD', ''), explanation = explanation - 'share'",
    );
    await world.rows(
      "update billing.invoice_lines set source_key = replace(source_key, 'term:', ''), cost_minor = coalesce(cost_minor, 0)",
    );
    await world.rows("update billing.invoices set content_hash = 'old', approved_hash = 'old', status = 'approved'");
    await draft();
    expect(await codes()).toEqual([]);
    expect(await lastRun()).toMatchObject({ counts: { unchanged: 2, differs: 0 } });
  });
});

describe('an exception of before exceptions had periods', () => {
  it('ends with the next run', async () => {
    await draft();
    await world.rows(
      `insert into billing.exceptions (tenant_id, run_id, subject_key, code, detail, next_step)
       select tenant_id, id, 'company:x', 'customer.unmatched', 'x', 'y' from billing.runs where job = 'invoice-run'`,
    );
    await draft();
    expect(await codes()).toEqual([]);
  });
});
