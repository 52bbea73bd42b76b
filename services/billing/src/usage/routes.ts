import { decodeCursor, toPage } from '@legendops/kit/http/keyset-cursor';
import { ok, route } from '@legendops/kit/http/route';
import { UsagePage, UsageQuery, type UsageLine } from '../contract.ts';
import { priceText, quantityText } from '../rating/currency.ts';
import type { UsageRow, UsageStore } from './store.ts';

const present = (row: UsageRow, showsCost: boolean): UsageLine => ({
  id: row.id,
  customerId: row.customer_id,
  customerName: row.customer_name,
  usageDate: row.usage_date,
  productName: row.product_name,
  resourceGroup: row.resource_group,
  unitOfMeasure: row.unit_of_measure,
  quantity: quantityText(row.quantity_e6),
  cost: showsCost ? priceText(row.partner_total_e8, row.currency) : null,
  currency: row.currency,
});

export const usageRoutes = (usage: UsageStore) => [
  route({
    method: 'get',
    path: '/v1/usage-lines',
    permission: 'usage.read',
    summary: 'Usage by day as Pax8 told it, newest first',
    query: UsageQuery,
    responses: { 200: UsagePage },
    handler: async ({ actor, scope, query: { limit, cursor, customerId, from, to } }) => {
      const showsCost = actor.role !== 'guest';
      const list = `usage:${[customerId, from, to].join(':')}`;
      const rows = await usage.page(scope, { after: decodeCursor(list, cursor, 2), limit, customerId, from, to });
      return ok(
        toPage({
          rows,
          limit,
          list,
          keys: (row) => [row.usage_date, row.id],
          present: (row) => present(row, showsCost),
        }),
      );
    },
  }),
];
