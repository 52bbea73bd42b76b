import { sql } from '@legendops/kit/db/sql';

export interface ExceptionRow {
  id: string;
  code: string;
  customer_id: string | null;
  customer_name: string | null;
  invoice_id: string | null;
  detail: string;
  next_step: string;
  amount_minor: bigint | null;
  currency: string | null;
  period: string | null;
  first_seen_at: string;
}

/** Of `e`, an exception, and `c`, its customer. */
export const exceptionColumns = sql`e.id, e.code, e.customer_id, c.name as customer_name, e.invoice_id, e.detail, e.next_step,
  e.amount_minor, e.currency, e.period, e.first_seen_at`;

export const ofItsCustomer = sql`left join billing.customers c on c.tenant_id = e.tenant_id and c.id = e.customer_id`;

/** What neither a run has resolved nor a person has dismissed. */
export const isOpen = sql`e.resolved_at is null and e.dismissed_at is null`;
