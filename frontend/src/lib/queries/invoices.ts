import { InvoiceDetail, InvoicePage, type InvoiceStatus } from '@legendops/billing/contract';
import { queryOptions, type InfiniteData } from '@tanstack/react-query';
import type { z } from 'zod';
import { api } from '../api.ts';
import { cursorPages } from '../cursor-pages.ts';

export const invoicesPath = '/api/billing/v1/invoices';

const pollPagesMs = 2_000;

type LoadedPages = InfiniteData<z.infer<typeof InvoicePage>, string | undefined>;
type InvoiceStatusName = z.infer<typeof InvoiceStatus>;

export interface InvoiceFilter {
  status?: InvoiceStatusName | undefined;
  customerId?: string | undefined;
}

// Posting goes on at the service: the answer to its request says no more than that it has begun.
const pollMs: Partial<Record<InvoiceStatusName, number>> = { posting: 1_000, 'in-doubt': 5_000 };

export const invoiceById = (invoiceId: string) =>
  queryOptions({
    queryKey: [invoicesPath, invoiceId],
    queryFn: ({ signal }) =>
      api.request({ method: 'GET', path: `${invoicesPath}/${invoiceId}`, signal }, InvoiceDetail),
    refetchInterval: ({ state }) => (state.data && pollMs[state.data.status]) ?? false,
  });

export const invoicePages = (filter: InvoiceFilter) => ({
  ...cursorPages({ path: invoicesPath, page: InvoicePage, filter: { ...filter } }),
  refetchInterval: ({ state }: { state: { data: LoadedPages | undefined } }): number | false =>
    state.data?.pages.some(({ data }) => data.some(({ status }) => status === 'posting')) === true
      ? pollPagesMs
      : false,
});
