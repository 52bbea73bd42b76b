import type { Actor } from '@legendops/kit/auth/actor';
import type { Page } from '@legendops/kit/contract/page';
import { allows } from '@legendops/kit/contract/permissions';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { listPage } from '@legendops/kit/http/list-page';
import type { UsageLine, UsageQuery } from '../contract.ts';
import { priceText, quantityText } from '../rating/currency.ts';
import type { UsageRow, UsageStore } from './store.ts';

export interface UsageService {
  page(scope: Scope, actor: Actor, query: UsageQuery): Promise<Page<UsageLine>>;
}

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

export const usageService = (store: UsageStore): UsageService => ({
  page: (scope, actor, { customerId, from, to, ...query }) => {
    const showsCost = allows(actor.role, 'cost.read');
    return listPage(query, {
      list: `usage:${[customerId, from, to].join(':')}`,
      by: ['date', 'id'],
      read: (place) => store.page(scope, { ...place, customerId, from, to }),
      keys: (row) => [row.usage_date, row.id],
      present: (row) => present(row, showsCost),
    });
  },
});
