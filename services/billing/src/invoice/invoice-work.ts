import { sql } from '@legendops/kit/db/sql';
import type { InvoiceStatus } from '../contract.ts';

// A posting takes seconds. One that is still on its way after this hangs: QuickBooks or the connection to it is down.
export const hangingAfterMinutes = 10;

/** The things of one kind in one currency (null: of no known amount). */
export interface SumRow {
  count: number;
  /** Decimal text: a sum of bigint has more digits than one. */
  total_minor: string;
  currency: string | null;
}

export interface InvoiceSumRow extends SumRow {
  status: Exclude<InvoiceStatus, 'posted' | 'settled' | 'rejected' | 'voided'>;
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

// What a posting does within its minutes is no work of anybody's.
const waiting = sql`
  from billing.invoices i where i.status in ('draft', 'approved', 'in-doubt', 'failed')
    or i.status = 'posting' and i.updated_at < now() - make_interval(mins => ${hangingAfterMinutes}::integer)`;

/** Those that wait for a person, counted by status and currency. */
export const invoiceSums = sql<InvoiceSumRow>`
  select i.status, i.currency, count(*)::integer as count, sum(i.total_minor)::text as total_minor
  ${waiting} group by i.status, i.currency`;

/** The largest of each status. */
export const largestWaiting = (shown: number) => sql<WaitingInvoiceRow>`
  select id, status, customer_name, period_start, period_end, currency, total_minor,
    (select coalesce(p.detail, p.code) from billing.postings p
      where p.tenant_id = ranked.tenant_id and p.invoice_id = ranked.id order by p.generation desc limit 1) as reason
  from (
    select i.*, row_number() over (partition by i.status order by i.total_minor desc, i.id) as place ${waiting}) ranked
  where place <= ${shown} order by place`;
