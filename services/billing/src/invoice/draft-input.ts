import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Period } from '../rating/period.ts';
import type { PriceRuleValue, CustomerValue, SubscriptionVersion, UsageTotal } from '../rating/rating-values.ts';

/**
 * What the rating core needs of a period, in one round trip and one snapshot's worth of statements. Subscriptions come with
 * all their versions: a later one may correct the start of what an earlier one began.
 */
export const readRatingInput = async (database: TenantDatabase, scope: Scope, period: Period) => {
  const [companies, customers, subscriptions, usage, rules, periods] = await database.readAll<
    [
      { id: string; name: string },
      CustomerValue,
      SubscriptionVersion,
      UsageTotal,
      PriceRuleValue,
      { firstPeriod: string | null },
    ]
  >(scope, [
    sql`select id, name from billing.pax8_companies`,
    sql`select id, name, pax8_company_id as "pax8CompanyId", state from billing.customers`,
    sql`
      select id, effective_from as "effectiveFrom", effective_to as "effectiveTo", company_id as "companyId", product_id as "productId",
        product_name as "productName", quantity_e6 as "quantityE6", status, billing_term as "billingTerm", start_date as "startDate",
        end_date as "endDate", cost_e8 as "costE8", currency, listed_on as "listedOn",
        case when commitment_id is not null then jsonb_build_object('id', commitment_id, 'term', commitment_term,
          'endDate', commitment_end, 'allowsDecrease', commitment_decrease, 'allowsCancellation', commitment_cancellation,
          'hasCancellationFee', commitment_fee) end as commitment
      from billing.pax8_subscriptions order by id, effective_from`,
    sql`
      select summary_id as "summaryId", company_id as "companyId", product_id as "productId",
        min(product_name) as "productName", resource_group as "resourceGroup", unit_of_measure as "unitOfMeasure",
        sum(quantity_e6)::bigint as "quantityE6", sum(partner_total_e8)::bigint as "partnerTotalE8", currency
      from billing.pax8_usage_lines
      where superseded_at is null and not is_trial and usage_date >= ${period.start}::date and usage_date < ${period.end}::date
      group by summary_id, company_id, product_id, resource_group, unit_of_measure, currency
      order by summary_id, product_id, resource_group, unit_of_measure, currency`,
    sql`
      select id, customer_id as "customerId", product_id as "productId", kind, markup_ppm as "markupPpm",
        unit_price_e8 as "unitPriceE8", currency, valid_from as "validFrom", valid_to as "validTo"
      from billing.price_rules`,
    sql`select min(period) as "firstPeriod" from billing.runs where job = 'invoice-run'`,
  ]);
  return { companies, customers, subscriptions, usage, rules, firstPeriod: periods[0]?.firstPeriod ?? null };
};

export interface SyncState {
  /** When the last finished usage-sync began; undefined when there was none. */
  began: Date | undefined;
  /** How the newest one stands. */
  newest: string | undefined;
}

export const syncState = async (database: TenantDatabase, scope: Scope): Promise<SyncState> => {
  const [row] = await database.read(
    scope,
    sql<{ began: string | null; newest: string | null }>`
      select (select max(started_at) from billing.runs where job = 'usage-sync' and state = 'done') as began,
        (select state from billing.runs where job = 'usage-sync' order by fence desc limit 1) as newest`,
  );
  return { began: row?.began ? new Date(row.began) : undefined, newest: row?.newest ?? undefined };
};
