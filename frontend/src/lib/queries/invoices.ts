import { InvoiceDetail, InvoicePage, type InvoiceStatus } from '@legendops/billing/contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { api } from '../api.ts';
import { cursorPages } from '../cursor-pages.ts';

export const invoicesPath = '/api/billing/v1/invoices';

type InvoiceStatusName = z.infer<typeof InvoiceStatus>;

export interface InvoiceFilter {
  status?: InvoiceStatusName | undefined;
  customerId?: string | undefined;
}

export const invoicePages = (filter: InvoiceFilter) =>
  cursorPages({ path: invoicesPath, page: InvoicePage, filter: { ...filter } });

const pollMs: Partial<Record<InvoiceStatusName, number>> = { posting: 2_000, 'in-doubt': 10_000 };

export const invoiceById = (invoiceId: string) =>
  queryOptions({
    queryKey: [invoicesPath, invoiceId],
    queryFn: ({ signal }) =>
      api.request({ method: 'GET', path: `${invoicesPath}/${invoiceId}`, signal }, InvoiceDetail),
    refetchInterval: ({ state }) => (state.data && pollMs[state.data.status]) ?? false,
  });
