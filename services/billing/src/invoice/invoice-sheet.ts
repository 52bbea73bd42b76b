import { amountText, priceText, quantityText } from '../rating/currency.ts';
import { addDays } from '../rating/period.ts';
import { customerLine, type CustomerLine } from '../posting/customer-line.ts';
import { fitLines } from '../posting/fit-lines.ts';
import { keyedLine } from '../posting/posted-lines.ts';
import { heldMinor } from './kind-words.ts';
import type { SentInvoice } from './sheet-store.ts';
import type { InvoiceLineRow, InvoiceRow } from './store.ts';

/** A line as it stands on paper and in a table. */
export interface SheetLine {
  description: string;
  quantity: string;
  unitPrice: string;
  amount: string;
}

/** An invoice as the customer gets it, all of it as words. */
export interface InvoiceSheet {
  title: 'Invoice' | 'Credit memo';
  /** Why it is no demand; null where it is one. */
  standing: 'draft' | 'void' | null;
  provider: string;
  customer: string;
  number: string | null;
  /** The day of the invoice and the day it is due; null where QuickBooks says. */
  date: string | null;
  dueDate: string | null;
  periodStart: string;
  /** Its last day. */
  periodEnd: string;
  currency: string;
  lines: SheetLine[];
  total: string;
  /** How many lines were put together, where they were. */
  putTogether: number;
}

const textsOf = (line: CustomerLine, currency: string): SheetLine => ({
  description: line.description,
  quantity: quantityText(line.quantityE6),
  unitPrice: priceText(line.unitPriceE8, currency),
  amount: amountText(line.amountMinor, currency),
});

const sentTexts = ({ lines }: SentInvoice): SheetLine[] =>
  lines.map(({ description, quantity, unitPrice, amount }) => ({
    description,
    quantity: quantity ?? '1',
    unitPrice: unitPrice ?? amount,
    amount,
  }));

const readable = (lines: readonly InvoiceLineRow[], { kind, currency }: InvoiceRow): SheetLine[] => {
  const all = lines.map((line) => ({
    ...customerLine(keyedLine(line, kind), currency),
    productId: null,
    itemId: '',
    taxCode: null,
  }));
  return fitLines(all).map((line) => textsOf(line, currency));
};

const standingOf = ({ status }: InvoiceRow): InvoiceSheet['standing'] => {
  if (status === 'posted') return null;
  return status === 'voided' ? 'void' : 'draft';
};

/** What was sent where something was, else what would be: by the one rule by which lines go into QuickBooks. */
export const invoiceSheet = (
  invoice: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  { provider, sent }: { provider: string; sent: SentInvoice | undefined },
): InvoiceSheet => {
  const { currency } = invoice;
  const shown = sent ? sentTexts(sent) : readable(lines, invoice);
  return {
    title: invoice.kind === 'credit-memo' ? 'Credit memo' : 'Invoice',
    standing: standingOf(invoice),
    provider,
    customer: invoice.customer_name,
    number: standingOf(invoice) === 'draft' ? null : invoice.doc_number,
    date: sent?.date ?? null,
    dueDate: sent?.dueDate ?? null,
    periodStart: invoice.period_start,
    periodEnd: addDays(invoice.period_end, -1),
    currency,
    lines: shown,
    total: amountText(heldMinor({ kind: invoice.kind, totalMinor: invoice.total_minor }), currency),
    putTogether: lines.length - shown.length,
  };
};
