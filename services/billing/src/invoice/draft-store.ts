import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { contentHash } from '../rating/content-hash.ts';
import type { Period } from '../rating/period.ts';
import type { Draft, PriceRuleValue, RatedCustomer, RatedSubscription, RatedUsage } from '../rating/rated-values.ts';

/** What the rating core needs of a period, in one round trip and one snapshot's worth of statements. */
export const readRatingInput = async (database: TenantDatabase, scope: Scope, period: Period) => {
  const [companies, customers, subscriptions, usage, rules] = await database.readAll<
    [{ id: string; name: string }, RatedCustomer, RatedSubscription, RatedUsage, PriceRuleValue]
  >(scope, [
    sql`select id, name from billing.pax8_companies`,
    sql`select id, name, pax8_company_id as "pax8CompanyId", state from billing.customers`,
    sql`
      select id, effective_from as "effectiveFrom", effective_to as "effectiveTo", company_id as "companyId", product_id as "productId",
        product_name as "productName", quantity_e6 as "quantityE6", status, billing_term as "billingTerm", start_date as "startDate",
        end_date as "endDate", cost_e8 as "costE8", currency
      from billing.pax8_subscriptions where start_date < ${period.end}::date order by id, effective_from`,
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
  ]);
  return { companies, customers, subscriptions, usage, rules };
};

interface Existing {
  id: string;
  status: string;
  customer_name: string;
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
    cost_minor: line.costMinor === null ? null : String(line.costMinor),
    explanation: { ruleId: line.ruleId, steps: line.steps },
  }));
  await transaction.change(sql`
    insert into billing.invoice_lines (tenant_id, invoice_id, position, source_key, description, quantity_e6, unit_price_e8,
      amount_minor, cost_minor, explanation)
    select ${scope.tenantId}::uuid, ${invoiceId}::uuid, r.*
    from jsonb_to_recordset(${jsonValue(rows)}::jsonb) r (position integer, source_key text, description text,
      quantity_e6 bigint, unit_price_e8 bigint, amount_minor bigint, cost_minor bigint, explanation jsonb)`);
};

// A thing is billed once. What moved to this customer is still on the draft of another one, whose turn comes: it is made
// anew then.
const removeStaleHolders = (transaction: Transaction, { customerId, lines }: Draft): Promise<number> =>
  transaction.change(sql`
    delete from billing.invoices i using billing.invoice_lines l
    where l.tenant_id = i.tenant_id and l.invoice_id = i.id and i.status = 'draft' and i.customer_id <> ${customerId}
      and l.source_key = any (${lines.map(({ sourceKey }) => sourceKey)}::text[])`);

/**
 * Writes one customer's draft of a period. A draft follows the rating; what a person has approved or what is posted
 * never changes: a difference is only told.
 */
export const writeDraft = async (
  transaction: Transaction,
  scope: Scope,
  { draft, period, currency, runId }: { draft: Draft; period: Period; currency: string; runId: string },
): Promise<DraftOutcome> => {
  const hash = contentHash(draft, currency);
  const existing = await transaction.row(sql<Existing>`
    select id, status, customer_name, content_hash from billing.invoices
    where customer_id = ${draft.customerId} and period_start = ${period.start} and currency = ${currency} for update`);
  if (existing?.content_hash === hash) return 'unchanged';
  if (existing && existing.status !== 'draft') {
    // Another name since the approval is no difference of what was used.
    const underItsName = contentHash({ ...draft, customerName: existing.customer_name }, currency);
    return existing.content_hash === underItsName ? 'unchanged' : 'differs';
  }
  await removeStaleHolders(transaction, draft);
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

export interface HeldKey {
  sourceKey: string;
  customerId: string;
  customerName: string;
}

/** What is billed on invoices of the period that a person has approved: nobody else is billed for it any more. */
export const approvedKeys = (database: TenantDatabase, scope: Scope, period: Period): Promise<HeldKey[]> =>
  database.read(
    scope,
    sql<HeldKey>`
      select l.source_key as "sourceKey", i.customer_id as "customerId", i.customer_name as "customerName"
      from billing.invoice_lines l join billing.invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
      where i.period_start = ${period.start} and i.status <> 'draft'`,
  );

/** Customers whose approved invoice of the period is not among those that the rating gave. */
export const approvedOthers = (
  transaction: Transaction,
  period: Period,
  customerIds: readonly string[],
): Promise<{ customerId: string; customerName: string }[]> =>
  transaction.rows(sql<{ customerId: string; customerName: string }>`
    select customer_id as "customerId", customer_name as "customerName" from billing.invoices
    where period_start = ${period.start} and status <> 'draft' and customer_id <> all (${customerIds}::uuid[])`);

/** When the last finished usage-sync began; undefined when there was none. */
export const lastSyncBegan = async (database: TenantDatabase, scope: Scope): Promise<Date | undefined> => {
  const [row] = await database.read(
    scope,
    sql<{ began: string | null }>`
      select max(started_at) as began from billing.runs where job = 'usage-sync' and state = 'done'`,
  );
  return row?.began ? new Date(row.began) : undefined;
};

/** The first days of earlier periods that a run has billed, the newest first. */
export const billedPeriods = async (
  database: TenantDatabase,
  scope: Scope,
  { before, limit }: { before: string; limit: number },
): Promise<string[]> =>
  (
    await database.read(
      scope,
      sql<{ period: string }>`
        select distinct period from billing.runs
        where job = 'invoice-run' and state = 'done' and period < ${before}::date order by period desc limit ${limit}`,
    )
  ).map(({ period }) => period);

/** Drafts of the period whose customer has nothing to pay any more. */
export const removeOtherDrafts = (
  transaction: Transaction,
  period: Period,
  customerIds: readonly string[],
): Promise<number> =>
  transaction.change(sql`
    delete from billing.invoices
    where period_start = ${period.start} and status = 'draft' and customer_id <> all (${customerIds}::uuid[])`);
