import { asNobody, auditBy } from '@legendops/kit/audit/audit';
import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { CodeOpenedBy } from '../exception/exception-kinds.ts';
import { invoiceSubject, movedTo } from '../invoice/audited-invoice.ts';
import { lookAgain } from '../period/look-again.ts';
import { settleFailedVoid } from './tell-failed.ts';
import type { PostingCode } from '../posting/posting-reasons.ts';

interface Voided {
  invoiceId: string;
  postingId: string;
  why: string;
  /** What it bills is billed anew: its month is looked at once more, also a closed one. */
  billsAnew: boolean;
  memberId: string;
  now: Date;
}

interface VoidedInvoice {
  customer_name: string;
  period_start: string;
  currency: string;
  total_minor: bigint;
}

const code: PostingCode = 'void-in-books';
const laterCode: CodeOpenedBy<'reconcile'> = 'invoice.superops-later';

/** Its document in QuickBooks is void or deleted: it is never taken for this invoice again. */
export const endPosting = async (
  transaction: Transaction,
  { postingId, why }: Pick<Voided, 'postingId' | 'why'>,
): Promise<void> => {
  await transaction.change(sql`
    update billing.postings set state = 'voided', code = ${code}, detail = ${why} where id = ${postingId} and state = 'posted'`);
  // What SuperOps invoices stands beside it no more.
  await transaction.change(sql`
    update billing.exceptions set resolved_at = now()
    where resolved_at is null and code = ${laterCode}
      and invoice_id = (select invoice_id from billing.postings where id = ${postingId})`);
};

// Months that its lines bill or correct: a run that comes to them finds what is not billed any more.
const monthsOf = async (transaction: Transaction, invoiceId: string): Promise<string[]> =>
  (
    await transaction.rows(sql<{ period: string }>`
      select i.period_start as period from billing.invoices i where i.id = ${invoiceId}
      union select l.corrects_period from billing.invoice_lines l
        where l.invoice_id = ${invoiceId} and l.corrects_period is not null
      order by period`)
  ).map(({ period }) => period);

/** The invoice is void in QuickBooks, and here from now on. */
export const setVoided = async (transaction: Transaction, scope: Scope, voided: Voided): Promise<void> => {
  const { invoiceId, billsAnew, memberId, now, why } = voided;
  await endPosting(transaction, voided);
  await settleFailedVoid(transaction, invoiceId);
  const invoice = await transaction.one(sql<VoidedInvoice>`
    update billing.invoices set status = 'voided', counts_as_billed = ${!billsAnew} where id = ${invoiceId}
    returning customer_name, period_start, currency, total_minor`);
  if (billsAnew)
    for (const period of await monthsOf(transaction, invoiceId))
      await lookAgain(transaction, scope, { period, memberId, at: now });
  await auditBy<'invoice.voided'>({ ...scope, author: asNobody('vendor', 'QuickBooks') })(transaction, {
    act: 'invoice.voided',
    subject: invoiceSubject({ id: invoiceId, ...invoice }),
    changes: [
      ...movedTo('voided', { status: 'posted', ...invoice }),
      { field: 'reason', before: null, after: why },
      { field: 'billedAnew', before: null, after: billsAnew ? 'yes' : 'no' },
    ],
  });
};
