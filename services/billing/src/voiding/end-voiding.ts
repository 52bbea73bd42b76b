import { sql } from '@legendops/kit/db/sql';
import type { Transaction } from '@legendops/kit/db/transaction';
import { settleFailedVoid } from './tell-failed.ts';

/** Holds a void that is asked for, before its invoice is held: who does it takes them in this order. */
export const holdVoiding = async (transaction: Transaction, invoiceId: string): Promise<void> => {
  await transaction.row(
    sql`select from billing.voidings where invoice_id = ${invoiceId} and state = 'voiding' for update`,
  );
};

/** A person has said meanwhile what becomes of the invoice: there is nothing left to void, and what is under way counts no more. */
export const endVoiding = async (
  transaction: Transaction,
  { invoiceId, ...end }: { invoiceId: string } & ({ state: 'voided' } | { state: 'failed'; detail: string }),
): Promise<void> => {
  const told =
    end.state === 'failed' ? { code: 'settled-otherwise', detail: end.detail } : { code: null, detail: null };
  await transaction.change(sql`
    update billing.voidings set state = ${end.state}, code = ${told.code}, detail = ${told.detail}, claimed_until = null
    where invoice_id = ${invoiceId} and state = 'voiding'`);
  await settleFailedVoid(transaction, invoiceId);
};
