import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { FoundException } from '../rating/rating-values.ts';
import type { ExceptionCode } from './exception-kinds.ts';

/** Tells one exception in the transaction of what it is of. Told again it is in sight again, though somebody dismissed it. */
export const tellOne = async (
  transaction: Transaction,
  { tenantId }: Scope,
  { subjectKey, code, customerId, invoiceId, detail, nextStep, amount, period }: FoundException & { period?: string },
): Promise<void> => {
  await transaction.change(sql`
    insert into billing.exceptions (tenant_id, subject_key, code, customer_id, invoice_id, detail, next_step, period,
      amount_minor, currency)
    values (${tenantId}, ${subjectKey}, ${code}, ${customerId}, ${invoiceId ?? null}, ${detail}, ${nextStep}, ${period ?? null},
      ${amount?.minor ?? null}, ${amount?.currency ?? null})
    on conflict (tenant_id, subject_key, code, period) where resolved_at is null do update
      set detail = excluded.detail, next_step = excluded.next_step, invoice_id = excluded.invoice_id,
        amount_minor = excluded.amount_minor, currency = excluded.currency, dismissed_at = null, dismissed_by = null`);
};

/** What it said holds no more. */
export const settleOne = async (
  transaction: Transaction,
  { subjectKey, code }: { subjectKey: string; code: ExceptionCode },
): Promise<void> => {
  await transaction.change(sql`
    update billing.exceptions set resolved_at = now()
    where resolved_at is null and code = ${code} and subject_key = ${subjectKey}`);
};
