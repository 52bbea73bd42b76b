import { draftInvoices, periodOf } from '../invoice/draft-invoices.ts';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { addDays, monthOf } from '../rating/period.ts';
import { billingWorld, importCustomers, month } from './billing-world.ts';

/** A billing world with the usage of six days, its customers and one price rule, to draft invoices in. */
export const draftWorld = async () => {
  const world = await billingWorld();
  const sync = (day: number, of = month) =>
    world.run({ name: 'usage-sync', work: syncFromPax8 }, { at: `${of}-${String(day).padStart(2, '0')}T06:30:00Z` });
  /** As after a sync on the day after the month that found nothing new. */
  const readToTheEnd = (period: string) =>
    world.rows(
      `insert into billing.usage_days (tenant_id, day, read_on)
       select $1, day::date, $2::date + interval '1 month' from generate_series($2::date, $2::date + interval '1 month - 1 day', '1 day') day
       on conflict (tenant_id, day) do update set read_on = greatest(usage_days.read_on, excluded.read_on)`,
      [world.tenantId, period],
    );
  /** The run of a month on the 6th of the next one. */
  const draftAsRead = (PERIOD = `${month}-01`) =>
    world.run(
      { name: 'invoice-run', work: draftInvoices, period: (environment, now) => periodOf(environment, now).start },
      { PERIOD, at: `${addDays(monthOf(PERIOD).end, 5)}T06:30:00Z` },
    );
  const draft = async (PERIOD = `${month}-01`) => {
    await readToTheEnd(PERIOD);
    await draftAsRead(PERIOD);
  };
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
  const approve = (customer: string) =>
    world.rows(
      "update billing.invoices set status = 'approved', approved_hash = content_hash where customer_name = $1 and status = 'draft'",
      [customer],
    );

  await world.connectPax8();
  await sync(6);
  await importCustomers(world);
  await world.api.call('POST', '/api/billing/v1/price-rules', {
    actor: { tenantId: world.tenantId },
    body: { kind: 'markup', markupPercent: '25' },
    headers: { 'idempotency-key': 'rule' },
  });
  return { world, sync, draft, draftAsRead, readToTheEnd, lastRun, invoices, totals, approve };
};

export type DraftWorld = Awaited<ReturnType<typeof draftWorld>>;
