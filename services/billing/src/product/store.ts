import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { BillableProduct } from '../contract.ts';

export interface ProductStore {
  /** Products that customers have now or have used, by name. */
  all(scope: Scope): Promise<BillableProduct[]>;
}

// A partner sells some hundred products; a list that is longer has lost its purpose.
const most = 1_000;

export const productStore = (database: TenantDatabase): ProductStore => ({
  all: (scope) =>
    database.read(
      scope,
      sql<BillableProduct>`
        select id, min(name) as name from (
          select product_id as id, product_name as name from billing.pax8_subscriptions
          union all
          select product_id, product_name from billing.pax8_usage_lines where superseded_at is null) used
        group by id order by 2, 1 limit ${most}`,
    ),
});
