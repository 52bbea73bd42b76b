import { accountCalls, parsed, type AccountOptions } from './account-calls.ts';
import { accountLists } from './account-lists.ts';
import { readBookFacts, readCompany, type BookFacts } from './book-facts.ts';
import { queryText } from './query-text.ts';
import { bodyOfInvoice, QuickBooksInvoiceBody, type OutgoingInvoice, type QuickBooksInvoice } from './sent-invoice.ts';

/** One account at QuickBooks, as far as billing uses it. Every method rejects with a QuickBooksError. */
export interface QuickBooksAccount extends ReturnType<typeof accountLists> {
  name(): Promise<string>;
  facts(): Promise<BookFacts>;
  createInvoice(invoice: OutgoingInvoice, requestId: string): Promise<QuickBooksInvoice>;
  invoicesByNumber(docNumbers: readonly string[]): Promise<QuickBooksInvoice[]>;
  invoicesById(ids: readonly string[]): Promise<QuickBooksInvoice[]>;
  /** A customer's invoices of one day. */
  invoicesOf(customerId: string, date: string): Promise<QuickBooksInvoice[]>;
}

export const quickBooksAccount = (options: AccountOptions): QuickBooksAccount => {
  const calls = accountCalls(options);
  const { realmId } = options;
  const invoicesWhere = async (condition: string): Promise<QuickBooksInvoice[]> =>
    (await calls.find('findInvoices', `where ${condition}`)).map((found) => parsed(QuickBooksInvoiceBody, found));
  /** Those that were asked for, and nothing else that came. */
  const invoicesIn = async (
    field: 'Id' | 'DocNumber',
    values: readonly string[],
    valueOf: (invoice: QuickBooksInvoice) => string,
  ): Promise<QuickBooksInvoice[]> =>
    values.length === 0
      ? []
      : (await invoicesWhere(`${field} in (${values.map(queryText).join(', ')})`)).filter((invoice) =>
          values.includes(valueOf(invoice)),
        );
  return {
    ...accountLists(calls),
    name: async () => (await readCompany(calls, realmId)).CompanyName,
    facts: () => readBookFacts(calls, realmId),
    createInvoice: async (invoice, requestId) =>
      parsed(QuickBooksInvoiceBody, await calls.create('createInvoice', bodyOfInvoice(invoice), requestId)),
    invoicesByNumber: (docNumbers) => invoicesIn('DocNumber', docNumbers, ({ docNumber }) => docNumber),
    invoicesById: (ids) => invoicesIn('Id', ids, ({ id }) => id),
    invoicesOf: async (customerId, date) =>
      (await invoicesWhere(`CustomerRef = ${queryText(customerId)} and TxnDate = ${queryText(date)}`)).filter(
        (invoice) => invoice.customerId === customerId,
      ),
  };
};
