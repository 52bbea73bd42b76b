import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, differences } from '@legendops/kit/audit/differences';
import type { Actor } from '@legendops/kit/auth/actor';
import { requireAllowed, type Refusal } from '@legendops/kit/auth/policy';
import type { AuditAct } from '@legendops/kit/contract/audit-acts';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import type { InvoiceDetail } from '../contract.ts';
import { settleSecondBiller } from '../link/tell-needs.ts';
import { localDate } from '../rating/period.ts';
import { invoiceSubject, movedTo } from './audited-invoice.ts';
import type { DraftEdit, Hold, Rejection } from './contract.ts';
import {
  askForRun,
  correctedIn,
  forgetApprovals,
  markDraft,
  markRejected,
  monthOfInvoice,
  putDecision,
  removeDecision,
  settleLeft,
  stopUnsent,
  tellLeft,
} from './decision-store.ts';
import { editLines, undoAll } from './edit-lines.ts';
import { lockedInvoice, shownInvoice } from './locked-invoice.ts';
import { refusesEdit, refusesHold, refusesRejection, refusesRelease, refusesTakingBack } from './policy.ts';
import { settleLapse } from './send-back.ts';
import type { InvoiceParts, InvoiceRow } from './store.ts';

type Acting<Act extends AuditAct> = Actor & ActingScope<Act>;

/** What persons do with drafts before they are approved, and until they are sent. */
export interface DraftService {
  /** Changes one line of what the person saw. */
  edit(transaction: Transaction, actor: Acting<'invoice.edited'>, id: string, edit: DraftEdit): Promise<InvoiceDetail>;
  /** Nobody approves it until the day, or until somebody releases it. */
  hold(
    transaction: Transaction,
    actor: Acting<'invoice.held'>,
    id: string,
    hold: Hold & { timeZone: string },
  ): Promise<InvoiceDetail>;
  release(transaction: Transaction, actor: Acting<'invoice.released'>, id: string): Promise<InvoiceDetail>;
  /** Leaves its things unbilled, or has them drafted anew without what persons changed. */
  reject(
    transaction: Transaction,
    actor: Acting<'invoice.rejected'>,
    id: string,
    rejection: Rejection,
  ): Promise<InvoiceDetail>;
  /** Makes it a draft again, until it is sent. */
  takeBack(
    transaction: Transaction,
    actor: Acting<'invoice.taken-back'>,
    id: string,
    reason: string,
  ): Promise<InvoiceDetail>;
}

export const draftService = ({ now }: { now: () => Date }): DraftService => {
  const allowed = async (
    transaction: Transaction,
    id: string,
    refuses: (invoice: InvoiceRow, parts: InvoiceParts) => Refusal,
  ) => {
    const found = await lockedInvoice(transaction, id);
    requireAllowed(refuses(found.invoice, found.parts));
    return found;
  };
  const requireSeen = ({ content_hash: current }: InvoiceRow, contentHash: string): void => {
    if (current !== contentHash) throw problem('invoice.changed', { detail: 'Look at its lines again' });
  };
  return {
    edit: async (transaction, actor, id, edit) => {
      const { parts, invoice } = await allowed(transaction, id, refusesEdit);
      requireSeen(invoice, edit.contentHash);
      const changes = await editLines(transaction, { actor, parts, invoice, edit, at: now() });
      await actor.audit(transaction, { act: 'invoice.edited', subject: invoiceSubject(invoice), changes });
      return shownInvoice(transaction, { actor, id, at: now() });
    },
    hold: async (transaction, actor, id, { reason, until, timeZone }) => {
      const { invoice } = await allowed(transaction, id, refusesHold);
      const at = now();
      if (until !== undefined && until <= localDate(at, timeZone))
        throw problem('request.invalid', {
          places: [{ pointer: '/until', code: 'too_small', detail: 'Choose a day after today' }],
        });
      await putDecision(transaction, actor, monthOfInvoice(invoice), {
        decision: 'held',
        reason,
        until: until === undefined ? undefined : { day: until, timeZone },
        by: actor,
        at,
      });
      await actor.audit(transaction, {
        act: 'invoice.held',
        subject: invoiceSubject(invoice),
        changes: created({ reason, until: until ?? null }),
      });
      return shownInvoice(transaction, { actor, id, at: now() });
    },
    release: async (transaction, actor, id) => {
      const { invoice } = await allowed(transaction, id, refusesRelease);
      await removeDecision(transaction, monthOfInvoice(invoice));
      await actor.audit(transaction, {
        act: 'invoice.released',
        subject: invoiceSubject(invoice),
        changes: differences({ held: invoice.decision?.reason ?? null }, { held: null }, ['held']),
      });
      return shownInvoice(transaction, { actor, id, at: now() });
    },
    reject: async (transaction, actor, id, { contentHash, reason, things }) => {
      const { parts, invoice } = await allowed(transaction, id, refusesRejection);
      requireSeen(invoice, contentHash);
      const at = now();
      await putDecision(transaction, actor, monthOfInvoice(invoice), { decision: things, reason, by: actor, at });
      await forgetApprovals(transaction, id);
      await settleLapse(transaction, id);
      if (things === 'left') {
        await markRejected(transaction, id);
        await tellLeft(transaction, actor, invoice, reason);
      } else {
        await undoAll(transaction, { parts, invoice });
        await askForRun(transaction, { period: invoice.period_start, memberId: actor.memberId, at });
      }
      await actor.audit(transaction, {
        act: 'invoice.rejected',
        subject: invoiceSubject(invoice),
        changes: [...movedTo(things === 'left' ? 'rejected' : 'draft', invoice), ...created({ reason, things })],
      });
      return shownInvoice(transaction, { actor, id, at: now() });
    },
    takeBack: async (transaction, actor, id, reason) => {
      // The posting before its invoice, as what sends it takes them: whoever is first decides.
      const isUnsent = await stopUnsent(transaction, id, `Taken back before it was sent: ${reason}`);
      const { invoice, parts } = await lockedInvoice(transaction, id);
      requireAllowed(refusesTakingBack(invoice, parts.posting));
      const corrected = await correctedIn(transaction, invoice);
      if (corrected !== undefined)
        throw problem('invoice.wrong-state', {
          detail: `What changed since its approval is on the invoice of ${corrected} already: press “Post to QuickBooks” on both, their sum is right`,
        });
      if (!isUnsent || (await markDraft(transaction, id)) === 0)
        throw problem('invoice.wrong-state', {
          detail: 'It was sent to QuickBooks: what is wrong with it is corrected on the next invoice',
        });
      await forgetApprovals(transaction, id);
      await removeDecision(transaction, monthOfInvoice(invoice));
      await settleLeft(transaction, invoice);
      await settleSecondBiller(transaction, id);
      await settleLapse(transaction, id);
      await actor.audit(transaction, {
        act: 'invoice.taken-back',
        subject: invoiceSubject(invoice),
        changes: [...movedTo('draft', invoice), ...created({ reason })],
      });
      return shownInvoice(transaction, { actor, id, at: now() });
    },
  };
};
