import { SubscriptionPage, UsagePage } from '@legendops/billing/contract';
import { cursorPages } from '../cursor-pages.ts';

export interface UsageFilter {
  customerId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export const usagePath = '/api/billing/v1/usage-lines';
export const subscriptionsPath = '/api/billing/v1/subscriptions';
/** Where contacts, histories and prices of Pax8 are held: each sync reads them anew. */
export const evidenceKey = '/api/billing/v1/evidence';

export const usagePages = (filter: UsageFilter) =>
  cursorPages({ path: usagePath, page: UsagePage, filter: { ...filter } });

export const subscriptionPages = (filter: { customerId?: string | undefined }) =>
  cursorPages({ path: subscriptionsPath, page: SubscriptionPage, filter });
