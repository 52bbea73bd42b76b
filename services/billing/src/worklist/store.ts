import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { InvoiceStatus } from '../contract.ts';
import type { ConnectionRow } from '../connection/connection-row.ts';
import type { ExceptionRow } from '../exception/exception-row.ts';
import type { RunRow } from '../run/run-row.ts';

/** How many things of a kind are shown; the rest is a list of its own. */
const shown = 5;

// A posting takes seconds. One that is still on its way after this hangs: QuickBooks or the connection to it is down.
const hangingAfterMinutes = 10;

/** The things of one kind in one currency (null: of no known amount). */
interface SumRow {
  count: number;
  /** Decimal text: a sum of bigint has more digits than one. */
  total_minor: string;
  currency: string | null;
}

export interface InvoiceSumRow extends SumRow {
  status: Exclude<InvoiceStatus, 'posted'>;
}

export interface ExceptionSumRow extends SumRow {
  code: string;
  customers: string[];
}

export interface WaitingInvoiceRow {
  id: string;
  status: InvoiceSumRow['status'];
  customer_name: string;
  period_start: string;
  period_end: string;
  currency: string;
  total_minor: bigint;
  /** What QuickBooks, or we, said of its newest posting. */
  reason: string | null;
}

export interface SetUpRow {
  customers: number;
  price_rules: number;
  usage_synced_at: string | null;
  invoiced_at: string | null;
  invoiced_period: string | null;
}

export interface WorklistRows {
  connections: ConnectionRow[];
  invoiceSums: InvoiceSumRow[];
  invoices: WaitingInvoiceRow[];
  exceptionSums: ExceptionSumRow[];
  exceptions: ExceptionRow[];
  stoppedRuns: RunRow[];
  setUp: SetUpRow | undefined;
}

export interface WorklistStore {
  read(scope: Scope): Promise<WorklistRows>;
}

const connections = sql<ConnectionRow>`
  select id, vendor, state, account, detail, version, updated_at from billing.connections order by vendor`;

// What a posting does within its minutes is no work of anybody's.
const waiting = sql`
  from billing.invoices i where i.status in ('draft', 'approved', 'in-doubt', 'failed')
    or i.status = 'posting' and i.updated_at < now() - make_interval(mins => ${hangingAfterMinutes}::integer)`;

const invoiceSums = sql<InvoiceSumRow>`
  select i.status, i.currency, count(*)::integer as count, sum(i.total_minor)::text as total_minor
  ${waiting} group by i.status, i.currency`;

const invoices = sql<WaitingInvoiceRow>`
  select id, status, customer_name, period_start, period_end, currency, total_minor,
    (select coalesce(p.detail, p.code) from billing.postings p
      where p.tenant_id = ranked.tenant_id and p.invoice_id = ranked.id order by p.generation desc limit 1) as reason
  from (
    select i.*, row_number() over (partition by i.status order by i.total_minor desc, i.id) as place ${waiting}) ranked
  where place <= ${shown} order by place`;

const open = sql`from billing.exceptions e where e.resolved_at is null and e.dismissed_at is null`;

const exceptionSums = sql<ExceptionSumRow>`
  select e.code, e.currency, count(*)::integer as count, coalesce(sum(e.amount_minor), 0)::text as total_minor,
    array_agg(distinct e.customer_id::text) filter (where e.customer_id is not null) as customers
  ${open} group by e.code, e.currency`;

const exceptions = sql<ExceptionRow>`
  select e.id, e.code, e.customer_id, c.name as customer_name, e.detail, e.next_step, e.amount_minor, e.currency,
    e.period, e.first_seen_at
  from (
    select e.*, row_number() over (
      partition by e.code order by e.amount_minor desc nulls last, e.first_seen_at desc, e.id) as place ${open}) e
  left join billing.customers c on c.tenant_id = e.tenant_id and c.id = e.customer_id
  where e.place <= ${shown} order by e.place`;

// A run that is under way has decided nothing yet; a sync reads everything, other jobs decide about their month.
const stoppedRuns = sql<RunRow>`
  select id, job, period, state, code, detail, counts, started_at, finished_at from (
    select r.*, row_number() over (
      partition by r.job, case when r.job = 'usage-sync' then null else r.period end
      order by r.started_at desc, r.id desc) as place
    from billing.runs r where r.state <> 'running') newest
  where place = 1 and state in ('failed', 'needs-person') order by started_at desc, id desc limit 50`;

const setUp = sql<SetUpRow>`
  select
    (select count(*)::integer from billing.customers c where c.state = 'active') as customers,
    (select count(*)::integer from billing.price_rules) as price_rules,
    (select max(r.finished_at) from billing.runs r where r.job = 'usage-sync' and r.state = 'done') as usage_synced_at,
    (select max(r.finished_at) from billing.runs r where r.job = 'invoice-run' and r.state = 'done') as invoiced_at,
    (select max(r.period) from billing.runs r where r.job = 'invoice-run' and r.state = 'done') as invoiced_period`;

type Rows = [ConnectionRow, InvoiceSumRow, WaitingInvoiceRow, ExceptionSumRow, ExceptionRow, RunRow, SetUpRow];

/** A read over what the other nouns keep, in one round trip. */
export const worklistStore = (database: TenantDatabase): WorklistStore => ({
  read: async (scope) => {
    const rows = await database.readAll<Rows>(scope, [
      connections,
      invoiceSums,
      invoices,
      exceptionSums,
      exceptions,
      stoppedRuns,
      setUp,
    ]);
    return {
      connections: rows[0],
      invoiceSums: rows[1],
      invoices: rows[2],
      exceptionSums: rows[3],
      exceptions: rows[4],
      stoppedRuns: rows[5],
      setUp: rows[6][0],
    };
  },
});
