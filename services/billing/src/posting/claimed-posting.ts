import type { InvoiceKind } from '../contract.ts';
import type { OutgoingSale } from '../quickbooks/sale.ts';

/** A posting that this process may work on until its next attempt is due again. */
export interface ClaimedPosting {
  id: string;
  invoice_id: string;
  kind: InvoiceKind;
  generation: number;
  state: 'posting' | 'in-doubt';
  request_id: string;
  doc_number: string;
  /** Every number that this invoice was ever sent under, those of documents that are void aside. */
  doc_numbers: string[];
  /** What it once was in this company, and is void or deleted there: never taken for it again. */
  void_ids: string[];
  realm_id: string;
  /** The accounts that this invoice may be in: those that it was sent to, by any generation, without a certain refusal. */
  sent_to: { realmId: string; name: string }[];
  /** As it may have been sent before; null before it was, and after a certain refusal. It is sent again as it was. */
  outgoing: OutgoingSale | null;
  /** To whom and of which day any generation of it was sent. */
  sent_as: { customerId: string; date: string }[];
  /** 1 for the first; names the claim: a later one makes this one's outcome void. */
  attempt: number;
  /** How long it may still be on its way: the process before died, and may have been sending it. */
  wait_seconds: number;
  customer_id: string;
  /** As it is now, not as it was on the day of the draft. */
  customer_name: string;
  period_start: string;
  period_end: string;
  currency: string;
  total_minor: bigint;
}
