import { sql } from '@legendops/kit/db/sql';
import type { SubscriptionVersion } from '../rating/rating-values.ts';

/** All versions of all subscriptions: a later one may correct the start of what an earlier one began. */
export const subscriptionVersions = sql<SubscriptionVersion>`
  select id, effective_from as "effectiveFrom", effective_to as "effectiveTo", company_id as "companyId", product_id as "productId",
    product_name as "productName", quantity_e6 as "quantityE6", status, billing_term as "billingTerm", start_date as "startDate",
    end_date as "endDate", cost_e8 as "costE8", currency, listed_on as "listedOn",
    case when commitment_id is not null then jsonb_build_object('id', commitment_id, 'term', commitment_term,
      'endDate', commitment_end, 'allowsDecrease', commitment_decrease, 'allowsCancellation', commitment_cancellation,
      'hasCancellationFee', commitment_fee) end as commitment
  from billing.pax8_subscriptions order by id, effective_from`;
