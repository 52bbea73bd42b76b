import { invoiceRuns, askedRuns } from '../invoice/invoice-runs.ts';
import { recorded } from '../job/run-job.ts';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { billingWorld, importCustomers, type JobSettings } from './billing-world.ts';

/** Real windows, every month that is due: nothing is asked for by the environment. */
const byItself = { PERIOD: undefined, SYNC_FROM: undefined };

/** A billing world in which jobs run over months, each at its instant: one markup, and customers once a sync has brought companies. */
export const monthsWorld = async () => {
  const world = await billingWorld();
  await world.connectPax8();
  await world.api.call('POST', '/api/billing/v1/price-rules', {
    actor: { tenantId: world.tenantId },
    body: { kind: 'markup', markupPercent: '25' },
    headers: { 'idempotency-key': 'rule' },
  });
  /** The nightly job at 04:17 of a day: the sync, and the months that were asked for. */
  const night = (day: string, more: JobSettings = {}) =>
    world.asJob(
      async (context) => {
        await recorded({ name: 'usage-sync', period: () => null, work: syncFromPax8 }, context);
        await askedRuns(context);
      },
      { ...byItself, at: `${day}T04:17:00Z`, ...more },
    );
  /** The run of the month at 06:30 of a day. */
  const runs = (day: string, more: JobSettings = {}) =>
    world.asJob(invoiceRuns, { ...byItself, at: `${day}T06:30:00Z`, ...more });
  const periods = async (): Promise<string[]> =>
    (
      await world.rows<{ period: string; state: string }>(
        "select to_char(period, 'YYYY-MM') as period, state from billing.periods order by period",
      )
    ).map(({ period, state }) => `${period} ${state}`);
  const invoices = async (): Promise<string[]> =>
    (
      await world.rows<{ text: string }>(
        "select to_char(period_start, 'YYYY-MM ') || customer_name || ' ' || total_minor as text from billing.invoices order by 1",
      )
    ).map(({ text }) => text);
  /** The runs of the month in their order, each with its month and how it ended. */
  const runRecords = async (): Promise<string[]> =>
    (
      await world.rows<{ text: string }>(
        "select concat_ws(' ', to_char(period, 'YYYY-MM'), state, code) as text from billing.runs where job = 'invoice-run' order by fence",
      )
    ).map(({ text }) => text);
  const open = async (): Promise<string[]> =>
    (
      await world.rows<{ text: string }>(
        "select concat_ws(' ', to_char(period, 'YYYY-MM'), code, amount_minor) as text from billing.exceptions where resolved_at is null order by 1",
      )
    ).map(({ text }) => text);
  const call = (method: string, path: string, body?: unknown) =>
    world.api.call(method, `/api/billing/v1/${path}`, {
      actor: { tenantId: world.tenantId },
      ...(body !== undefined && { body }),
      headers: { 'idempotency-key': `${method}-${path}-${Math.random()}` },
    });
  return {
    world,
    night,
    runs,
    periods,
    invoices,
    runRecords,
    open,
    call,
    importCustomers: () => importCustomers(world),
  };
};

export type MonthsWorld = Awaited<ReturnType<typeof monthsWorld>>;
