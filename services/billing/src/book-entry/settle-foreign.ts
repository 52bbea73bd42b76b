import { sql } from '@legendops/kit/db/sql';
import type { Transaction } from '@legendops/kit/db/transaction';
import { InvoiceKind } from '../contract.ts';
import { foreignSubject } from './find-drift.ts';

/** What was told of a document as of one that is not known here: it is ours from now on, and no look comes to it as foreign. */
export const settleForeign = async (transaction: Transaction, realmId: string, quickBooksId: string): Promise<void> => {
  const subjects = InvoiceKind.options.map((kind) => foreignSubject(realmId, { kind, id: quickBooksId }));
  await transaction.change(sql`
    update billing.exceptions set resolved_at = now()
    where resolved_at is null and subject_key = any (${subjects}::text[])`);
};
