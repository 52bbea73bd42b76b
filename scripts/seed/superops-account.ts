import { addMonths, monthOf } from '@legendops/billing/rating/period';
import type { AccountSeed } from '../doubles/superops/account.ts';
import { sampleAccount } from '../doubles/superops/sample-account.ts';
import type { ExampleProvider } from './example-providers.ts';

/** Of the service user, in every example. */
export const superOpsToken = 'local';

/**
 * A provider's service desk: its customers are clients there, with what they have of each product in a contract. The first
 * customer of the first provider is invoiced by SuperOps, too.
 */
export const superOpsAccount = (provider: ExampleProvider, today: string): AccountSeed => {
  const lastMonth = addMonths(monthOf(today).start, -1);
  return sampleAccount({
    subdomain: provider.name,
    name: provider.displayName,
    token: superOpsToken,
    clients: provider.customers.map(({ name, seats }, index) => ({
      name,
      seats,
      invoiced:
        provider.name === 'northwind' && index === 0 ? [{ date: monthOf(lastMonth).start, total: '1480.50' }] : [],
    })),
  });
};
