import { isStorable, storable } from '@legendops/kit/db/storable';
import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { onePerSubject } from '../rating/one-per-subject.ts';
import type { FoundException } from '../rating/rating-values.ts';

/**
 * Opens what is new, keeps what is still so (dismissed by a person or not, until it says something else), resolves what
 * this run no longer found among its own codes: of its period alone, another month's exceptions are not its business. What was
 * opened before exceptions had periods it opens anew under its own.
 */
export const recordExceptions = async (
  transaction: Transaction,
  scope: Scope,
  {
    exceptions,
    codes,
    checkedSubjects,
    period,
    runId,
  }: {
    exceptions: readonly FoundException[];
    codes: readonly string[];
    /** The subjects that the run has checked, where those were not all that there are. */
    checkedSubjects?: readonly string[];
    period: string | null;
    /** Null where no run looks, but the service. */
    runId: string | null;
  },
): Promise<void> => {
  const rows = jsonValue(
    // One statement cannot take the same exception twice.
    onePerSubject(exceptions).map(({ subjectKey, code, customerId, invoiceId, detail, nextStep, amount }) => {
      // A sum that no column holds is told without it: the others are told all the same.
      const money = amount && isStorable(amount.minor) ? amount : undefined;
      return {
        subject_key: storable(subjectKey),
        code,
        customer_id: customerId,
        invoice_id: invoiceId ?? null,
        detail: storable(detail),
        next_step: nextStep,
        amount_minor: money?.minor.toString() ?? null,
        currency: money?.currency ?? null,
      };
    }),
  );
  await transaction.change(sql`
    update billing.exceptions e set resolved_at = now()
    where e.resolved_at is null and e.code = any (${codes})
      and (${checkedSubjects ?? null}::text[] is null or e.subject_key = any (${checkedSubjects ?? null}::text[]))
      and (e.period is null and ${period}::date is not null or e.period is not distinct from ${period}::date and not exists (
        select from jsonb_to_recordset(${rows}::jsonb) r (subject_key text, code text)
        where (r.subject_key, r.code) = (e.subject_key, e.code)))`);
  await transaction.change(sql`
    insert into billing.exceptions as e (tenant_id, run_id, period, subject_key, code, customer_id, invoice_id, detail,
      next_step, amount_minor, currency)
    select ${scope.tenantId}::uuid, ${runId}::uuid, ${period}::date, r.*
    from jsonb_to_recordset(${rows}::jsonb) r (subject_key text, code text, customer_id uuid, invoice_id uuid,
      detail text, next_step text, amount_minor bigint, currency text)
    on conflict (tenant_id, subject_key, code, period) where resolved_at is null do update
      set detail = excluded.detail, next_step = excluded.next_step, customer_id = excluded.customer_id,
        invoice_id = excluded.invoice_id,
        amount_minor = excluded.amount_minor, currency = excluded.currency, dismissed_at = null, dismissed_by = null
      where (e.detail, e.next_step, e.amount_minor, e.currency)
        is distinct from (excluded.detail, excluded.next_step, excluded.amount_minor, excluded.currency)`);
};
