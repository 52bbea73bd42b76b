import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import { codesOpenedBy, unbilledCodes } from '../exception/exception-kinds.ts';
import type { SyncWindow } from '../pax8/sync-window.ts';
import type { Period } from '../rating/period.ts';
import type { LedgerRow } from './ledger.ts';

/** What the jobs write into the ledger, as the tenant's own login. */

export interface JobLedgerRow extends LedgerRow {
  isAsked: boolean;
}

/** Sees to it that there is a row of every month from `from` to `to`, and of those after the ledger's first. */
export const openLedger = (
  database: TenantDatabase,
  scope: Scope,
  { from, to }: { from: string; to: string },
): Promise<JobLedgerRow[]> =>
  database.write(scope, async (transaction) => {
    await transaction.change(sql`
      insert into billing.periods (tenant_id, period)
      select ${scope.tenantId}::uuid, month::date
      from generate_series(least(${from}::date, (select min(period) from billing.periods))::timestamp, ${to}::date, '1 month') month
      on conflict (tenant_id, period) do nothing`);
    return transaction.rows(sql<JobLedgerRow>`
      select period, state, run_on as "runOn", asked_at is not null as "isAsked" from billing.periods order by period`);
  });

/** Begins the ledger with the month of the first sync that finished. */
export const beginLedger = (transaction: Transaction, scope: Scope, month: Period): Promise<number> =>
  transaction.change(sql`
    insert into billing.periods (tenant_id, period)
    select ${scope.tenantId}::uuid, ${month.start}::date where not exists (select from billing.periods)
    on conflict (tenant_id, period) do nothing`);

/** The days of a window were read by a sync of this day, which has finished. */
export const rememberRead = (
  transaction: Transaction,
  scope: Scope,
  { window: { from, to }, today }: { window: SyncWindow; today: string },
): Promise<number> =>
  transaction.change(sql`
    insert into billing.usage_days as d (tenant_id, day, read_on)
    select ${scope.tenantId}::uuid, day::date, ${today}::date
    from generate_series(${from}::date::timestamp, ${to}::date, '1 day') day
    on conflict (tenant_id, day) do update set read_on = excluded.read_on where d.read_on < excluded.read_on`);

// Of `m`, the days of a month.
const isUnread = sql`
  not exists (select from billing.usage_days d
    where d.day = m.day::date and d.read_on >= (date_trunc('month', m.day) + interval '1 month')::date)`;

/** The days of a month that no sync has read since it ended. */
export const unreadDays = async (database: TenantDatabase, scope: Scope, { start, end }: Period): Promise<string[]> =>
  (
    await database.read(
      scope,
      sql<{ day: string }>`
        select m.day::date as day from generate_series(${start}::date::timestamp, ${end}::date - 1, '1 day') m (day)
        where ${isUnread} order by m.day`,
    )
  ).map(({ day }) => day);

/** The first day that a month which is over and not run still needs; null where none does. */
export const firstUnread = async (transaction: Transaction, today: string): Promise<string | null> =>
  (
    await transaction.row(sql<{ day: string | null }>`
      select min(m.day)::date as day
      from billing.periods p, generate_series(p.period::timestamp, p.period + interval '1 month' - interval '1 day', '1 day') m (day)
      where p.state = 'due' and p.period + interval '1 month' <= ${today}::date and ${isUnread}`)
  )?.day ?? null;

/** The first day of the oldest month that runs look at again; null where there is none. */
export const oldestMonthOfRun = async (transaction: Transaction): Promise<string | null> =>
  (
    await transaction.row(
      sql<{ period: string | null }>`select min(period) as period from billing.periods where state = 'run'`,
    )
  )?.period ?? null;

/** A job has begun these months: whichever of them it does not finish, whatever stops it, the next job takes up. */
export const askForRuns = (
  transaction: Transaction,
  { months, today, at }: { months: readonly string[]; today: string; at: Date },
): Promise<number> =>
  transaction.change(sql`
    update billing.periods set asked_at = ${at.toISOString()}
    where period = any (${months}::date[]) and state = 'due' and asked_at is null
      and period + interval '1 month' <= ${today}::date`);

/** Holds a month while its drafts are written: a person who skips it waits, or has skipped it, and nothing is written. */
export const holdPeriod = async (transaction: Transaction, { start }: Period): Promise<void> => {
  const held = await transaction.row(
    sql<{ state: string }>`select state from billing.periods where period = ${start} for share`,
  );
  if (held?.state !== 'due' && held?.state !== 'run')
    throw new JobFailure(
      'needsPerson',
      `period.${held?.state ?? 'unknown'}`,
      `${start.slice(0, 7)} is not to be billed now`,
    );
};

/** The month is done: all its drafts are written. Who asked for it while it was under way has it run once more. */
export const finishPeriod = (
  transaction: Transaction,
  { period, runId, today }: { period: Period; runId: string; today: string },
): Promise<number> =>
  transaction.change(sql`
    update billing.periods p set state = 'run', run_id = ${runId},
      asked_at = case when p.asked_at > r.started_at then p.asked_at end,
      asked_by = case when p.asked_at > r.started_at then p.asked_by end,
      run_on = case when p.state = 'due' then ${today}::date else p.run_on end
    from billing.runs r
    where r.id = ${runId} and p.period = ${period.start} and p.state in ('due', 'run')`);

const whatToDoOfClosed =
  'Its month is closed: press “Run” on it under “Periods” once that is done, or bill it by hand and press “Dismiss”';

/**
 * From now on nothing looks at these months; one that a person has asked for stays until that is done. What is open of them stays
 * on the worklist, and says what helps now; its sum stands in the ledger. How many were closed.
 */
export const closePeriods = async (transaction: Transaction, periods: readonly string[]): Promise<number> => {
  const closed = await transaction.rows(sql<{ period: string }>`
    update billing.periods p set state = 'closed', left_open = (
      select coalesce(jsonb_agg(jsonb_build_object('amountMinor', total, 'currency', currency) order by currency), '[]') from (
        select currency, sum(minor)::text as total from (
          select i.currency, i.total_minor as minor from billing.invoices i where i.period_start = p.period and i.status = 'draft'
          union all select e.currency, e.amount_minor from billing.exceptions e
            where e.period = p.period and e.resolved_at is null and e.dismissed_at is null and e.amount_minor is not null
              and e.code = any (${unbilledCodes})) parts
        group by currency) sums)
    where p.period = any (${periods}::date[]) and p.state = 'run' and p.asked_at is null
    returning p.period`);
  await transaction.change(sql`
    update billing.exceptions set next_step = next_step || '. ' || ${whatToDoOfClosed}::text
    where period = any (${closed.map(({ period }) => period)}::date[]) and resolved_at is null and dismissed_at is null
      and code = any (${codesOpenedBy('invoice-run')})`);
  return closed.length;
};

/** What a person has skipped, and the money that it leaves. */
export const skippedPeriods = (
  database: TenantDatabase,
  scope: Scope,
): Promise<{ period: string; reason: string; leftOpen: { amountMinor: string; currency: string }[] }[]> =>
  database.read(
    scope,
    sql<{ period: string; reason: string; leftOpen: { amountMinor: string; currency: string }[] }>`
      select period, reason, left_open as "leftOpen" from billing.periods where state = 'skipped' order by period`,
  );
