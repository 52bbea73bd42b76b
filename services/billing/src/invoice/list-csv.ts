import { csvText } from '@legendops/kit/http/csv-text';
import type { Place } from '@legendops/kit/db/page-rows';
import type { Invoice } from '../contract.ts';
import { amountText } from '../rating/currency.ts';
import type { InvoiceRow } from './store.ts';

const header = [
  'customer',
  'number',
  'kind',
  'from',
  'to',
  'status',
  'total',
  'currency',
  'payment',
  'paid',
  'open',
  'due',
];

const cellsOf = (invoice: Invoice): string[] => {
  const amount = (minor: string | null): string => (minor === null ? '' : amountText(BigInt(minor), invoice.currency));
  return [
    invoice.customerName,
    invoice.docNumber ?? '',
    invoice.kind,
    invoice.periodStart,
    invoice.periodEnd,
    invoice.status,
    amount(invoice.totalMinor),
    invoice.currency,
    invoice.paymentState ?? '',
    amount(invoice.paidMinor),
    amount(invoice.openMinor),
    invoice.dueOn ?? '',
  ];
};

// What is held at a time, of however many there are.
const atOnce = 200;

/**
 * Invoices as a table, amounts in whole units; what is paid is with the tax, as QuickBooks has it. Read page by page, as it is
 * taken; the last row counts them: a file without it is cut.
 */
export async function* invoicesAsCsv(
  read: (place: Place) => Promise<readonly InvoiceRow[]>,
  present: (row: InvoiceRow) => Invoice,
): AsyncGenerator<string> {
  let after: readonly string[] | undefined;
  let count = 0;
  do {
    const rows = await read({ after, limit: atOnce });
    const shown = rows.slice(0, atOnce);
    const head = after === undefined ? [header] : [];
    yield csvText([...head, ...shown.map((row) => cellsOf(present(row)))]);
    count += shown.length;
    const last = rows.length > atOnce ? shown.at(-1) : undefined;
    after = last && [last.created_at, last.id];
  } while (after !== undefined);
  yield csvText([[`Whole table: ${count} invoices`, ...header.slice(1).map(() => '')]]);
}
