import { SuperOpsChoices } from '@legendops/billing/second-biller/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';

export const superOpsChoicesPath = '/api/billing/v1/superops-choices';

/** Customers that are invoiced here although SuperOps invoices them, too. */
export const superOpsChoices = queryOptions({
  queryKey: [superOpsChoicesPath],
  queryFn: ({ signal }) => api.request({ method: 'GET', path: superOpsChoicesPath, signal }, SuperOpsChoices),
});
