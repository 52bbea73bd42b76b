import { csvText } from '@legendops/kit/http/csv-text';
import type { InvoiceSheet } from './invoice-sheet.ts';

const header = ['customer', 'invoice', 'from', 'to', 'description', 'quantity', 'unit price', 'amount', 'currency'];

/** The lines of an invoice as a table, each with whose it is and for when. */
export const invoiceCsv = (sheet: InvoiceSheet): string =>
  csvText([
    header,
    ...sheet.lines.map(({ description, quantity, unitPrice, amount }) => [
      sheet.customer,
      sheet.number ?? 'draft',
      sheet.periodStart,
      sheet.periodEnd,
      description,
      quantity,
      unitPrice,
      amount,
      sheet.currency,
    ]),
  ]);
