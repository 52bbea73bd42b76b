import type { AuditChange, AuditSubject } from '@legendops/kit/contract/audit-payload';
import type { Invoice } from '../contract.ts';
import { amountText } from '../rating/currency.ts';

interface AuditedInvoice {
  id: string;
  customer_name: string;
  period_start: string;
  currency: string;
  total_minor: bigint;
  status: Invoice['status'];
}

/** An invoice as the audit trail calls it: its customer and its month. */
export const invoiceSubject = (
  invoice: Pick<AuditedInvoice, 'id' | 'customer_name' | 'period_start'>,
): AuditSubject => ({
  type: 'invoice',
  id: invoice.id,
  name: `${invoice.customer_name}, ${invoice.period_start.slice(0, 7)}`,
});

/** A step of an invoice, with the money that it was about. */
export const movedTo = (
  status: Invoice['status'],
  invoice: Pick<AuditedInvoice, 'status' | 'currency' | 'total_minor'>,
): AuditChange[] => [
  { field: 'status', before: invoice.status, after: status },
  { field: 'total', before: null, after: `${amountText(invoice.total_minor, invoice.currency)} ${invoice.currency}` },
];
