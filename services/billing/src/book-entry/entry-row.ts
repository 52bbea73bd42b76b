import { sql } from '@legendops/kit/db/sql';
import type { InvoiceKind } from '../contract.ts';

/** An invoice or credit memo as it was posted, and what is compared of it. */
export interface PostedSale {
  postingId: string;
  invoiceId: string;
  kind: InvoiceKind;
  docNumber: string;
  quickBooksId: string;
  customerId: string;
  customerName: string;
  currency: string;
  /** Below nothing of a credit memo, as it is here. */
  totalMinor: bigint;
  /** For whom it was sent and by which lines; null of what was sent before that was kept, or settled by hand. */
  sentTo: string | null;
  sentLines: string[] | null;
}

/** Of `p`, a posting, and `i`, its invoice. */
export const postedColumns = sql`p.id as "postingId", p.invoice_id as "invoiceId", i.kind, p.doc_number as "docNumber",
  p.remote_id as "quickBooksId", i.customer_id as "customerId", i.customer_name as "customerName", i.currency,
  i.total_minor as "totalMinor", p.outgoing ->> 'customerId' as "sentTo",
  (select array_agg(l.line ->> 'amount' order by l.place)
    from jsonb_array_elements(p.outgoing -> 'lines') with ordinality l (line, place)) as "sentLines"`;

/** What QuickBooks has of it. Amounts of a credit memo are above nothing. */
export interface EntryRow {
  posting_id: string;
  state: 'there' | 'voided' | 'deleted';
  doc_number: string;
  remote_customer_id: string | null;
  currency: string | null;
  total_minor: bigint;
  tax_minor: bigint;
  open_minor: bigint | null;
  /** Whole minor units as text. */
  line_minors: string[] | null;
  due_on: string | null;
  seen_at: string;
  /** What a person has accepted. */
  accepted: string | null;
}

export const entryColumns = sql`b.posting_id, b.state, b.doc_number, b.remote_customer_id, b.currency, b.total_minor, b.tax_minor,
  b.open_minor, b.line_minors::text[] as line_minors, b.due_on, b.seen_at, b.accepted`;
