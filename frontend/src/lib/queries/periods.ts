import { BilledPeriods, InvoicePreview, PeriodPreview } from '@legendops/billing/period/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';

export const periodsPath = '/api/billing/v1/periods';

/** The months that are billed, the newest first. */
export const periods = queryOptions({
  queryKey: [periodsPath],
  queryFn: async ({ signal }) => (await api.request({ method: 'GET', path: periodsPath, signal }, BilledPeriods)).data,
});

/** What the run of a month would draft now. */
export const previewOf = (period: string) =>
  queryOptions({
    queryKey: [periodsPath, period, 'preview'],
    queryFn: ({ signal }) =>
      api.request({ method: 'GET', path: `${periodsPath}/${period}/preview`, signal }, PeriodPreview),
  });

export const previewLines = (period: string, customerId: string) =>
  queryOptions({
    queryKey: [periodsPath, period, 'preview', customerId],
    queryFn: async ({ signal }) =>
      (
        await api.request(
          { method: 'GET', path: `${periodsPath}/${period}/preview/${customerId}`, signal },
          InvoicePreview,
        )
      ).data,
  });
