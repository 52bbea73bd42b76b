import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';

export interface UsageRow {
  id: string;
  customer_id: string | null;
  customer_name: string;
  usage_date: string;
  product_name: string;
  resource_group: string;
  unit_of_measure: string;
  quantity_e6: bigint;
  partner_total_e8: bigint;
  currency: string;
}

export interface UsagePageQuery extends Place {
  customerId: string | undefined;
  from: string | undefined;
  to: string | undefined;
}

export interface UsageStore {
  page(scope: Scope, query: UsagePageQuery): Promise<UsageRow[]>;
}

const newest = ({ after, limit, customerId, from, to }: UsagePageQuery) => {
  const ofCustomer = customerId === undefined ? sql`` : sql` and c.id = ${customerId}`;
  const since = from === undefined ? sql`` : sql` and u.usage_date >= ${from}::date`;
  const until = to === undefined ? sql`` : sql` and u.usage_date <= ${to}::date`;
  const older = after ? sql` and (u.usage_date, u.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``;
  return sql<UsageRow>`
    select u.id, c.id as customer_id, coalesce(c.name, p.name, '') as customer_name, u.usage_date, u.product_name,
      u.resource_group, u.unit_of_measure, u.quantity_e6, u.partner_total_e8, u.currency
    from billing.pax8_usage_lines u
    left join billing.customers c on c.tenant_id = u.tenant_id and c.pax8_company_id = u.company_id
    left join billing.pax8_companies p on p.tenant_id = u.tenant_id and p.id = u.company_id
    where u.superseded_at is null${ofCustomer}${since}${until}${older}
    order by u.usage_date desc, u.id desc ${pageRows(limit)}`;
};

export const usageStore = (database: TenantDatabase): UsageStore => ({
  page: (scope, query) => database.read(scope, newest(query)),
});
