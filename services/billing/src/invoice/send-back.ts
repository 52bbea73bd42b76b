import { asNobody, auditBy } from '@legendops/kit/audit/audit';
import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { settleSecondBiller } from '../link/tell-needs.ts';
import type { CodeOpenedBy } from '../exception/exception-kinds.ts';
import { settleOne, tellOne } from '../exception/tell-one.ts';
import { invoiceSubject } from './audited-invoice.ts';
import { correctedIn, isUnsent, markDraft } from './decision-store.ts';
import type { Lapse } from './lapsed-approval.ts';
import { lockedInvoice } from './locked-invoice.ts';
import { setInvoiceStatus } from './store.ts';

const code: CodeOpenedBy<'posting'> = 'approval.lapsed';

const subjectOf = (invoiceId: string): string => `approval:${invoiceId}`;

/** It is approved anew, or a person has decided something else about it. */
export const settleLapse = (transaction: Transaction, invoiceId: string): Promise<void> =>
  settleOne(transaction, { subjectKey: subjectOf(invoiceId), code });

/** Of drafts that a run has removed: there is nothing left to approve. */
export const settleLapsesOfNothing = (transaction: Transaction): Promise<number> =>
  transaction.change(sql`
    update billing.exceptions e set resolved_at = now()
    where e.resolved_at is null and e.code = ${code}
      and not exists (select from billing.invoices i where i.tenant_id = e.tenant_id and i.id = e.invoice_id)`);

/**
 * What nobody has approved who may do so now is a draft again, told on the worklist. Where another invoice corrects its month,
 * or something of it was sent once, its lines stay as they are, and it is approved where it stands. Its posting is ended before.
 */
export const sendBack = async (
  transaction: Transaction,
  scope: Scope,
  { invoiceId, lapse }: { invoiceId: string; lapse: Lapse },
): Promise<void> => {
  const { invoice } = await lockedInvoice(transaction, invoiceId);
  const isDraft =
    (await isUnsent(transaction, invoiceId)) &&
    (await correctedIn(transaction, invoice)) === undefined &&
    (await markDraft(transaction, invoiceId)) === 1;
  if (!isDraft) await setInvoiceStatus(transaction, invoiceId, 'failed');
  await transaction.change(sql`
    delete from billing.invoice_approvals
    where invoice_id = ${invoiceId} and member_id = any (${lapse.memberIds}::uuid[])`);
  await settleSecondBiller(transaction, invoiceId);
  await tellOne(transaction, scope, {
    subjectKey: subjectOf(invoiceId),
    code,
    customerId: invoice.customer_id,
    invoiceId,
    amount: { minor: invoice.total_minor, currency: invoice.currency },
    detail: lapse.detail,
    nextStep: isDraft
      ? 'Open it, look at its lines and press “Approve”'
      : 'Open it, look at its lines, press “Approve” and then “Post to QuickBooks”',
  });
  await auditBy<'invoice.approval-lapsed'>({ ...scope, author: asNobody('service', 'LegendOps') })(transaction, {
    act: 'invoice.approval-lapsed',
    subject: invoiceSubject(invoice),
    changes: [
      { field: 'status', before: invoice.status, after: isDraft ? 'draft' : 'failed' },
      { field: 'why', before: null, after: lapse.detail },
    ],
  });
};
