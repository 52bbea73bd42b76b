import { draftInvoices, periodOf } from '../invoice/draft-invoices.ts';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { billingWorld, importCustomers, month } from './billing-world.ts';

/** A billing world with the usage of six days, its customers and one price rule, to draft invoices in. */
export const draftWorld = async () => {
  const world = await billingWorld();
  const sync = (day: number, of = month) =>
    world.run({ name: 'usage-sync', work: syncFromPax8 }, { at: `${of}-${String(day).padStart(2, '0')}T06:30:00Z` });
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
  return { world, sync, draft, lastRun, invoices, totals, approve };
};

export type DraftWorld = Awaited<ReturnType<typeof draftWorld>>;
