import type { Actor } from '@legendops/kit/auth/actor';
import type { BillingException } from '../contract.ts';
import { exceptionKind } from './exception-kinds.ts';
import type { ExceptionRow } from './exception-row.ts';
import { exceptionActs, wayOutFor } from './policy.ts';

export const presentException = (row: ExceptionRow, actor: Actor): BillingException => ({
  id: row.id,
  code: row.code,
  isBilled: exceptionKind(row.code).isBilled,
  customerId: row.customer_id,
  customerName: row.customer_name,
  invoiceId: row.invoice_id,
  detail: row.detail,
  nextStep: row.next_step,
  wayOut: wayOutFor(actor, row),
  amount:
    row.amount_minor === null || row.currency === null
      ? null
      : { amountMinor: row.amount_minor.toString(), currency: row.currency },
  period: row.period,
  firstSeenAt: row.first_seen_at,
  acts: exceptionActs(actor),
});
