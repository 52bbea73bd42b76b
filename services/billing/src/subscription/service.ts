import type { Actor } from '@legendops/kit/auth/actor';
import type { Page } from '@legendops/kit/contract/page';
import { allows } from '@legendops/kit/contract/permissions';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { listPage } from '@legendops/kit/http/list-page';
import type { Subscription, SubscriptionQuery } from '../contract.ts';
import { priceText, quantityText } from '../rating/currency.ts';
import type { SubscriptionRow, SubscriptionStore } from './store.ts';

export interface SubscriptionService {
  page(scope: Scope, actor: Actor, query: SubscriptionQuery): Promise<Page<Subscription>>;
}

const present = (row: SubscriptionRow, showsCost: boolean): Subscription => ({
  id: row.id,
  customerId: row.customer_id,
  customerName: row.customer_name,
  productName: row.product_name,
  quantity: quantityText(row.quantity_e6),
  status: row.status,
  billingTerm: row.billing_term,
  startDate: row.start_date,
  price: showsCost ? priceText(row.price_e8, row.currency) : null,
  cost: showsCost && row.cost_e8 !== null ? priceText(row.cost_e8, row.currency) : null,
  currency: row.currency,
});

export const subscriptionService = (store: SubscriptionStore): SubscriptionService => ({
  page: (scope, actor, { customerId, ...query }) => {
    const showsCost = allows(actor.role, 'cost.read');
    return listPage(query, {
      list: `subscriptions:${customerId ?? ''}`,
      by: ['text', 'id'],
      read: (place) => store.page(scope, { ...place, customerId }),
      keys: (row) => [row.product_name, row.id],
      present: (row) => present(row, showsCost),
    });
  },
});
