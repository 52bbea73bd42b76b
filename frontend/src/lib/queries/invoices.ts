import type { PaymentState } from '@legendops/billing/book-entry/contract';
import { InvoiceDetail, InvoicePage, type InvoiceStatus } from '@legendops/billing/contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { api } from '../api.ts';
import { cursorPages } from '../cursor-pages.ts';

export const invoicesPath = '/api/billing/v1/invoices';

export interface InvoiceFilter {
  status?: z.infer<typeof InvoiceStatus> | undefined;
  customerId?: string | undefined;
  paymentState?: PaymentState | undefined;
  /** Months, by their first days; both are in it. */
  from?: string | undefined;
  to?: string | undefined;
}

export const invoiceById = (invoiceId: string) =>
  queryOptions({
    queryKey: [invoicesPath, invoiceId],
    queryFn: ({ signal }) =>
      api.request({ method: 'GET', path: `${invoicesPath}/${invoiceId}`, signal }, InvoiceDetail),
  });

export const invoicePages = (filter: InvoiceFilter) =>
  cursorPages({ path: invoicesPath, page: InvoicePage, filter: { ...filter } });
