import { SubscriptionPage, UsagePage } from '@legendops/billing/contract';
import { cursorPages } from '../cursor-pages.ts';

export interface UsageFilter {
  customerId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export const usagePath = '/api/billing/v1/usage-lines';
export const subscriptionsPath = '/api/billing/v1/subscriptions';

export const usagePages = (filter: UsageFilter) =>
  cursorPages({ path: usagePath, page: UsagePage, filter: { ...filter } });

export const subscriptionPages = (filter: { customerId?: string | undefined }) =>
  cursorPages({ path: subscriptionsPath, page: SubscriptionPage, filter });
