import { asNobody, auditBy, type Audit } from '@legendops/kit/audit/audit';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { invoiceSubject, movedTo } from '../invoice/audited-invoice.ts';
import type { ClaimedPosting } from './claimed-posting.ts';

/** What QuickBooks' answer made of a posting: the invoice is there, and maybe the connection is paused for what it holds. */
export const auditPosted = async (
  transaction: Transaction,
  { tenantId }: Scope,
  posting: ClaimedPosting,
  paused: { id: string; failure: string | null } | undefined,
): Promise<void> => {
  const audit: Audit<'invoice.posted' | 'connection.paused'> = auditBy({
    tenantId,
    author: asNobody('vendor', 'QuickBooks'),
  });
  await audit(transaction, {
    act: 'invoice.posted',
    subject: invoiceSubject({ ...posting, id: posting.invoice_id }),
    changes: [
      ...movedTo('posted', { ...posting, status: posting.state }),
      { field: 'docNumber', before: null, after: posting.doc_number },
    ],
  });
  if (paused)
    await audit(transaction, {
      act: 'connection.paused',
      subject: { type: 'connection', id: paused.id, name: 'QuickBooks' },
      changes: [{ field: 'failure', before: null, after: paused.failure }],
    });
};
