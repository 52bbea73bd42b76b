import { Pax8Contacts, Pax8OrderPage, Pax8PriceList, SubscriptionHistory } from '@legendops/billing/evidence/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { cursorPages } from '../cursor-pages.ts';
import { evidenceKey, subscriptionsPath } from './usage.ts';

const ofCustomer = (customerId: string, what: string): string => `/api/billing/v1/customers/${customerId}/${what}`;

export const contactsOf = (customerId: string) => {
  const path = ofCustomer(customerId, 'pax8-contacts');
  return queryOptions({
    queryKey: [evidenceKey, path],
    queryFn: async ({ signal }) => (await api.request({ method: 'GET', path, signal }, Pax8Contacts)).data,
  });
};

export const orderPages = (customerId: string) =>
  cursorPages({ path: ofCustomer(customerId, 'pax8-orders'), page: Pax8OrderPage, limit: 20 });

export const historyOf = (subscriptionId: string) => {
  const path = `${subscriptionsPath}/${subscriptionId}/history`;
  return queryOptions({
    queryKey: [evidenceKey, path],
    queryFn: ({ signal }) => api.request({ method: 'GET', path, signal }, SubscriptionHistory),
  });
};

export const priceListOf = (productId: string) => {
  const path = `/api/billing/v1/products/${productId}/pax8-prices`;
  return queryOptions({
    queryKey: [evidenceKey, path],
    queryFn: ({ signal }) => api.request({ method: 'GET', path, signal }, Pax8PriceList),
  });
};
