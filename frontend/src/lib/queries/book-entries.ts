import { BookEntry } from '@legendops/billing/book-entry/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { invoicesPath } from './invoices.ts';

/** Where book entries are held: apart from the lists of invoices. */
export const bookEntriesKey = `${invoicesPath}/book-entries`;

/** What QuickBooks has of an invoice. */
export const bookEntryOf = (invoiceId: string) =>
  queryOptions({
    queryKey: [bookEntriesKey, invoiceId],
    queryFn: ({ signal }) =>
      api.request({ method: 'GET', path: `${invoicesPath}/${invoiceId}/book-entry`, signal }, BookEntry),
  });
