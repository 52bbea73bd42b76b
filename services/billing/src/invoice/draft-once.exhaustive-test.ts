import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { required } from '@legendops/kit/testing/required';
import { month } from '../testing/billing-world.ts';
import { draftWorld, type DraftWorld } from '../testing/draft-world.ts';

let t: DraftWorld;
beforeEach(async () => {
  t = await draftWorld();
});
afterEach(() => t.world.close());

const codes = async () =>
  (
    await t.world.rows<{ code: string }>('select code from billing.exceptions where resolved_at is null order by code')
  ).map(({ code }) => code);
const cloud = () => {
  const [summary] = t.world.account().usage;
  const [line] = summary?.lines ?? [];
  const tailspin = t.world.account().companies.find(({ name }) => name === 'Tailspin Toys');
  return {
    summary: required(summary, 'usage'),
    line: required(line, 'line of usage'),
    tailspin: required(tailspin, 'Tailspin Toys'),
  };
};
const backup = () =>
  required(
    t.world.account().subscriptions.find(({ billingTerm }) => billingTerm === '3-Year'),
    'prepaid subscription',
  );

describe('usage that moved to another company', () => {
  const move = async () => {
    const { summary, line, tailspin } = cloud();
    summary.companyId = tailspin.id;
    summary.lines.push({ ...line, usageDate: `${month}-05` });
    await t.sync(6);
  };

  it('is on both drafts, each for its days, in every run', async () => {
    await t.draft();
    const before = await t.totals();
    await move();
    await t.draft();
    // The days before stay where they were; 35.443 × 1.25 joins the other.
    const after = { Fabrikam: before.Fabrikam, 'Tailspin Toys': String(Number(before['Tailspin Toys']) + 4_430) };
    expect(await t.totals()).toEqual(after);
    await t.draft();
    expect(await t.totals()).toEqual(after);
    expect(await t.lastRun()).toMatchObject({ counts: { created: 0, updated: 0, unchanged: 2 } });
    expect(await codes()).toEqual([]);
  });

  it('after the approval is billed to the new one, and nothing is told as billed elsewhere', async () => {
    await t.draft();
    await t.approve('Fabrikam');
    await move();
    await t.draft();
    expect(await codes()).toEqual([]);
    expect(Number((await t.totals())['Tailspin Toys'])).toBe(59_063 + 4_430);
  });
});

describe('usage of one summary that three companies show', () => {
  it('is on three invoices, also when one is approved, and the run ends', async () => {
    await t.draft();
    await t.approve('Fabrikam');
    await t.world.rows(
      "insert into billing.customers (tenant_id, id, name, pax8_company_id, state, entity_version) select tenant_id, app.uuid_v7(), 'Third', app.uuid_v7(), 'active', 1 from billing.customers limit 1",
    );
    for (const [name, day] of [
      ['Tailspin Toys', '10'],
      ['Third', '11'],
    ])
      await t.world.rows(
        `insert into billing.pax8_usage_lines (tenant_id, summary_id, subscription_id, company_id, usage_date, product_id,
           product_name, resource_group, unit_of_measure, quantity_e6, partner_total_e8, current_charges_e8, currency, is_trial)
         select distinct on (l.tenant_id) l.tenant_id, summary_id, subscription_id, c.pax8_company_id, $2::date, product_id,
           product_name, resource_group, unit_of_measure, quantity_e6, partner_total_e8, current_charges_e8, currency, is_trial
         from billing.pax8_usage_lines l, billing.customers c where c.name = $1`,
        [name, `${month}-${day}`],
      );
    await t.draft();
    expect(await t.lastRun()).toMatchObject({ state: 'done' });
    expect(Object.keys(await t.totals())).toEqual(['Fabrikam', 'Tailspin Toys', 'Third']);
  });
});

describe('a prepaid subscription', () => {
  it('that was pending at its start is billed', async () => {
    await t.world.rows('delete from billing.pax8_subscriptions');
    backup().status = 'PendingManual';
    await t.sync(2);
    backup().status = 'Active';
    await t.sync(3);
    await t.draft();
    expect(await t.totals()).toMatchObject({ 'Tailspin Toys': '59063' });
  });

  it('that became active in the next month is billed there, once', async () => {
    await t.world.rows('delete from billing.pax8_subscriptions');
    backup().status = 'PendingManual';
    await t.sync(28);
    backup().status = 'Active';
    await t.sync(3, '2026-02');
    await t.world.rows("update billing.runs set started_at = '2026-03-01T06:30:00Z' where job = 'usage-sync'");
    for (const period of [`${month}-01`, '2026-02-01', '2026-02-01']) await t.draft(period);
    expect([(await t.totals())['Tailspin Toys'], (await t.totals('2026-02-01'))['Tailspin Toys']]).toEqual([
      undefined,
      '59063',
    ]);
  });

  it('that was monthly at first is billed both ways, and the run ends', async () => {
    const [suite] = t.world.account().subscriptions;
    Object.assign(suite ?? {}, { billingTerm: 'Annual', startDate: `${month}-16` });
    await t.sync(16);
    await t.draft();
    expect(await t.lastRun()).toMatchObject({ state: 'done' });
    // 15 of 31 days of 587.81, the year 587.81, and the usage.
    expect(await t.totals()).toMatchObject({ Fabrikam: String(28_443 + 58_781 + 26_582) });
  });

  it.each([
    ['its own key', ''],
    [
      'the key of its month, as it was before terms had keys',
      "update billing.invoice_lines set source_key = replace(source_key, ':term:', ':') where source_key like '%:term:%'",
    ],
  ])(
    'is no second time on a draft when an approved invoice of another month has its term under %s',
    async (_key, rename) => {
      await t.draft();
      if (rename) await t.world.rows(rename);
      await t.approve('Tailspin Toys');
      await t.world.rows(
        "update billing.pax8_subscriptions set effective_from = '2026-02-03', start_date = '2026-01-01' where billing_term = '3-Year'",
      );
      await t.world.rows(
        `insert into billing.pax8_subscriptions (tenant_id, id, company_id, product_id, product_name, quantity_e6, status,
         billing_term, start_date, price_e8, cost_e8, currency, effective_from, effective_to)
       select tenant_id, id, company_id, product_id, product_name, quantity_e6, 'PendingManual', billing_term, start_date,
         price_e8, cost_e8, currency, '2026-01-01', '2026-02-03' from billing.pax8_subscriptions where billing_term = '3-Year'`,
      );
      await t.world.rows("update billing.runs set started_at = '2026-03-01T06:30:00Z' where job = 'usage-sync'");
      await t.draft('2026-02-01');
      expect(await t.lastRun()).toMatchObject({ state: 'done' });
      expect(Object.keys(await t.totals('2026-02-01'))).toEqual(['Fabrikam']);
    },
  );

  it('ordered for later and withdrawn before its start is not billed', async () => {
    const bought = structuredClone(backup());
    const later = {
      ...bought,
      id: '0190f000-0000-4000-8000-00000000aaaa',
      startDate: `${month}-20`,
      commitmentTerm: { ...(bought['commitmentTerm'] as object), endDate: '2029-01-20' },
    };
    t.world.account().subscriptions.push(later);
    await t.sync(7);
    t.world.account().subscriptions.pop();
    await t.sync(8);
    await t.draft();
    expect(await t.totals()).toMatchObject({ 'Tailspin Toys': '59063' });
    t.world.account().subscriptions.push(later);
    await t.sync(9);
    await t.draft();
    expect(await t.totals()).toMatchObject({ 'Tailspin Toys': String(2 * 59_063) });
  });
});

describe('an invoice that was approved', () => {
  it('and whose customer has left in good order is no exception', async () => {
    await t.draft();
    await t.approve('Fabrikam');
    await t.world.rows("update billing.customers set state = 'archived' where name = 'Fabrikam'");
    await t.draft();
    expect(await codes()).toEqual([]);
  });

  it('by an older version of this program is no difference', async () => {
    await t.draft();
    await t.world.rows(
      "update billing.invoice_lines set source_key = replace(source_key, ':Hour:USD', ''), explanation = explanation - 'share'",
    );
    await t.world.rows(
      "update billing.invoice_lines set source_key = replace(source_key, 'term:', ''), cost_minor = coalesce(cost_minor, 0)",
    );
    await t.world.rows("update billing.invoices set content_hash = 'old', approved_hash = 'old', status = 'approved'");
    await t.draft();
    expect(await codes()).toEqual([]);
    expect(await t.lastRun()).toMatchObject({ counts: { unchanged: 2, differs: 0 } });
  });
});

describe('an exception of before exceptions had periods', () => {
  it('ends with the next run', async () => {
    await t.draft();
    await t.world.rows(
      `insert into billing.exceptions (tenant_id, run_id, subject_key, code, detail, next_step)
       select tenant_id, id, 'company:x', 'customer.unmatched', 'x', 'y' from billing.runs where job = 'invoice-run'`,
    );
    await t.draft();
    expect(await codes()).toEqual([]);
  });
});
