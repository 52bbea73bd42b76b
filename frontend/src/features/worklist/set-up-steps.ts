import { Vendor } from '@legendops/billing/contract';
import type { Worklist } from '@legendops/billing/worklist/contract';
import type { Permission } from '@legendops/kit/contract/permissions';
import { vendorWords } from '../../components/vendor-words.ts';

export interface SetUpStep {
  title: string;
  /** What it is for, or when it comes by itself. */
  about: string;
  isDone: boolean;
  /** Where a person does it; absent for what comes by itself. */
  act?: { to: '/connections' | '/customers' | '/prices'; word: string; permission: Permission };
}

/** What a new provider goes through until the first invoices are drafted, in its order. */
export const setUpSteps = ({ connections, setUp }: Pick<Worklist, 'connections' | 'setUp'>): SetUpStep[] => {
  return [
    ...Vendor.options.map((vendor): SetUpStep => ({
      title: `Connect ${vendorWords[vendor].name}`,
      about: vendorWords[vendor].purpose,
      isDone: connections.some((one) => one.vendor === vendor),
      act: { to: '/connections', word: 'Connect', permission: 'connection.write' },
    })),
    {
      title: 'Import customers',
      about: 'The companies at Pax8 become customers here; it can be repeated at any time.',
      isDone: setUp.customers > 0,
      act: { to: '/customers', word: 'Import', permission: 'customer.import' },
    },
    {
      title: 'Add a price rule',
      about: 'Without a price nothing can be billed. One markup for all customers and products is a start.',
      isDone: setUp.priceRules > 0,
      act: { to: '/prices', word: 'Price rules', permission: 'price-rule.write' },
    },
    {
      title: 'Usage is read',
      about: 'By itself every night, the first time in the night after Pax8 is connected.',
      isDone: setUp.usageSyncedAt !== null,
    },
    {
      title: 'Invoices are drafted',
      about: 'By themselves once a month for the month before. You approve them here.',
      isDone: setUp.invoicedAt !== null,
    },
  ];
};

/** The first step that is not done; undefined once the set-up is complete. */
export const nextStepOf = (steps: readonly SetUpStep[]): SetUpStep | undefined => steps.find(({ isDone }) => !isDone);
