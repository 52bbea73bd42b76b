import type { Vendor } from '@legendops/billing/contract';

export const vendorWords: Record<Vendor, { name: string; purpose: string }> = {
  pax8: { name: 'Pax8', purpose: 'Customers, subscriptions and usage come from there.' },
  quickbooks: { name: 'QuickBooks', purpose: 'Approved invoices are posted there.' },
};
