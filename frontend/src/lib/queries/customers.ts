import { Customer, CustomerPage } from '@legendops/portal/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
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

const mostMatches = 20;

/** The first customers by name that have these words in it; the first of all without words. */
export const customerMatches = (search: string) =>
  queryOptions({
    queryKey: [customersPath, 'matches', search],
    queryFn: async ({ signal }) => {
      const query = { order: 'name', limit: mostMatches, search: search || undefined };
      return (await api.request({ method: 'GET', path: customersPath, query, signal }, CustomerPage)).data;
    },
    staleTime: 30_000,
  });

// As many as the service takes at once.
const mostIds = 100;

/** Names by id, for what other services know by the id alone. */
export const customerNames = (ids: readonly string[]) => {
  const wanted = [...new Set(ids)].sort();
  return queryOptions({
    queryKey: [customersPath, 'names', wanted],
    queryFn: async ({ signal }) => {
      const names = new Map<string, string>();
      for (let from = 0; from < wanted.length; from += mostIds) {
        const query = { ids: wanted.slice(from, from + mostIds).join(), limit: mostIds };
        const { data } = await api.request({ method: 'GET', path: customersPath, query, signal }, CustomerPage);
        for (const { id, name } of data) names.set(id, name);
      }
      return names;
    },
    enabled: wanted.length > 0,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
};
