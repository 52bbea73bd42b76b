import { accountCalls, type AccountOptions } from './account-calls.ts';
import { accountChanges, type ReadsChanges } from './account-changes.ts';
import { accountLists } from './account-lists.ts';
import { accountSales, type AccountSales } from './account-sales.ts';
import { bookedSales, type BookedSale } from './booked-sale.ts';
import { readBookFacts, readCompany, type BookFacts } from './book-facts.ts';

/** One account at QuickBooks, as far as billing uses it. Every method rejects with a QuickBooksError. */
export interface QuickBooksAccount extends ReturnType<typeof accountLists>, AccountSales, ReadsChanges {
  name(): Promise<string>;
  facts(): Promise<BookFacts>;
  /** Every invoice and credit memo between two days, both included, with its lines, whoever made it. */
  salesDated(from: string, to: string): Promise<BookedSale[]>;
}

export const quickBooksAccount = (options: AccountOptions): QuickBooksAccount => {
  const calls = accountCalls(options);
  const { realmId } = options;
  return {
    ...accountLists(calls),
    ...accountSales(calls),
    ...accountChanges(calls),
    name: async () => (await readCompany(calls, realmId)).CompanyName,
    facts: () => readBookFacts(calls, realmId),
    salesDated: (from, to) => bookedSales(calls, { from, to }),
  };
};
