import { Customer, CustomerPage } from '@legendops/portal/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { cursorPages } from '../cursor-pages.ts';

export const customersPath = '/api/portal/v1/customers';

export const customerPages = (filter: { search?: string | undefined }) =>
  cursorPages({ path: customersPath, page: CustomerPage, filter });

export const customerById = (customerId: string) =>
  queryOptions({
    queryKey: [customersPath, customerId],
    queryFn: ({ signal }) => api.request({ method: 'GET', path: `${customersPath}/${customerId}`, signal }, Customer),
  });

const mostChoices = 2000;

/** Every customer, for choosing one and for names beside ids. */
export const customerChoices = queryOptions({
  queryKey: [customersPath, 'choices'],
  queryFn: async ({ signal }): Promise<Customer[]> => {
    const found: Customer[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 200, cursor };
      const { data, page } = await api.request({ method: 'GET', path: customersPath, query, signal }, CustomerPage);
      found.push(...data);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined && found.length < mostChoices);
    return found.sort((one, other) => one.name.localeCompare(other.name));
  },
  staleTime: 60_000,
});
