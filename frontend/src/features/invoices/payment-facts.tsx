import type { BookEntry } from '@legendops/billing/book-entry/contract';
import type { InvoiceDetail } from '@legendops/billing/contract';
import { PaymentState } from '../../components/payment-state.tsx';
import { formatDate, formatInstant } from '../../lib/calendar.ts';
import { formatMoney } from '../../lib/money.ts';
import { useMe } from '../../lib/session.ts';
import { Fact } from './fact.tsx';

/** What is paid of it, as QuickBooks has it. */
export const PaymentFacts = ({ invoice: { kind }, entry }: { invoice: InvoiceDetail; entry: BookEntry }) => {
  const { timeZone } = useMe().tenant;
  const { payment, seenAt } = entry;
  if (payment === null) return null;
  const { state, currency, totalMinor, paidMinor, openMinor, dueOn } = payment;
  const isInvoice = kind === 'invoice';
  return (
    <section
      aria-label="Payment"
      className="grid grid-cols-2 gap-x-6 gap-y-4 rounded-lg border border-line bg-surface px-4 py-3.5 lg:grid-cols-5"
    >
      <dl className="contents">
        <Fact name="Payment">
          <PaymentState state={state} kind={kind} />
        </Fact>
        <Fact name="In QuickBooks, with tax">{formatMoney(totalMinor, currency)}</Fact>
        <Fact name={isInvoice ? 'Paid' : 'Used'}>{formatMoney(paidMinor, currency)}</Fact>
        <Fact name="Open">{formatMoney(openMinor, currency)}</Fact>
        <Fact name={dueOn === null ? 'Looked at' : 'Due'}>
          {dueOn === null ? seenAt !== null && formatInstant(seenAt, timeZone) : formatDate(dueOn)}
        </Fact>
      </dl>
    </section>
  );
};
