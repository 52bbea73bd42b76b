import { SubscriptionPage, UsagePage } from '@legendops/billing/contract';
import { cursorPages } from '../cursor-pages.ts';

export interface UsageFilter {
  customerId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export const usagePages = (filter: UsageFilter) =>
  cursorPages({ path: '/api/billing/v1/usage-lines', page: UsagePage, filter: { ...filter } });

export const subscriptionPages = (filter: { customerId?: string | undefined }) =>
  cursorPages({ path: '/api/billing/v1/subscriptions', page: SubscriptionPage, filter });
