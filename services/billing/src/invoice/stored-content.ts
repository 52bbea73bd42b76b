import { contentHash } from '../rating/content-hash.ts';
import type { InvoiceLineRow, InvoiceRow } from './store.ts';

type StoredInvoice = Pick<InvoiceRow, 'customer_id' | 'customer_name' | 'total_minor' | 'currency'>;
type StoredLine = Pick<InvoiceLineRow, 'source_key' | 'description' | 'quantity_e6' | 'unit_price_e8' | 'amount_minor'>;

/** The hash of what the database holds, whatever hash was written beside it: a job's login writes both. */
export const hashOfStored = (invoice: StoredInvoice, lines: readonly StoredLine[]): string =>
  contentHash(
    {
      customerId: invoice.customer_id,
      customerName: invoice.customer_name,
      totalMinor: invoice.total_minor,
      lines: lines.map((line) => ({
        sourceKey: line.source_key,
        description: line.description,
        quantityE6: line.quantity_e6,
        unitPriceE8: line.unit_price_e8,
        amountMinor: line.amount_minor,
      })),
    },
    invoice.currency,
  );
