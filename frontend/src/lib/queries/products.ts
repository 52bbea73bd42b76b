import { BillableProducts } from '@legendops/billing/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';

export const productsPath = '/api/billing/v1/products';

/** Every product that a customer has or has used, for choosing one and for names beside ids. */
export const products = queryOptions({
  queryKey: [productsPath],
  queryFn: async ({ signal }) =>
    (await api.request({ method: 'GET', path: productsPath, signal }, BillableProducts)).data,
  staleTime: 60_000,
});
