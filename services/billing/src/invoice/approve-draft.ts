import type { ActingScope } from '@legendops/kit/audit/audit';
import type { Actor } from '@legendops/kit/auth/actor';
import { requireAllowed } from '@legendops/kit/auth/policy';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { invoiceSubject, movedTo } from './audited-invoice.ts';
import { approversNeeded, refusesApproval } from './policy.ts';
import { settleLapse } from './send-back.ts';
import { hashOfStored } from './stored-content.ts';
import { giveApproval, markApproved, type InvoiceParts, type InvoiceRow } from './store.ts';

export type ApprovalAct = 'invoice.approved' | 'invoice.approved-first';

interface Approving {
  actor: Actor & ActingScope<ApprovalAct>;
  /** Locked. */
  parts: InvoiceParts;
  invoice: InvoiceRow;
  contentHash: string;
  now: () => Date;
}

/** One person's approval of what they saw; `first` where another has to follow. Refused before anything is written. */
export const approveDraft = async (
  transaction: Transaction,
  { actor, parts, invoice, contentHash, now }: Approving,
): Promise<'approved' | 'settled' | 'first'> => {
  requireAllowed(refusesApproval(invoice, parts, actor));
  if (invoice.content_hash !== contentHash)
    throw problem('invoice.changed', { detail: 'Look at its lines again, then press “Approve”' });
  if (hashOfStored(invoice, parts.lines) !== contentHash)
    throw problem('invoice.changed', {
      detail: 'Its lines are not those that the run wrote. The next invoice run writes it anew: look at it after that',
    });
  const { id } = invoice;
  const { memberId, name, tenantId } = actor;
  await giveApproval(transaction, { tenantId }, { id, memberId, name, contentHash, at: now() });
  const others = parts.approvals.filter((given) => given.memberId !== memberId).length;
  const isEnough = others + 1 >= approversNeeded(invoice, parts);
  const outcome = !isEnough ? 'first' : invoice.total_minor === 0n ? 'settled' : 'approved';
  if (isEnough) {
    await markApproved(transaction, { id, memberId, contentHash });
    await settleLapse(transaction, id);
  }
  await actor.audit(transaction, {
    act: isEnough ? 'invoice.approved' : 'invoice.approved-first',
    subject: invoiceSubject(invoice),
    // What is approved where it stands is approved and not moved.
    changes: movedTo(outcome === 'first' || invoice.status !== 'draft' ? invoice.status : outcome, invoice),
  });
  return outcome;
};
