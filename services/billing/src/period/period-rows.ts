import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Money } from '../contract.ts';
import { runColumns, type RunRow } from '../run/run-row.ts';
import type { InvoiceStatus } from '../contract.ts';
import { unbilledCodes } from '../exception/exception-kinds.ts';
import type { LedgerRow } from './ledger.ts';

/** What the service reads of the ledger. */

export interface PeriodRow extends LedgerRow {
  askedAt: string | null;
  reason: string | null;
  decidedAt: string | null;
  leftOpen: Money[];
}

interface SumRow {
  period: string;
  count: number;
  /** Decimal text: a sum of bigint has more digits than one. */
  total: string;
  currency: string | null;
}

export interface PeriodFacts {
  rows: PeriodRow[];
  /** How many days of a month were read since it ended. */
  read: { period: string; days: number }[];
  invoices: (SumRow & { status: InvoiceStatus })[];
  held: SumRow[];
  unbilled: SumRow[];
  /** The newest run of each month, and how many there were. */
  runs: (RunRow & { period: string; runs: number })[];
}

export const periodColumns = sql`period, state, run_on as "runOn", asked_at as "askedAt", reason, decided_at as "decidedAt",
  left_open as "leftOpen"`;

export const ledgerRows = sql<PeriodRow>`select ${periodColumns} from billing.periods order by period`;

const daysRead = sql<PeriodFacts['read'][number]>`
  select date_trunc('month', day)::date as period, count(*)::integer as days from billing.usage_days
  where read_on >= (date_trunc('month', day) + interval '1 month')::date group by 1`;

const invoiceSums = sql<PeriodFacts['invoices'][number]>`
  select period_start as period, status, currency, count(*)::integer as count, sum(total_minor)::text as total
  from billing.invoices group by period_start, status, currency order by period_start, status, currency`;

const heldSums = sql<SumRow>`
  select i.period_start as period, i.currency, count(*)::integer as count, sum(i.total_minor)::text as total
  from billing.invoices i join billing.invoice_decisions d on d.tenant_id = i.tenant_id and d.customer_id = i.customer_id
    and d.period_start = i.period_start and d.currency = i.currency
  where i.status = 'draft' and d.decision = 'held' and (d.held_until_at is null or d.held_until_at > now())
  group by i.period_start, i.currency order by i.period_start, i.currency`;

const unbilledSums = sql<SumRow>`
  select period, currency, count(*)::integer as count, coalesce(sum(amount_minor), 0)::text as total
  from billing.exceptions
  where period is not null and resolved_at is null and dismissed_at is null and code = any (${unbilledCodes})
  group by period, currency order by period, currency`;

const newestRuns = sql<PeriodFacts['runs'][number]>`
  select ${runColumns}, runs from (
    select r.*, count(*) over (partition by r.period)::integer as runs,
      row_number() over (partition by r.period order by r.fence desc) as place
    from billing.runs r where r.job = 'invoice-run' and r.period is not null) newest
  where place = 1`;

/** In one round trip; a ledger has twelve months a year. */
export const readPeriods = async (database: TenantDatabase, scope: Scope): Promise<PeriodFacts> => {
  const [rows, read, invoices, held, unbilled, runs] = await database.readAll<
    [
      PeriodRow,
      PeriodFacts['read'][number],
      PeriodFacts['invoices'][number],
      SumRow,
      SumRow,
      PeriodFacts['runs'][number],
    ]
  >(scope, [ledgerRows, daysRead, invoiceSums, heldSums, unbilledSums, newestRuns]);
  return { rows, read, invoices, held, unbilled, runs };
};
