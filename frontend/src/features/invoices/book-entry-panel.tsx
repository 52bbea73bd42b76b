import type { InvoiceDetail } from '@legendops/billing/contract';
import { useQuery } from '@tanstack/react-query';
import { bookEntryOf } from '../../lib/queries/book-entries.ts';
import { DriftNotice } from './drift-notice.tsx';
import { PaymentFacts } from './payment-facts.tsx';
import { VoidButton } from './void-button.tsx';
import { VoidingNotice } from './voiding-notice.tsx';

const isInBooks = ({ status }: InvoiceDetail): boolean => status === 'posted' || status === 'voided';

const useBookEntry = (invoice: InvoiceDetail) =>
  useQuery({ ...bookEntryOf(invoice.id), enabled: isInBooks(invoice) }).data;

/** What QuickBooks makes of an invoice that was posted: paid, changed, void. */
export const BookEntryPanel = ({ invoice }: { invoice: InvoiceDetail }) => {
  const entry = useBookEntry(invoice);
  if (entry === undefined) return null;
  return (
    <>
      <VoidingNotice entry={entry} />
      <DriftNotice invoice={invoice} entry={entry} />
      <PaymentFacts invoice={invoice} entry={entry} />
    </>
  );
};

/** What can be done to it there. */
export const BookEntryActs = ({ invoice }: { invoice: InvoiceDetail }) => {
  const entry = useBookEntry(invoice);
  return entry === undefined ? null : <VoidButton invoice={invoice} entry={entry} />;
};
