import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { RatedContent } from '../rating/rating-values.ts';
import type { PeriodPlan, Planning } from './draft-plan.ts';
import type { LineEditValue } from './line-edits.ts';
import { ratedTexts } from './rated-texts.ts';

/** Whose draft of which month. */
export interface CustomerMonth {
  customerId: string;
  periodStart: string;
  currency: string;
}

const ofMonth = ({ customerId, periodStart, currency }: CustomerMonth) =>
  sql`customer_id = ${customerId} and period_start = ${periodStart} and currency = ${currency}`;

/** In the order in which they were made, which is that of a person's own lines. */
export const editsOf = (month: CustomerMonth) => sql<LineEditValue>`
  select source_key as "sourceKey", description, quantity_e6 as "quantityE6", unit_price_e8 as "unitPriceE8"
  from billing.line_edits where ${ofMonth(month)} order by id`;

/** Those of a whole month, by customer. */
export const editsOfMonth = ({ periodStart, currency }: Omit<CustomerMonth, 'customerId'>) => sql<
  LineEditValue & { customerId: string }
>`
  select customer_id as "customerId", source_key as "sourceKey", description, quantity_e6 as "quantityE6",
    unit_price_e8 as "unitPriceE8"
  from billing.line_edits where period_start = ${periodStart} and currency = ${currency} order by id`;

/** The plans with a draft, be it empty, for every customer that has lines of a person's own: what is rated may have gone. */
export const withOwnLines = async (
  { database, scope, environment }: Planning,
  plans: readonly PeriodPlan[],
): Promise<PeriodPlan[]> => {
  const rows = await database.read(
    scope,
    sql<{ customerId: string; customerName: string; periodStart: string }>`
      select distinct e.customer_id as "customerId", c.name as "customerName", e.period_start as "periodStart"
      from billing.line_edits e join billing.customers c on c.tenant_id = e.tenant_id and c.id = e.customer_id
      where e.source_key like 'manual:%' and e.currency = ${environment.CURRENCY}
        and e.period_start = any (${plans.map(({ period }) => period.start)}::date[])`,
  );
  return plans.map((plan) => {
    const isPlanned = (customerId: string): boolean =>
      plan.approved.has(customerId) || plan.drafts.some((draft) => draft.customerId === customerId);
    const missing = rows.filter(
      ({ customerId, periodStart }) => periodStart === plan.period.start && !isPlanned(customerId),
    );
    const empty = missing.map(({ customerId, customerName }) => ({
      customerId,
      customerName,
      lines: [],
      totalMinor: 0n,
    }));
    return { ...plan, drafts: [...plan.drafts, ...empty] };
  });
};

export interface Editing extends LineEditValue {
  reason: string;
  by: { memberId: string; name: string };
  at: Date;
}

/** Keeps a person's change of a line; the newest one counts. */
export const putEdit = (
  transaction: Transaction,
  { tenantId }: Scope,
  { customerId, periodStart, currency }: CustomerMonth,
  { sourceKey, description, quantityE6, unitPriceE8, reason, by, at }: Editing,
): Promise<number> =>
  transaction.change(sql`
    insert into billing.line_edits (tenant_id, customer_id, period_start, currency, source_key, description, quantity_e6,
      unit_price_e8, reason, edited_by, edited_name, edited_at)
    values (${tenantId}, ${customerId}, ${periodStart}, ${currency}, ${sourceKey}, ${description}, ${quantityE6},
      ${unitPriceE8}, ${reason}, ${by.memberId}, ${by.name}, ${at})
    on conflict (tenant_id, customer_id, period_start, currency, source_key) do update
      set description = excluded.description, quantity_e6 = excluded.quantity_e6, unit_price_e8 = excluded.unit_price_e8,
        reason = excluded.reason, edited_by = excluded.edited_by, edited_name = excluded.edited_name,
        edited_at = excluded.edited_at`);

export const removeEdit = (transaction: Transaction, month: CustomerMonth, sourceKey: string): Promise<number> =>
  transaction.change(sql`delete from billing.line_edits where ${ofMonth(month)} and source_key = ${sourceKey}`);

/** Also what waits for a line that is not rated at present. */
export const removeEdits = (transaction: Transaction, month: CustomerMonth): Promise<number> =>
  transaction.change(sql`delete from billing.line_edits where ${ofMonth(month)}`);

/** Writes what a line says now; `rated` beside it, where that is something else. */
export const writeLine = (
  transaction: Transaction,
  lineId: string,
  { description, quantityE6, unitPriceE8, amountMinor }: RatedContent,
  rated: RatedContent | null,
): Promise<number> =>
  transaction.change(sql`
    update billing.invoice_lines set description = ${description}, quantity_e6 = ${quantityE6},
      unit_price_e8 = ${unitPriceE8}, amount_minor = ${amountMinor},
      rated = ${rated === null ? null : jsonValue(ratedTexts(rated))}::jsonb
    where id = ${lineId}`);

export const addLine = (
  transaction: Transaction,
  { tenantId }: Scope,
  { invoiceId, sourceKey, content }: { invoiceId: string; sourceKey: string; content: RatedContent },
): Promise<number> =>
  transaction.change(sql`
    insert into billing.invoice_lines (tenant_id, invoice_id, position, source_key, description, quantity_e6, unit_price_e8,
      amount_minor, explanation)
    select ${tenantId}::uuid, ${invoiceId}::uuid, coalesce(max(position), 0) + 1, ${sourceKey}, ${content.description},
      ${content.quantityE6}::bigint, ${content.unitPriceE8}::bigint, ${content.amountMinor}::bigint,
      '{"ruleId": null, "steps": [], "share": {"days": 1, "of": 1}}'::jsonb
    from billing.invoice_lines where invoice_id = ${invoiceId}`);

export const removeLine = (transaction: Transaction, lineId: string): Promise<number> =>
  transaction.change(sql`delete from billing.invoice_lines where id = ${lineId}`);

/** The sum of a draft's lines and what stands for its content; whoever approved it before has approved something else. */
export const writeContent = async (
  transaction: Transaction,
  { id, totalMinor, contentHash }: { id: string; totalMinor: bigint; contentHash: string },
): Promise<void> => {
  await transaction.change(
    sql`update billing.invoices set total_minor = ${totalMinor}, content_hash = ${contentHash} where id = ${id}`,
  );
  await transaction.change(sql`delete from billing.invoice_approvals where invoice_id = ${id}`);
};
