import { BilledPeriods } from '@legendops/billing/period/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';

export const periodsPath = '/api/billing/v1/periods';

/** The months that are billed, the newest first. */
export const periods = queryOptions({
  queryKey: [periodsPath],
  queryFn: async ({ signal }) => (await api.request({ method: 'GET', path: periodsPath, signal }, BilledPeriods)).data,
});
