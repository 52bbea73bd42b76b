import { addMonths, monthOf } from '@legendops/billing/rating/period';
import type { AccountSeed } from '../doubles/superops/account.ts';
import { sampleAccount } from '../doubles/superops/sample-account.ts';
import type { ExampleCustomer, ExampleProvider } from './example-providers.ts';

/** Of the service user, in every example. */
export const superOpsToken = 'local';

/** What was bought lately and nobody has entered: contracts of what a customer has first are behind by so many. */
const behind = 4;

const contracted = (seats: ExampleCustomer['seats']): Record<string, number> =>
  Object.fromEntries(
    Object.entries(seats).map(([product, quantity], index) => [
      product,
      index === 0 ? Math.max(quantity - behind, 0) : quantity,
    ]),
  );

/**
 * A provider's service desk: its customers are clients there, with what they have of each product in a contract. Of its first
 * customer SuperOps counts what comes last by itself; the first customer of the first provider is invoiced by SuperOps, too.
 */
export const superOpsAccount = (provider: ExampleProvider, today: string): AccountSeed => {
  const lastMonth = addMonths(monthOf(today).start, -1);
  return sampleAccount({
    subdomain: provider.name,
    name: provider.displayName,
    token: superOpsToken,
    clients: provider.customers.map(({ name, seats }, index) => ({
      name,
      seats: contracted(seats),
      countedThere: index === 0 ? Object.keys(seats).slice(-1) : [],
      invoiced:
        provider.name === 'northwind' && index === 0 ? [{ date: monthOf(lastMonth).start, total: '1480.50' }] : [],
    })),
  });
};
