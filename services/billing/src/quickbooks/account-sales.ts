import type { InvoiceKind } from '../contract.ts';
import { parsed, type AccountCalls } from './account-calls.ts';
import { QuickBooksError } from './quickbooks-error.ts';
import { queryText } from './query-text.ts';
import { bodyOfSale, quickBooksSaleBody, type OutgoingSale, type QuickBooksSale } from './sale.ts';

/** Invoices and credit memos of one account. They have the same form; each method is of one of the two. */
export interface AccountSales {
  createSale(kind: InvoiceKind, sale: OutgoingSale, requestId: string): Promise<QuickBooksSale>;
  salesByNumber(kind: InvoiceKind, docNumbers: readonly string[]): Promise<QuickBooksSale[]>;
  salesById(kind: InvoiceKind, ids: readonly string[]): Promise<QuickBooksSale[]>;
  /** A customer's of one day. */
  salesOf(kind: InvoiceKind, customerId: string, date: string): Promise<QuickBooksSale[]>;
  /** One as it is at this moment, which a search may not show yet; undefined where it is deleted, or never was. */
  sale(kind: InvoiceKind, id: string): Promise<QuickBooksSale | undefined>;
  /** Makes an invoice one of nothing that keeps its number. QuickBooks voids no credit memo for a program. */
  voidInvoice(invoice: Pick<QuickBooksSale, 'id' | 'syncToken'>, requestId: string): Promise<void>;
}

const methods = {
  invoice: { find: 'findInvoices', create: 'createInvoice', get: 'getInvoice' },
  'credit-memo': { find: 'findCreditMemos', create: 'createCreditMemo', get: 'getCreditMemo' },
} as const;

const isNotFound = (error: unknown): boolean => error instanceof QuickBooksError && error.code === '610';

export const accountSales = ({ call, find, create }: AccountCalls): AccountSales => {
  const where = async (kind: InvoiceKind, condition: string): Promise<QuickBooksSale[]> =>
    (await find(methods[kind].find, `where ${condition}`)).map((found) => parsed(quickBooksSaleBody(kind), found));
  /** Those that were asked for, and nothing else that came. */
  const whereIn = async (
    kind: InvoiceKind,
    { field, values }: { field: 'Id' | 'DocNumber'; values: readonly string[] },
    valueOf: (sale: QuickBooksSale) => string,
  ): Promise<QuickBooksSale[]> =>
    values.length === 0
      ? []
      : (await where(kind, `${field} in (${values.map(queryText).join(', ')})`)).filter((sale) =>
          values.includes(valueOf(sale)),
        );
  return {
    createSale: async (kind, sale, requestId) =>
      parsed(quickBooksSaleBody(kind), await create(methods[kind].create, bodyOfSale(sale), requestId)),
    salesByNumber: (kind, values) => whereIn(kind, { field: 'DocNumber', values }, ({ docNumber }) => docNumber),
    salesById: (kind, values) => whereIn(kind, { field: 'Id', values }, ({ id }) => id),
    salesOf: async (kind, customerId, date) =>
      (await where(kind, `CustomerRef = ${queryText(customerId)} and TxnDate = ${queryText(date)}`)).filter(
        (sale) => sale.customerId === customerId,
      ),
    sale: async (kind, id) => {
      try {
        const found = parsed(
          quickBooksSaleBody(kind),
          await call((client, done) => client[methods[kind].get](id, done)),
        );
        if (found.id === id) return found;
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
      throw new QuickBooksError('in-doubt', 'other-entity', 'QuickBooks answered with something else');
    },
    voidInvoice: async ({ id, syncToken }, requestId) => {
      // The library takes the requestid of an object alone, and deletes it there: a fresh one for each call.
      const body = { Id: id, SyncToken: syncToken, requestId };
      await call((client, done) => client.voidInvoice(body, done));
    },
  };
};
