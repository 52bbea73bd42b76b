import { sql } from '@legendops/kit/db/sql';
import type { TenantDatabase } from '@legendops/kit/db/tenant-database';
import { ok, route } from '@legendops/kit/http/route';
import { BillableProducts, type BillableProduct } from '../contract.ts';

// A partner sells some hundred products; a list that is longer has lost its purpose.
const most = 1_000;

export const productRoutes = (database: TenantDatabase) => [
  route({
    method: 'get',
    path: '/v1/products',
    permission: 'price-rule.read',
    summary: 'Products that customers have now or have used, by name: what a price rule can be for',
    responses: { 200: BillableProducts },
    handler: async ({ scope }) =>
      ok({
        data: await database.read(
          scope,
          sql<BillableProduct>`
            select id, min(name) as name from (
              select product_id as id, product_name as name from billing.pax8_subscriptions
              union all
              select product_id, product_name from billing.pax8_usage_lines where superseded_at is null) used
            group by id order by 2, 1 limit ${most}`,
        ),
      }),
  }),
];
