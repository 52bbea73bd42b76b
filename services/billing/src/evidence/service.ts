import type { Page } from '@legendops/kit/contract/page';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { RegisteredTenant } from '@legendops/kit/db/tenant-registry';
import { problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import { ruleValue } from '../price-rule/rule-row.ts';
import { localDate } from '../rating/period.ts';
import { priceBook } from '../rating/price-book.ts';
import type { Pax8Contacts, Pax8Order, Pax8PriceList, SubscriptionTerm, SubscriptionHistory } from './contract.ts';
import {
  presentContact,
  presentFormerState,
  presentOrder,
  presentOrderOf,
  presentPrice,
  presentTerm,
} from './presenter.ts';
import type { EvidenceStore, OrderRow, VersionRow } from './store.ts';
import { stretchesOf, stretchOfOrder, type Stretch } from './stretches.ts';

type OfTenant = Pick<RegisteredTenant, 'currency' | 'timeZone'>;

export interface EvidenceService {
  contacts(scope: Scope, customerId: string): Promise<Pax8Contacts>;
  orders(
    scope: Scope,
    customerId: string,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<Page<Pax8Order>>;
  /** What held of it from when to when, at which price of ours, and what was ordered before. */
  history(scope: Scope, tenant: OfTenant, subscriptionId: string): Promise<SubscriptionHistory>;
  prices(scope: Scope, tenant: OfTenant, productId: string): Promise<Pax8PriceList>;
}

const ordersByStretch = (
  stretches: readonly Stretch<VersionRow>[],
  orders: readonly OrderRow[],
  subscriptionId: string,
): Map<Stretch<VersionRow>, SubscriptionTerm['orders']> => {
  const found = new Map<Stretch<VersionRow>, SubscriptionTerm['orders']>();
  for (const order of orders) {
    const stretch = stretchOfOrder(stretches, order.body.createdDate);
    if (stretch) found.set(stretch, [...(found.get(stretch) ?? []), ...presentOrderOf(subscriptionId, order)]);
  }
  return found;
};

export const evidenceService = ({ store, now }: { store: EvidenceStore; now: () => Date }): EvidenceService => {
  const requireCustomer = async (scope: Scope, customerId: string): Promise<void> => {
    if (!(await store.hasCustomer(scope, customerId))) throw problem('customer.not-found');
  };
  return {
    contacts: async (scope, customerId) => {
      await requireCustomer(scope, customerId);
      return { data: (await store.contacts(scope, customerId)).map(presentContact) };
    },
    orders: async (scope, customerId, query) => {
      await requireCustomer(scope, customerId);
      return listPage(query, {
        list: `pax8-orders:${customerId}`,
        by: ['date', 'text'],
        read: (place) => store.orders(scope, { ...place, customerId }),
        keys: ({ body, id }) => [body.createdDate, id],
        present: presentOrder,
      });
    },
    history: async (scope, { timeZone }, id) => {
      const { versions, snapshots, orders, rules } = await store.history(scope, id);
      const last = versions.at(-1);
      if (!last) throw problem('subscription.not-found');
      const book = priceBook(rules.map(ruleValue));
      const stretches = stretchesOf(versions, {
        today: localDate(now(), timeZone),
        priceChanges: ({ customerId, productId, billingTerm, currency }, within) =>
          book.changes({ customerId: customerId ?? '', productId, billingTerm, currency }, within),
      });
      const ordered = ordersByStretch(stretches, orders, id);
      return {
        id,
        customerId: last.customerId,
        customerName: last.customerName,
        productId: last.productId,
        productName: last.productName,
        currency: last.currency,
        startDate: last.startDate,
        endDate: last.endDate,
        commitment: last.hasCommitment ? { term: last.commitmentTerm, endDate: last.commitmentEnd } : null,
        terms: stretches
          .map((stretch) => presentTerm(stretch, { book, orders: ordered.get(stretch) ?? [] }))
          .toReversed(),
        formerStates: snapshots.map((row) => presentFormerState(row, last.currency)),
      };
    },
    prices: async (scope, { currency, timeZone }, productId) => {
      const { prices, name, rules } = await store.prices(scope, productId);
      if (name === undefined && prices.length === 0) throw problem('product.not-found');
      const of = { book: priceBook(rules.map(ruleValue)), productId, currency, today: localDate(now(), timeZone) };
      return { productId, productName: name ?? '', currency, data: prices.map((row) => presentPrice(row, of)) };
    },
  };
};
