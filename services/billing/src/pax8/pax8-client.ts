import { Contact, Invoice, InvoiceItem, Order, Price, Snapshot } from './evidence-objects.ts';
import {
  Company,
  Dependencies,
  Product,
  Subscription,
  UsageLine,
  UsageSummary,
  type CommitmentRules,
} from './objects.ts';
import { pax8Calls, type Pax8ClientOptions } from './pax8-calls.ts';
import { Pax8Error } from './pax8-error.ts';
import { readEach, type HeldRecord, type ReadList } from './readable.ts';

export interface Pax8Client {
  companies(): Promise<ReadList<Company>>;
  subscriptions(): Promise<ReadList<Subscription>>;
  /** One of them by its id, nothing where there is none. */
  subscription(id: string): Promise<ReadList<Subscription>>;
  /** Product names by id: a subscription may come without its product's name. */
  productNames(): Promise<{ names: Map<string, string>; held: HeldRecord[] }>;
  /** What a product's commitments let go; none where Pax8 does not say it of this product. */
  commitments(productId: string): Promise<CommitmentRules[]>;
  usageSummaries(subscriptionId: string): Promise<ReadList<UsageSummary>>;
  /** One summary's lines of one day; the date is mandatory at Pax8. */
  usageLines(summaryId: string, usageDate: string): Promise<ReadList<UsageLine>>;
  /** What Pax8 has billed its partner from one day on; those of a month are there from its 5th. */
  invoices(from: string): Promise<ReadList<Invoice>>;
  invoiceItems(invoiceId: string): Promise<ReadList<InvoiceItem>>;
  /** What it is going to bill: of this month, or of the next one. Usage is not among it. */
  draftItems(month: 'this' | 'next'): Promise<ReadList<InvoiceItem>>;
  orders(): Promise<ReadList<Order>>;
  contacts(companyId: string): Promise<ReadList<Contact>>;
  /** What a product costs now. */
  prices(productId: string): Promise<ReadList<Price>>;
  /** What a subscription was before, the newest first. */
  history(subscriptionId: string): Promise<ReadList<Snapshot>>;
}

export const pax8Client = (options: Pax8ClientOptions): Pax8Client => {
  const { get, list, whole } = pax8Calls(options);

  // What is not known is told where money depends on it: one product's odd answer stops nothing.
  const commitments = async (productId: string): Promise<CommitmentRules[]> => {
    try {
      const answer = Dependencies.safeParse(await get(`/v1/products/${productId}/dependencies`));
      return answer.success ? answer.data.commitmentDependencies : [];
    } catch (error) {
      if (error instanceof Pax8Error && (error.kind === 'not-found' || error.kind === 'unexpected')) return [];
      throw error;
    }
  };

  return {
    companies: () => list(Company, 'company', '/v1/companies'),
    subscriptions: () => list(Subscription, 'subscription', '/v1/subscriptions'),
    subscription: async (id) => {
      try {
        return readEach(Subscription, 'subscription', [await get(`/v1/subscriptions/${id}`)]);
      } catch (error) {
        if (error instanceof Pax8Error && error.kind === 'not-found') return { items: [], held: [] };
        throw error;
      }
    },
    productNames: async () => {
      const { items, held } = await list(Product, 'product', '/v1/products');
      return { names: new Map(items.map(({ id, name }) => [id, name])), held };
    },
    commitments,
    usageSummaries: (id) => list(UsageSummary, 'usage summary', `/v1/subscriptions/${id}/usage-summaries`),
    usageLines: (id, usageDate) =>
      list(UsageLine, 'usage line', `/v1/usage-summaries/${id}/usage-lines?usageDate=${usageDate}`),
    invoices: (from) => list(Invoice, 'invoice', `/v1/invoices?invoiceDateRangeStart=${from}`),
    invoiceItems: (id) => list(InvoiceItem, 'invoice item', `/v1/invoices/${id}/items`),
    draftItems: (month) =>
      list(InvoiceItem, 'invoice item', `/v1/invoices/draftItems?monthOffset=${month === 'this' ? 0 : 1}`),
    orders: () => list(Order, 'order', '/v1/orders'),
    contacts: (companyId) => list(Contact, 'contact', `/v1/companies/${companyId}/contacts`),
    prices: async (id) => readEach(Price, 'price', await whole(`/v1/products/${id}/pricing`)),
    history: async (id) => readEach(Snapshot, 'subscription history', await whole(`/v1/subscriptions/${id}/history`)),
  };
};
