import { ProrationSetting } from '@legendops/billing/proration/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';

export const prorationPath = '/api/billing/v1/proration';

export const proration = queryOptions({
  queryKey: [prorationPath],
  queryFn: ({ signal }) => api.request({ method: 'GET', path: prorationPath, signal }, ProrationSetting),
});
