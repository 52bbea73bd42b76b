import { sql } from '@legendops/kit/db/sql';
import type { InvoiceKind } from '../contract.ts';
import { heldMinor } from '../invoice/kind-words.ts';
import type { KeyedLine } from './customer-line.ts';

/** A line of an invoice as far as it is sent. */
export interface PostedLine {
  source_key: string;
  description: string;
  quantity_e6: bigint;
  unit_price_e8: bigint;
  amount_minor: bigint;
  /** Null where what is billed names no product that is known any more. */
  product_id: string | null;
}

const uuidIn = (place: 2 | 3) => sql`
  substring(split_part(k.key, ':', ${place}::integer) from '^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$')::uuid`;

/** The lines in their order, with the product of each: that of the days which the line is for. */
export const postedLines = (invoiceId: string) => sql<PostedLine>`
  select l.source_key, l.description, l.quantity_e6, l.unit_price_e8, l.amount_minor,
    case split_part(k.key, ':', 1)
      when 'usage' then ${uuidIn(3)}
      when 'subscription' then (
        select s.product_id from billing.pax8_subscriptions s
        where s.tenant_id = l.tenant_id and s.id = ${uuidIn(2)}
        order by s.effective_from <= k.day desc, case when s.effective_from <= k.day then s.effective_from end desc,
          s.effective_from limit 1)
    end as product_id
  from billing.invoice_lines l
  join billing.invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
  -- A correction's key says its month, customer and number before the thing; others end with their month, term or first day.
  cross join lateral (select
    case when l.corrects_period is null then l.source_key
      else array_to_string((string_to_array(l.source_key, ':'))[5:], ':') end as key,
    coalesce(l.corrects_period, substring(l.source_key from '[0-9]{4}-[0-9]{2}-[0-9]{2}$')::date, i.period_start) as day) k
  where l.invoice_id = ${invoiceId} order by l.position`;

/** A line as it is sent: what a credit memo gives back is above nothing there. */
export const keyedLine = (line: Omit<PostedLine, 'product_id'>, kind: InvoiceKind): KeyedLine => ({
  sourceKey: line.source_key,
  description: line.description,
  quantityE6: line.quantity_e6,
  unitPriceE8: heldMinor({ kind, totalMinor: line.unit_price_e8 }),
  amountMinor: heldMinor({ kind, totalMinor: line.amount_minor }),
});
