import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { Period } from '../rating/period.ts';
import type {
  Draft,
  PriceRuleValue,
  RatedCustomer,
  RatedSubscription,
  RatedUsage,
  RatingException,
} from '../rating/rated-values.ts';

/** What the rating core needs of a period, in one round trip and one snapshot's worth of statements. */
export const readRatingInput = async (database: TenantDatabase, scope: Scope, period: Period) => {
  const [companies, customers, subscriptions, usage, rules] = await database.readAll<
    [{ id: string; name: string }, RatedCustomer, RatedSubscription, RatedUsage, PriceRuleValue]
  >(scope, [
    sql`select id, name from billing.pax8_companies`,
    sql`select id, name, pax8_company_id as "pax8CompanyId", state from billing.customers`,
    sql`
      select id, company_id as "companyId", product_id as "productId", product_name as "productName",
        quantity_e6 as "quantityE6", status, billing_term as "billingTerm", start_date as "startDate",
        end_date as "endDate", cost_e8 as "costE8", currency
      from billing.pax8_subscriptions where start_date < ${period.end}::date order by id`,
    sql`
      select summary_id as "summaryId", company_id as "companyId", product_id as "productId",
        min(product_name) as "productName", resource_group as "resourceGroup", min(unit_of_measure) as "unitOfMeasure",
        sum(quantity_e6)::bigint as "quantityE6", sum(partner_total_e8)::bigint as "partnerTotalE8", currency
      from billing.pax8_usage_lines
      where superseded_at is null and not is_trial and usage_date >= ${period.start}::date and usage_date < ${period.end}::date
      group by summary_id, company_id, product_id, resource_group, currency order by summary_id, product_id, resource_group`,
    sql`
      select id, customer_id as "customerId", product_id as "productId", kind, markup_ppm as "markupPpm",
        unit_price_e8 as "unitPriceE8", currency, valid_from as "validFrom", valid_to as "validTo"
      from billing.price_rules`,
  ]);
  return { companies, customers, subscriptions, usage, rules };
};

interface Existing {
  id: string;
  status: string;
  content_hash: string;
}

export type DraftOutcome = 'created' | 'updated' | 'unchanged' | 'differs';

const insertLines = async (transaction: Transaction, scope: Scope, invoiceId: string, draft: Draft): Promise<void> => {
  const rows = draft.lines.map((line, index) => ({
    position: index + 1,
    source_key: line.sourceKey,
    description: line.description,
    quantity_e6: String(line.quantityE6),
    unit_price_e8: String(line.unitPriceE8),
    amount_minor: String(line.amountMinor),
    cost_minor: String(line.costMinor),
    explanation: { ruleId: line.ruleId, steps: line.steps },
  }));
  await transaction.change(sql`
    insert into billing.invoice_lines (tenant_id, invoice_id, position, source_key, description, quantity_e6, unit_price_e8,
      amount_minor, cost_minor, explanation)
    select ${scope.tenantId}::uuid, ${invoiceId}::uuid, r.*
    from jsonb_to_recordset(${jsonValue(rows)}::jsonb) r (position integer, source_key text, description text,
      quantity_e6 bigint, unit_price_e8 bigint, amount_minor bigint, cost_minor bigint, explanation jsonb)`);
};

/**
 * Writes one customer's draft of a period. A draft follows the rating; what a person has approved or what is posted
 * never changes: a difference is only told.
 */
export const writeDraft = async (
  transaction: Transaction,
  scope: Scope,
  {
    draft,
    period,
    currency,
    hash,
    runId,
  }: { draft: Draft; period: Period; currency: string; hash: string; runId: string },
): Promise<DraftOutcome> => {
  const existing = await transaction.row(sql<Existing>`
    select id, status, content_hash from billing.invoices
    where customer_id = ${draft.customerId} and period_start = ${period.start} and currency = ${currency} for update`);
  if (existing?.content_hash === hash) return 'unchanged';
  if (existing && existing.status !== 'draft') return 'differs';
  if (existing) {
    await transaction.change(sql`delete from billing.invoice_lines where invoice_id = ${existing.id}`);
    await transaction.change(sql`
      update billing.invoices set customer_name = ${draft.customerName}, total_minor = ${draft.totalMinor},
        content_hash = ${hash}, run_id = ${runId} where id = ${existing.id}`);
    await insertLines(transaction, scope, existing.id, draft);
    return 'updated';
  }
  const inserted = await transaction.row(sql<{ id: string }>`
    insert into billing.invoices (tenant_id, customer_id, customer_name, period_start, period_end, currency, total_minor,
      content_hash, run_id)
    values (${scope.tenantId}, ${draft.customerId}, ${draft.customerName}, ${period.start}, ${period.end}, ${currency},
      ${draft.totalMinor}, ${hash}, ${runId}) returning id`);
  if (!inserted) throw new Error('The draft was not returned');
  await insertLines(transaction, scope, inserted.id, draft);
  return 'created';
};

/** Drafts of the period whose customer has nothing to pay any more. */
export const removeOtherDrafts = (
  transaction: Transaction,
  period: Period,
  customerIds: readonly string[],
): Promise<number> =>
  transaction.change(sql`
    delete from billing.invoices
    where period_start = ${period.start} and status = 'draft' and customer_id <> all (${customerIds}::uuid[])`);

/** Opens what is new, keeps what is still so, resolves what this run no longer found among its own codes. */
export const recordExceptions = async (
  transaction: Transaction,
  scope: Scope,
  { exceptions, codes, runId }: { exceptions: readonly RatingException[]; codes: readonly string[]; runId: string },
): Promise<void> => {
  const rows = jsonValue(
    exceptions.map(({ subjectKey, code, customerId, detail, nextStep }) => ({
      subject_key: subjectKey,
      code,
      customer_id: customerId,
      detail,
      next_step: nextStep,
    })),
  );
  await transaction.change(sql`
    update billing.exceptions e set resolved_at = now()
    where e.resolved_at is null and e.code = any (${codes}) and not exists (
      select from jsonb_to_recordset(${rows}::jsonb) r (subject_key text, code text)
      where (r.subject_key, r.code) = (e.subject_key, e.code))`);
  await transaction.change(sql`
    insert into billing.exceptions as e (tenant_id, run_id, subject_key, code, customer_id, detail, next_step)
    select ${scope.tenantId}::uuid, ${runId}::uuid, r.*
    from jsonb_to_recordset(${rows}::jsonb) r (subject_key text, code text, customer_id uuid, detail text, next_step text)
    on conflict (tenant_id, subject_key, code) where resolved_at is null do update
      set detail = excluded.detail, next_step = excluded.next_step, customer_id = excluded.customer_id
      where (e.detail, e.next_step) is distinct from (excluded.detail, excluded.next_step)`);
};
