import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { settleFailedVoid } from './tell-failed.ts';

/** Before any call: whatever becomes of the call, this finds its outcome. */
export const askVoid = async (
  transaction: Transaction,
  { tenantId }: Scope,
  asked: { invoiceId: string; postingId: string; reason: string; billsAnew: boolean; memberId: string },
): Promise<void> => {
  await transaction.change(sql`
    insert into billing.voidings (tenant_id, invoice_id, posting_id, reason, bills_anew, asked_by)
    values (${tenantId}, ${asked.invoiceId}, ${asked.postingId}, ${asked.reason}, ${asked.billsAnew}, ${asked.memberId})`);
  await settleFailedVoid(transaction, asked.invoiceId);
};
