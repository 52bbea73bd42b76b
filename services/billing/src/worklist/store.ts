import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { connectionColumns, type ConnectionRow } from '../connection/connection-row.ts';
import { exceptionColumns, isOpen, ofItsCustomer, type ExceptionRow } from '../exception/exception-row.ts';
import {
  invoiceSums,
  largestWaiting,
  type InvoiceSumRow,
  type SumRow,
  type WaitingInvoiceRow,
} from '../invoice/invoice-work.ts';
import type { RunRow } from '../run/run-row.ts';
import { stoppedRuns } from '../run/stopped-runs.ts';

/** How many things of a kind are shown; the rest is a list of its own. */
const shown = 5;

export interface ExceptionSumRow extends SumRow {
  code: string;
  customers: string[];
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

const connections = sql<ConnectionRow>`select ${connectionColumns} from billing.connections order by vendor`;

const open = sql`from billing.exceptions e where ${isOpen}`;

const exceptionSums = sql<ExceptionSumRow>`
  select e.code, e.currency, count(*)::integer as count, coalesce(sum(e.amount_minor), 0)::text as total_minor,
    array_agg(distinct e.customer_id::text) filter (where e.customer_id is not null) as customers
  ${open} group by e.code, e.currency`;

const exceptions = sql<ExceptionRow>`
  select ${exceptionColumns} from (
    select e.*, row_number() over (
      partition by e.code order by e.amount_minor desc nulls last, e.first_seen_at desc, e.id) as place ${open}) e
  ${ofItsCustomer}
  where e.place <= ${shown} order by e.place`;

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
      largestWaiting(shown),
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
