import type { InvoiceDetail } from '@legendops/billing/contract';
import { formatInstant, formatPeriod } from '../../lib/calendar.ts';
import { formatMoney } from '../../lib/money.ts';
import { useMe } from '../../lib/session.ts';
import { Fact } from './fact.tsx';

const notYet = <span className="text-muted">Not yet</span>;

export const InvoiceFacts = ({ invoice }: { invoice: InvoiceDetail }) => {
  const { timeZone } = useMe().tenant;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 rounded-lg border border-line bg-surface px-4 py-3.5 lg:grid-cols-5">
      <Fact name="Total">
        <span className="text-lead font-semibold">{formatMoney(invoice.totalMinor, invoice.currency)}</span>
      </Fact>
      <Fact name="Period">{formatPeriod(invoice.periodStart, invoice.periodEnd)}</Fact>
      <Fact name="Made">{formatInstant(invoice.createdAt, timeZone)}</Fact>
      <Fact name="Approved">{invoice.approvedAt === null ? notYet : formatInstant(invoice.approvedAt, timeZone)}</Fact>
      <Fact name="Invoice number">{invoice.docNumber ?? notYet}</Fact>
    </dl>
  );
};
