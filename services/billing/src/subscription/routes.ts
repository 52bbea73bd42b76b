import { decodeCursor, toPage } from '@legendops/kit/http/keyset-cursor';
import { ok, route } from '@legendops/kit/http/route';
import { SubscriptionPage, SubscriptionQuery, type Subscription } from '../contract.ts';
import { priceText, quantityText } from '../rating/currency.ts';
import type { SubscriptionRow, SubscriptionStore } from './store.ts';

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

export const subscriptionRoutes = (subscriptions: SubscriptionStore) => [
  route({
    method: 'get',
    path: '/v1/subscriptions',
    permission: 'usage.read',
    summary: 'Subscriptions at Pax8, by product',
    query: SubscriptionQuery,
    responses: { 200: SubscriptionPage },
    handler: async ({ actor, scope, query: { limit, cursor, customerId } }) => {
      const showsCost = actor.role !== 'guest';
      const list = `subscriptions:${customerId ?? ''}`;
      const rows = await subscriptions.page(scope, { after: decodeCursor(list, cursor, 2), limit, customerId });
      return ok(
        toPage({
          rows,
          limit,
          list,
          keys: (row) => [row.product_name, row.id],
          present: (row) => present(row, showsCost),
        }),
      );
    },
  }),
];
