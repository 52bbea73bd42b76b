import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';

export interface SubscriptionRow {
  id: string;
  customer_id: string | null;
  customer_name: string;
  product_name: string;
  quantity_e6: bigint;
  status: string;
  billing_term: string;
  start_date: string;
  price_e8: bigint;
  cost_e8: bigint | null;
  currency: string;
}

export interface SubscriptionPageQuery extends Place {
  customerId: string | undefined;
}

export interface SubscriptionStore {
  page(scope: Scope, query: SubscriptionPageQuery): Promise<SubscriptionRow[]>;
}

const byName = ({ after, limit, customerId }: SubscriptionPageQuery) => {
  const ofCustomer = customerId === undefined ? sql`` : sql` and c.id = ${customerId}`;
  const further = after ? sql` and (s.product_name, s.id) > (${after[0]}, ${after[1]}::uuid)` : sql``;
  return sql<SubscriptionRow>`
    select s.id, c.id as customer_id, coalesce(c.name, p.name, '') as customer_name, s.product_name, s.quantity_e6,
      s.status, s.billing_term, s.start_date, s.price_e8, s.cost_e8, s.currency
    from billing.pax8_subscriptions s
    left join billing.customers c on c.tenant_id = s.tenant_id and c.pax8_company_id = s.company_id
    left join billing.pax8_companies p on p.tenant_id = s.tenant_id and p.id = s.company_id
    where s.effective_to is null${ofCustomer}${further}
    order by s.product_name, s.id ${pageRows(limit)}`;
};

export const subscriptionStore = (database: TenantDatabase): SubscriptionStore => ({
  page: (scope, query) => database.read(scope, byName(query)),
});
