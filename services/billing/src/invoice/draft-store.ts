import { jsonValue, sql, type Sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { contentHash } from '../rating/content-hash.ts';
import type { Period } from '../rating/period.ts';
import type { Draft } from '../rating/rating-values.ts';
import { editsOf } from './edit-store.ts';
import { withEdits } from './line-edits.ts';
import { isSameRated, ratedTexts } from './rated-texts.ts';
import { linesOf, type InvoiceLineRow, type InvoiceRow } from './store.ts';
import { hashOfStored } from './stored-content.ts';

type Existing = Pick<
  InvoiceRow,
  'id' | 'status' | 'content_hash' | 'customer_id' | 'customer_name' | 'total_minor' | 'currency'
>;

export type DraftOutcome = 'created' | 'updated' | 'unchanged';

const insertLines = async (transaction: Transaction, scope: Scope, invoiceId: string, draft: Draft): Promise<void> => {
  const rows = draft.lines.map((line, index) => ({
    position: index + 1,
    source_key: line.sourceKey,
    description: line.description,
    quantity_e6: line.quantityE6.toString(),
    unit_price_e8: line.unitPriceE8.toString(),
    amount_minor: line.amountMinor.toString(),
    cost_minor: line.costMinor === null ? null : line.costMinor.toString(),
    explanation: { ruleId: line.ruleId, steps: line.steps(), share: line.share },
    corrects: line.corrects?.lineId ?? null,
    corrects_period: line.corrects?.period ?? null,
    rated: line.rated ? ratedTexts(line.rated) : null,
  }));
  await transaction.change(sql`
    insert into billing.invoice_lines (tenant_id, invoice_id, position, source_key, description, quantity_e6, unit_price_e8,
      amount_minor, cost_minor, explanation, corrects, corrects_period, rated)
    select ${scope.tenantId}::uuid, ${invoiceId}::uuid, r.*
    from jsonb_to_recordset(${jsonValue(rows)}::jsonb) r (position integer, source_key text, description text,
      quantity_e6 bigint, unit_price_e8 bigint, amount_minor bigint, cost_minor bigint, explanation jsonb, corrects uuid,
      corrects_period date, rated jsonb)`);
};

// A job has no right to DELETE, which would be one to lock the table for every tenant: functions remove what is a draft.
const removeDrafts = async (transaction: Transaction, chosen: Sql): Promise<number> =>
  (await transaction.row(sql<{ removed: number }>`select billing.remove_drafts(array(${chosen})) as removed`))
    ?.removed ?? 0;

/**
 * A thing is billed once. What moved to another draft, of another customer or another month, is still on the one that had
 * it: that one is made anew in its turn. Before anything is written, so that no draft of this run is ever in the way.
 */
export const removeStaleHolders = (
  transaction: Transaction,
  drafts: readonly { draft: Draft; period: Period }[],
): Promise<number> => {
  const owned = drafts.flatMap(({ draft, period }) =>
    draft.lines.map(({ sourceKey }) => ({
      source_key: sourceKey,
      customer_id: draft.customerId,
      period_start: period.start,
    })),
  );
  return removeDrafts(
    transaction,
    sql`
      select i.id from billing.invoices i join billing.invoice_lines l on l.tenant_id = i.tenant_id and l.invoice_id = i.id
      join jsonb_to_recordset(${jsonValue(owned)}::jsonb) r (source_key text, customer_id uuid, period_start date)
        on r.source_key = l.source_key
      where i.status = 'draft' and (i.customer_id, i.period_start) <> (r.customer_id, r.period_start)`,
  );
};

const isStoredAs = (draft: Draft, hash: string, existing: Existing, lines: readonly InvoiceLineRow[]): boolean =>
  existing.content_hash === hash &&
  hashOfStored(existing, lines) === hash &&
  lines.every(({ rated }, index) => isSameRated(draft.lines[index]?.rated, rated));

/** What is corrected stays approved while this writes; whoever makes it a draft again sees what was written, or is seen. */
const holdCorrected = (transaction: Transaction, { customerId, lines }: Draft, currency: string): Promise<unknown> => {
  const months = [...new Set(lines.flatMap(({ corrects }) => corrects?.period ?? []))];
  return transaction.rows(sql`
    select from billing.invoices
    where customer_id = ${customerId} and period_start = any (${months}::date[]) and currency = ${currency}
    order by period_start for share`);
};

/**
 * Writes one customer's draft of a period. A draft follows the rating and what persons changed of it; what a person has approved or what is posted
 * never changes, also when that happened a moment ago.
 */
export const writeDraft = async (
  transaction: Transaction,
  scope: Scope,
  { draft: rated, period, currency, runId }: { draft: Draft; period: Period; currency: string; runId: string },
): Promise<DraftOutcome> => {
  await holdCorrected(transaction, rated, currency);
  const existing = await transaction.row(sql<Existing>`
    select id, status, content_hash, customer_id, customer_name, total_minor, currency from billing.invoices
    where customer_id = ${rated.customerId} and period_start = ${period.start} and currency = ${currency} for update`);
  if (existing && existing.status !== 'draft') return 'unchanged';
  // Under the lock: what a person changes meanwhile waits for this, or this for it.
  const draft = withEdits(
    rated,
    await transaction.rows(editsOf({ customerId: rated.customerId, periodStart: period.start, currency })),
  );
  if (draft.lines.length === 0) return 'unchanged';
  const hash = contentHash(draft, currency);
  if (existing && isStoredAs(draft, hash, existing, await transaction.rows(linesOf(existing.id)))) return 'unchanged';
  if (existing) {
    await transaction.rows(sql`select billing.remove_draft_lines(${existing.id})`);
    await transaction.change(sql`
      update billing.invoices set customer_name = ${draft.customerName}, total_minor = ${draft.totalMinor},
        content_hash = ${hash}, run_id = ${runId} where id = ${existing.id}`);
    await insertLines(transaction, scope, existing.id, draft);
    return 'updated';
  }
  const inserted = await transaction.one(sql<{ id: string }>`
    insert into billing.invoices (tenant_id, customer_id, customer_name, period_start, period_end, currency, total_minor,
      content_hash, run_id)
    values (${scope.tenantId}, ${draft.customerId}, ${draft.customerName}, ${period.start}, ${period.end}, ${currency},
      ${draft.totalMinor}, ${hash}, ${runId}) returning id`);
  await insertLines(transaction, scope, inserted.id, draft);
  return 'created';
};

/** Drafts of the period whose customer has nothing to pay any more. */
export const removeOtherDrafts = (
  transaction: Transaction,
  period: Period,
  customerIds: readonly string[],
): Promise<number> =>
  removeDrafts(
    transaction,
    sql`
      select id from billing.invoices
      where period_start = ${period.start} and status = 'draft' and customer_id <> all (${customerIds}::uuid[])`,
  );
