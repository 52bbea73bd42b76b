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

// A key names its subscription, or its usage with its product; a correction has the key of what it corrects.
const key = sql`split_part(regexp_replace(l.source_key, '^correction:', ''), ':', 1)`;
const named = (place: 2 | 3) => sql`
  substring(split_part(regexp_replace(l.source_key, '^correction:', ''), ':', ${place}::integer)
    from '^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$')::uuid`;

/** The lines in their order, with the product of each. */
export const postedLines = (invoiceId: string) => sql<PostedLine>`
  select l.source_key, l.description, l.quantity_e6, l.unit_price_e8, l.amount_minor,
    case ${key}
      when 'usage' then ${named(3)}
      when 'subscription' then (
        select s.product_id from billing.pax8_subscriptions s
        where s.tenant_id = l.tenant_id and s.id = ${named(2)} order by s.effective_from desc limit 1)
    end as product_id
  from billing.invoice_lines l where l.invoice_id = ${invoiceId} order by l.position`;

/** A line as it is sent: what a credit memo gives back is above nothing there. */
export const keyedLine = (line: Omit<PostedLine, 'product_id'>, kind: InvoiceKind): KeyedLine => ({
  sourceKey: line.source_key,
  description: line.description,
  quantityE6: line.quantity_e6,
  unitPriceE8: heldMinor({ kind, totalMinor: line.unit_price_e8 }),
  amountMinor: heldMinor({ kind, totalMinor: line.amount_minor }),
});
