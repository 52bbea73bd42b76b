import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { SubscriptionMirror, UsageMirror } from './mirror-values.ts';
import type { Company } from './objects.ts';

/** Makes the companies equal to a complete list. Rows that are right already are not written. */
export const replaceCompanies = async (
  transaction: Transaction,
  scope: Scope,
  companies: readonly Company[],
): Promise<number> => {
  const changed = await transaction.change(sql`
    insert into billing.pax8_companies as c (tenant_id, id, name, status)
    select ${scope.tenantId}::uuid, r.id, r.name, r.status
    from jsonb_to_recordset(${jsonValue(companies)}::jsonb) r (id uuid, name text, status text)
    on conflict (tenant_id, id) do update set name = excluded.name, status = excluded.status, learned_at = now()
    where (c.name, c.status) is distinct from (excluded.name, excluded.status)`);
  const gone = await transaction.change(
    sql`delete from billing.pax8_companies where id <> all (${companies.map(({ id }) => id)}::uuid[])`,
  );
  return changed + gone;
};

/** Makes the subscriptions equal to a complete list. */
export const replaceSubscriptions = async (
  transaction: Transaction,
  scope: Scope,
  subscriptions: readonly SubscriptionMirror[],
): Promise<number> => {
  const changed = await transaction.change(sql`
    insert into billing.pax8_subscriptions as s (tenant_id, id, company_id, product_id, product_name, quantity_e6, status,
      billing_term, start_date, end_date, price_e8, cost_e8, currency)
    select ${scope.tenantId}::uuid, r.*
    from jsonb_to_recordset(${jsonValue(subscriptions)}::jsonb) r (id uuid, company_id uuid, product_id uuid, product_name text,
      quantity_e6 bigint, status text, billing_term text, start_date date, end_date date, price_e8 bigint, cost_e8 bigint,
      currency text)
    on conflict (tenant_id, id) do update set company_id = excluded.company_id, product_id = excluded.product_id,
      product_name = excluded.product_name, quantity_e6 = excluded.quantity_e6, status = excluded.status,
      billing_term = excluded.billing_term, start_date = excluded.start_date, end_date = excluded.end_date,
      price_e8 = excluded.price_e8, cost_e8 = excluded.cost_e8, currency = excluded.currency, learned_at = now()
    where (s.company_id, s.product_id, s.product_name, s.quantity_e6, s.status, s.billing_term, s.start_date, s.end_date,
        s.price_e8, s.cost_e8, s.currency)
      is distinct from (excluded.company_id, excluded.product_id, excluded.product_name, excluded.quantity_e6, excluded.status,
        excluded.billing_term, excluded.start_date, excluded.end_date, excluded.price_e8, excluded.cost_e8, excluded.currency)`);
  const gone = await transaction.change(
    sql`delete from billing.pax8_subscriptions where id <> all (${subscriptions.map(({ id }) => id)}::uuid[])`,
  );
  return changed + gone;
};

export interface UsageReading {
  summaryId: string;
  subscriptionId: string;
  companyId: string;
  /** The days that were read, both included: what is not among the lines is gone. */
  from: string;
  to: string;
  lines: readonly UsageMirror[];
}

/**
 * Replaces a summary's days: a line that Pax8 now tells otherwise, or no longer tells, is superseded and stays readable
 * with the time at which we learnt it; equal lines are left alone.
 */
export const replaceUsage = async (
  transaction: Transaction,
  scope: Scope,
  { summaryId, subscriptionId, companyId, from, to, lines }: UsageReading,
): Promise<{ superseded: number; added: number }> => {
  const reading = jsonValue(lines);
  const superseded = await transaction.change(sql`
    update billing.pax8_usage_lines u set superseded_at = now()
    where u.summary_id = ${summaryId} and u.superseded_at is null and u.usage_date between ${from}::date and ${to}::date
      and not exists (
        select from jsonb_to_recordset(${reading}::jsonb) r (usage_date date, product_id uuid, product_name text,
          resource_group text, unit_of_measure text, quantity_e6 bigint, partner_total_e8 bigint, current_charges_e8 bigint,
          currency text, is_trial boolean)
        where (r.usage_date, r.product_id, r.product_name, r.resource_group, r.unit_of_measure, r.quantity_e6,
            r.partner_total_e8, r.current_charges_e8, r.currency, r.is_trial)
          is not distinct from (u.usage_date, u.product_id, u.product_name, u.resource_group, u.unit_of_measure, u.quantity_e6,
            u.partner_total_e8, u.current_charges_e8, u.currency, u.is_trial))`);
  const added = await transaction.change(sql`
    insert into billing.pax8_usage_lines (tenant_id, summary_id, subscription_id, company_id, usage_date, product_id,
      product_name, resource_group, unit_of_measure, quantity_e6, partner_total_e8, current_charges_e8, currency, is_trial)
    select ${scope.tenantId}::uuid, ${summaryId}::uuid, ${subscriptionId}::uuid, ${companyId}::uuid, r.*
    from jsonb_to_recordset(${reading}::jsonb) r (usage_date date, product_id uuid, product_name text, resource_group text,
      unit_of_measure text, quantity_e6 bigint, partner_total_e8 bigint, current_charges_e8 bigint, currency text,
      is_trial boolean)
    where not exists (select from billing.pax8_usage_lines u where u.summary_id = ${summaryId} and u.superseded_at is null
      and (u.usage_date, u.product_id, u.resource_group) = (r.usage_date, r.product_id, r.resource_group))`);
  return { superseded, added };
};

/** The day on which the last finished sync began; null when there was none. */
export const lastSync = async (transaction: Transaction): Promise<string | null> =>
  (
    await transaction.row(sql<{ day: string | null }>`
      select max(started_at)::date as day from billing.runs where job = 'usage-sync' and state = 'done'`)
  )?.day ?? null;
