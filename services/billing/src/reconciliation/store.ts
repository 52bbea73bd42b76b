import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { comparedOf } from './compared.ts';
import type { VarianceReason, VendorBasis } from './contract.ts';

/** Sums as decimal texts: of many they have more digits than one of them may have. */
export interface ReconciledRow {
  key: string;
  place: string;
  customer_id: string | null;
  customer_name: string;
  subscription_id: string | null;
  product_name: string;
  currency: string;
  cost: string;
  amount: string;
  in_books: string;
  known_cost: string | null;
  margin_cost: string | null;
  invoiced: string | null;
  billed: string | null;
  reported: string | null;
  reason: VarianceReason | null;
  stake: string;
}

export interface TotalRow {
  currency: string;
  cost: string;
  amount: string;
  in_books: string;
  margin: string;
  stake: string;
  unbilled: string;
  without_cost: number;
}

export interface DifferenceRow {
  reason: VarianceReason;
  currency: string;
  count: number;
  stake: string;
}

export interface MarginRow {
  id: string | null;
  key: string;
  name: string;
  currency: string;
  amount: string;
  cost: string;
  margin: string;
  without_cost: number;
}

export interface LineQuery extends Place {
  period: string;
  reason?: VarianceReason | undefined;
  customerId?: string | undefined;
}

export interface ReconciliationStore {
  summary(
    scope: Scope,
    period: string,
  ): Promise<{ basis: { seats: VendorBasis; usage: VendorBasis }; totals: TotalRow[]; differences: DifferenceRow[] }>;
  lines(scope: Scope, query: LineQuery): Promise<ReconciledRow[]>;
  all(scope: Scope, period: string): Promise<ReconciledRow[]>;
  margins(scope: Scope, query: Place & { period: string; by: 'customer' | 'product' }): Promise<MarginRow[]>;
}

// A margin is known where the cost is: what nobody knows it of is counted beside it.
const margin = sql`coalesce(sum(coalesce(amount, 0) - margin_cost) filter (where margin_cost is not null), 0)::text`;
const withoutCost = sql`(count(*) filter (where margin_cost is null))::integer`;

const basisOf = (period: string) => sql<{ seats: VendorBasis; usage: VendorBasis }>`
  select case when s.final then 'final' when s.any then 'draft' else 'none' end as seats,
    case when s.usage then 'final' else 'none' end as usage
  from (select
    exists (select from billing.pax8_invoice_items where superseded_at is null and invoice_month = ${period}::date
      and invoice_id is not null) as final,
    exists (select from billing.pax8_invoice_items where superseded_at is null and invoice_month = ${period}::date) as any,
    exists (select from billing.pax8_invoice_items where superseded_at is null and invoice_id is not null
      and invoice_month = (${period}::date + interval '1 month')::date) as usage) s`;

const totalsOf = (period: string) => sql<TotalRow>`
  ${comparedOf(period)}
  select currency, coalesce(sum(cost), 0)::text as cost, coalesce(sum(amount), 0)::text as amount,
    coalesce(sum(in_books), 0)::text as in_books, ${margin} as margin,
    coalesce(sum(stake) filter (where reason is not null), 0)::text as stake, coalesce(sum(unbilled), 0)::text as unbilled,
    ${withoutCost} as without_cost
  from compared group by currency order by currency`;

const differencesOf = (period: string) => sql<DifferenceRow>`
  ${comparedOf(period)}
  select reason, currency, count(*)::integer as count, sum(stake)::text as stake
  from compared where reason is not null group by reason, currency order by sum(stake) desc, reason, currency`;

// What differs comes first, the most money before, and what only waits for its posting after what is wrong. A text orders
// like its number where both have as many digits.
const listed = (period: string) => sql`
  ${comparedOf(period)},
  listed as (
    select key collate "C" as key, ((case when reason is null then '0' when reason = 'no-data' then '1' when reason = 'not-posted' then '2' else '3' end)
        || lpad(trunc(case when reason is null then 0 else stake end)::text, 30, '0')) collate "C" as place,
      customer_id, customer_name, subscription_id, product_name, currency, coalesce(cost, 0)::text as cost,
      coalesce(amount, 0)::text as amount, coalesce(in_books, 0)::text as in_books, known_cost::text as known_cost,
      margin_cost::text as margin_cost, invoiced::text as invoiced, billed::text as billed, reported::text as reported, reason,
      (case when reason is null then 0 else stake end)::text as stake
    from compared)`;

const marginsBy = {
  customer: sql`min(customer_id::text) as id, coalesce(customer_id::text, company_id::text, '') as key, min(customer_name) as name`,
  product: sql`min(product_id) as id, coalesce(product_id, product_name) as key, min(product_name) as name`,
};

export const reconciliationStore = (database: TenantDatabase): ReconciliationStore => ({
  summary: async (scope, period) => {
    const [basis, totals, differences] = await database.readAll<
      [{ seats: VendorBasis; usage: VendorBasis }, TotalRow, DifferenceRow]
    >(scope, [basisOf(period), totalsOf(period), differencesOf(period)]);
    return { basis: basis[0] ?? { seats: 'none', usage: 'none' }, totals, differences };
  },
  lines: (scope, { after, limit, period, reason, customerId }) => {
    const ofReason = reason === undefined ? sql`` : sql` and l.reason = ${reason}`;
    const ofCustomer = customerId === undefined ? sql`` : sql` and l.customer_id = ${customerId}`;
    const less = after ? sql` and (l.place, l.key) < (${after[0]} collate "C", ${after[1]} collate "C")` : sql``;
    return database.read(
      scope,
      sql<ReconciledRow>`${listed(period)}
        select l.* from listed l where true${ofReason}${ofCustomer}${less} order by l.place desc, l.key desc ${pageRows(limit)}`,
    );
  },
  all: (scope, period) =>
    database.read(
      scope,
      sql<ReconciledRow>`${listed(period)} select l.* from listed l order by l.place desc, l.key desc`,
    ),
  margins: (scope, { after, limit, period, by }) => {
    const later = after
      ? sql` where (g.name collate "C", g.key collate "C", g.currency collate "C") > (${after[0]}, ${after[1]}, ${after[2]})`
      : sql``;
    return database.read(
      scope,
      sql<MarginRow>`${comparedOf(period)}
        select g.* from (
          select ${marginsBy[by]}, currency, coalesce(sum(amount), 0)::text as amount,
            coalesce(sum(margin_cost), 0)::text as cost, ${margin} as margin, ${withoutCost} as without_cost
          from compared group by 2, currency) g
        ${later} order by g.name collate "C", g.key collate "C", g.currency collate "C" ${pageRows(limit)}`,
    );
  },
});
