import { accountCalls, type AccountOptions } from './account-calls.ts';
import { accountChanges, type ReadsChanges } from './account-changes.ts';
import { accountLists } from './account-lists.ts';
import { accountSales, type AccountSales } from './account-sales.ts';
import { bookedInvoices, type BookedInvoice } from './booked-invoice.ts';
import { readBookFacts, readCompany, type BookFacts } from './book-facts.ts';

/** One account at QuickBooks, as far as billing uses it. Every method rejects with a QuickBooksError. */
export interface QuickBooksAccount extends ReturnType<typeof accountLists>, AccountSales, ReadsChanges {
  name(): Promise<string>;
  facts(): Promise<BookFacts>;
  /** Every invoice between two days, both included, with its lines, whoever made it. */
  invoicesDated(from: string, to: string): Promise<BookedInvoice[]>;
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
    invoicesDated: (from, to) => bookedInvoices(calls, { from, to }),
  };
};
