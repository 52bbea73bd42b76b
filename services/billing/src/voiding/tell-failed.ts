import { asNobody, auditBy } from '@legendops/kit/audit/audit';
import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { CodeOpenedBy } from '../exception/exception-kinds.ts';
import { settleOne, tellOne } from '../exception/tell-one.ts';
import { invoiceSubject } from '../invoice/audited-invoice.ts';

const code: CodeOpenedBy<'posting'> = 'void.failed';

/** Of whoever asked for it and may void nothing any more. */
export const askerLost = 'asker-lost';

const subjectOf = (invoiceId: string): string => `void:${invoiceId}`;

interface VoidedInvoice {
  customer_id: string;
  customer_name: string;
  period_start: string;
  currency: string;
  total_minor: bigint;
}

/** Whoever asked for it may have left the page, or the provider: what is not void is told on the worklist. */
export const tellFailedVoid = async (
  transaction: Transaction,
  scope: Scope,
  { invoiceId, ...failed }: { invoiceId: string; code: string; detail: string },
): Promise<void> => {
  const invoice = await transaction.one(sql<VoidedInvoice>`
    select customer_id, customer_name, period_start, currency, total_minor from billing.invoices where id = ${invoiceId}`);
  await tellOne(transaction, scope, {
    subjectKey: subjectOf(invoiceId),
    code,
    customerId: invoice.customer_id,
    invoiceId,
    detail: failed.detail,
    nextStep: 'Open it, see to what it says and press “Void” once more; press “Dismiss” if it is to stay',
    amount: { minor: invoice.total_minor, currency: invoice.currency },
  });
  if (failed.code === askerLost)
    await auditBy<'invoice.void-lapsed'>({ ...scope, author: asNobody('service', 'LegendOps') })(transaction, {
      act: 'invoice.void-lapsed',
      subject: invoiceSubject({ id: invoiceId, ...invoice }),
      changes: [{ field: 'why', before: null, after: failed.detail }],
    });
};

/** It is asked for once more, or is void, or was settled otherwise. */
export const settleFailedVoid = (transaction: Transaction, invoiceId: string): Promise<void> =>
  settleOne(transaction, { subjectKey: subjectOf(invoiceId), code });
