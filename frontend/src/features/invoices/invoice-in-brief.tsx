import type { Invoice } from '@legendops/billing/contract';
import { formatPeriod } from '../../lib/calendar.ts';
import { formatMoney } from '../../lib/money.ts';

/** What an act is about: whose invoice, for when, how much. */
export const InvoiceInBrief = ({ invoice }: { invoice: Invoice }) => (
  <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 rounded-lg bg-raised px-3.5 py-3">
    <dt className="text-muted">Customer</dt>
    <dd className="font-medium">{invoice.customerName}</dd>
    <dt className="text-muted">Period</dt>
    <dd className="font-medium">{formatPeriod(invoice.periodStart, invoice.periodEnd)}</dd>
    <dt className="text-muted">Amount</dt>
    <dd className="font-semibold">{formatMoney(invoice.totalMinor, invoice.currency)}</dd>
  </dl>
);
