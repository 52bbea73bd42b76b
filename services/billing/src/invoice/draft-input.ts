import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { subscriptionVersions } from '../pax8/subscription-versions.ts';
import type { Period } from '../rating/period.ts';
import { ruleColumns, ruleValue, type PriceRuleRow } from '../price-rule/rule-row.ts';
import type { Proration } from '../rating/proration.ts';
import type { CustomerValue, SubscriptionVersion, UsageTotal } from '../rating/rating-values.ts';

/** Sums as decimal texts: of many days they have more digits than one of them may have. */
type UsageSum = Omit<UsageTotal, 'quantityE6' | 'partnerTotalE8'> & { quantity: string; partnerTotal: string };

/**
 * What the rating core needs of a period, in one round trip and one snapshot's worth of statements.
 */
export const readRatingInput = async (database: TenantDatabase, scope: Scope, period: Period) => {
  const [companies, customers, subscriptions, usage, rules, prorations, periods] = await database.readAll<
    [
      { id: string; name: string },
      CustomerValue,
      SubscriptionVersion,
      UsageSum,
      PriceRuleRow,
      { proration: Proration },
      { firstPeriod: string | null },
    ]
  >(scope, [
    sql`select id, name from billing.pax8_companies`,
    sql`select id, name, pax8_company_id as "pax8CompanyId", state from billing.customers`,
    subscriptionVersions,
    sql`
      with changes as (
        -- The days in the period on which any price changes: usage is summed between them.
        select coalesce(array_agg(day order by day), '{}') as days from (
          select valid_from as day from billing.price_rules union select valid_to from billing.price_rules
        ) d where day > ${period.start}::date and day < ${period.end}::date),
      priced as (
        select u.*, case when cardinality(c.days) = 0 then 0 else width_bucket(u.usage_date, c.days) end as stretch, c.days
        from billing.pax8_usage_lines u cross join changes c
        where u.superseded_at is null and not u.is_trial and u.usage_date >= ${period.start}::date and u.usage_date < ${period.end}::date)
      select coalesce(days[stretch], ${period.start}::date) as "from", summary_id as "summaryId", company_id as "companyId",
        product_id as "productId", min(product_name) as "productName", resource_group as "resourceGroup",
        unit_of_measure as "unitOfMeasure", sum(quantity_e6)::text as quantity, sum(partner_total_e8)::text as "partnerTotal", currency
      from priced
      group by stretch, days, summary_id, company_id, product_id, resource_group, unit_of_measure, currency
      order by summary_id, product_id, resource_group, unit_of_measure, currency, stretch`,
    sql`select ${ruleColumns} from billing.price_rules`,
    sql`select proration from billing.prorations where valid_from <= ${period.start}::date order by valid_from desc limit 1`,
    sql`select min(period) as "firstPeriod" from billing.periods`,
  ]);
  return {
    companies,
    customers,
    subscriptions,
    usage: usage.map(({ quantity, partnerTotal, ...total }) => ({
      ...total,
      quantityE6: BigInt(quantity),
      partnerTotalE8: BigInt(partnerTotal),
    })),
    rules: rules.map(ruleValue),
    proration: prorations[0]?.proration ?? 'actual',
    firstPeriod: periods[0]?.firstPeriod ?? null,
  };
};
