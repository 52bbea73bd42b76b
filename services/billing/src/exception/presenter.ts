import type { BillingException } from '../contract.ts';
import type { ExceptionRow } from './exception-row.ts';

export const presentException = (row: ExceptionRow): BillingException => ({
  id: row.id,
  code: row.code,
  customerId: row.customer_id,
  customerName: row.customer_name,
  detail: row.detail,
  nextStep: row.next_step,
  amount:
    row.amount_minor === null || row.currency === null
      ? null
      : { amountMinor: String(row.amount_minor), currency: row.currency },
  period: row.period,
  firstSeenAt: row.first_seen_at,
});
