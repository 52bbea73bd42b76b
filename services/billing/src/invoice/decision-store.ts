import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { CodeOpenedBy } from '../exception/exception-kinds.ts';
import { settleOne, tellOne } from '../exception/tell-one.ts';
import type { Period } from '../rating/period.ts';
import type { CustomerMonth } from './edit-store.ts';
import type { InvoiceRow } from './store.ts';

const leftCode: CodeOpenedBy<'person'> = 'invoice.left';

type Decided = Pick<InvoiceRow, 'id' | 'customer_id' | 'customer_name' | 'period_start' | 'currency' | 'total_minor'>;

export const monthOfInvoice = ({
  customer_id: customerId,
  period_start: periodStart,
  currency,
}: Pick<Decided, 'customer_id' | 'period_start' | 'currency'>): CustomerMonth => ({
  customerId,
  periodStart,
  currency,
});

const ofMonth = ({ customerId, periodStart, currency }: CustomerMonth) =>
  sql`customer_id = ${customerId} and period_start = ${periodStart} and currency = ${currency}`;

export interface Deciding {
  decision: 'held' | 'left' | 'anew';
  reason: string;
  /** The first day on which it is held no more, where the tenant is. */
  until?: { day: string; timeZone: string } | undefined;
  by: { memberId: string; name: string };
  at: Date;
}

export const putDecision = (
  transaction: Transaction,
  { tenantId }: Scope,
  { customerId, periodStart, currency }: CustomerMonth,
  { decision, reason, until, by, at }: Deciding,
): Promise<number> =>
  transaction.change(sql`
    insert into billing.invoice_decisions (tenant_id, customer_id, period_start, currency, decision, reason, held_until,
      held_until_at, decided_by, decided_name, decided_at)
    values (${tenantId}, ${customerId}, ${periodStart}, ${currency}, ${decision}, ${reason}, ${until?.day ?? null}::date,
      ${until?.day ?? null}::date::timestamp at time zone ${until?.timeZone ?? 'UTC'}, ${by.memberId}, ${by.name}, ${at})
    on conflict (tenant_id, customer_id, period_start, currency) do update
      set decision = excluded.decision, reason = excluded.reason, held_until = excluded.held_until,
        held_until_at = excluded.held_until_at, decided_by = excluded.decided_by, decided_name = excluded.decided_name,
        decided_at = excluded.decided_at, answered_at = null`);

export const removeDecision = (transaction: Transaction, month: CustomerMonth): Promise<number> =>
  transaction.change(sql`delete from billing.invoice_decisions where ${ofMonth(month)}`);

/** A run that began after a rejection has drafted the month anew. */
export const answerRejections = (
  transaction: Transaction,
  { period, runId }: { period: Period; runId: string },
): Promise<number> =>
  transaction.change(sql`
    update billing.invoice_decisions set answered_at = now()
    where period_start = ${period.start} and decision = 'anew' and answered_at is null
      and decided_at <= (select started_at from billing.runs where id = ${runId})`);

const subjectOf = ({ customer_id: customerId, period_start: periodStart, currency }: Decided): string =>
  `invoice:${customerId}:${periodStart}:${currency}`;

/** Tells on the worklist what a rejection leaves, until somebody dismisses it or takes the rejection back. */
export const tellLeft = (transaction: Transaction, scope: Scope, invoice: Decided, reason: string): Promise<void> =>
  tellOne(transaction, scope, {
    subjectKey: subjectOf(invoice),
    code: leftCode,
    customerId: invoice.customer_id,
    invoiceId: invoice.id,
    detail: `The invoice of ${invoice.customer_name} for ${invoice.period_start.slice(0, 7)} was rejected, and is not billed: ${reason}`,
    nextStep: 'Open it and press “Take back” if it is to be billed after all; press “Dismiss” if not',
    amount: { minor: invoice.total_minor, currency: invoice.currency },
    period: invoice.period_start,
  });

export const settleLeft = (transaction: Transaction, invoice: Decided): Promise<void> =>
  settleOne(transaction, { subjectKey: subjectOf(invoice), code: leftCode });

/** The month whose invoice bills a correction of this one; undefined where none does. */
export const correctedIn = async (
  transaction: Transaction,
  {
    customer_id: customerId,
    period_start: periodStart,
    currency,
  }: Pick<Decided, 'customer_id' | 'period_start' | 'currency'>,
): Promise<string | undefined> =>
  (
    await transaction.row(sql<{ month: string }>`
      select to_char(i.period_start, 'YYYY-MM') as month
      from billing.invoice_lines l join billing.invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
      where l.corrects_period = ${periodStart} and i.customer_id = ${customerId} and i.currency = ${currency}
      order by i.period_start limit 1`)
  )?.month;

/** Whether nothing of it is on its way or may have arrived. */
export const isUnsent = async (transaction: Transaction, invoiceId: string): Promise<boolean> =>
  (await transaction.row(sql`
    select from billing.postings
    where invoice_id = ${invoiceId} and (state in ('posting', 'in-doubt', 'posted') or sent_at is not null) limit 1`)) ===
  undefined;

/** The same, once a posting that nobody has sent yet is ended. */
export const stopUnsent = async (transaction: Transaction, invoiceId: string, detail: string): Promise<boolean> => {
  await transaction.change(sql`
    update billing.postings set state = 'failed', code = 'taken-back', detail = ${detail}, claimed_until = null
    where invoice_id = ${invoiceId} and state = 'posting' and sent_at is null`);
  return isUnsent(transaction, invoiceId);
};

/** A draft again: the one statement that decides between this and what posts it. */
export const markDraft = (transaction: Transaction, id: string): Promise<number> =>
  transaction.change(sql`
    update billing.invoices set status = 'draft', approved_by = null, approved_hash = null, approved_at = null
    where id = ${id} and status in ('approved', 'settled', 'rejected', 'posting', 'failed')`);

/** Also who approved it before: they begin anew. */
export const forgetApprovals = (transaction: Transaction, id: string): Promise<number> =>
  transaction.change(sql`delete from billing.invoice_approvals where invoice_id = ${id}`);

export const markRejected = (transaction: Transaction, id: string): Promise<number> =>
  transaction.change(sql`update billing.invoices set status = 'rejected' where id = ${id} and status = 'draft'`);

/** The next job takes the month, be it closed: its draft was rejected. A month that was skipped stays so. */
export const askForRun = (
  transaction: Transaction,
  { period, memberId, at }: { period: string; memberId: string; at: Date },
): Promise<number> =>
  transaction.change(sql`
    update billing.periods set asked_at = coalesce(asked_at, ${at}), asked_by = coalesce(asked_by, ${memberId}::uuid),
      state = case when state = 'run' then 'run' else 'due' end, left_open = '[]'
    where period = ${period} and state in ('due', 'run', 'closed')`);
