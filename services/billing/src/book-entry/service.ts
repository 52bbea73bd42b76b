import type { ActingScope } from '@legendops/kit/audit/audit';
import type { Actor } from '@legendops/kit/auth/actor';
import { requireAllowed, type Refusal } from '@legendops/kit/auth/policy';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { invoiceSubject, movedTo } from '../invoice/audited-invoice.ts';
import type { PostingService } from '../posting/service.ts';
import { localDate } from '../rating/period.ts';
import { askVoid } from '../voiding/ask-void.ts';
import { endVoiding, holdVoiding } from '../voiding/end-voiding.ts';
import { endPosting, setVoided } from '../voiding/set-voided.ts';
import type { Acceptance, BookEntry, VoidingRequest } from './contract.ts';
import { seenOf, tagOf } from './drift.ts';
import { isGone } from './drift-steps.ts';
import type { EntryRow, PostedSale } from './entry-row.ts';
import { subjectOf } from './find-drift.ts';
import { driftIn, refusesAcceptance, refusesPostingAnew, refusesVoid } from './policy.ts';
import { presentEntry } from './presenter.ts';
import {
  accept,
  lockEntry,
  newestPosting,
  resolveSubject,
  setPosting,
  type BookEntryRow,
  type BookEntryStore,
} from './store.ts';

/** Who asks, about which invoice, on which of the tenant's days. */
interface Asking {
  actor: Actor;
  invoiceId: string;
  timeZone: string;
}

export interface BookEntryService {
  get(scope: Scope, asking: Asking): Promise<BookEntry>;
  /** Asks for the void; QuickBooks is called after this transaction has ended. Asked once more it is asked once. */
  void(
    transaction: Transaction,
    scope: ActingScope<'invoice.void-requested'>,
    asking: Asking & VoidingRequest,
  ): Promise<BookEntry>;
  /** What a person has changed in QuickBooks is right: it is told no more, and what is void there is void here. */
  accept(
    transaction: Transaction,
    scope: ActingScope<'invoice.books-accepted'>,
    asking: Asking & Acceptance,
  ): Promise<BookEntry>;
  /** What was voided or deleted by mistake is sent once more, under another number. */
  postAnew(
    transaction: Transaction,
    scope: ActingScope<'invoice.posting-requested'>,
    asking: Asking & { seen: string },
  ): Promise<BookEntry>;
}

export const bookEntryService = ({
  store,
  postings,
  onVoidRequested,
  now,
}: {
  store: BookEntryStore;
  postings: Pick<PostingService, 'request'>;
  /** Called when a void waits to be done. */
  onVoidRequested: () => void;
  now: () => Date;
}): BookEntryService => {
  const present = (row: BookEntryRow, { actor, timeZone }: Asking): BookEntry =>
    presentEntry(row, actor, localDate(now(), timeZone));
  const locked = async (transaction: Transaction, invoiceId: string): Promise<BookEntryRow> => {
    await holdVoiding(transaction, invoiceId);
    const row = await lockEntry(transaction, invoiceId);
    if (!row) throw problem('invoice.not-found');
    return row;
  };
  /** What is answered is what the person saw. */
  const requireSeen = (
    row: BookEntryRow,
    seen: string,
    refuses: (row: BookEntryRow) => Refusal,
  ): { posted: PostedSale; entry: EntryRow } => {
    const { posted, entry } = row;
    requireAllowed(refuses(row));
    if (!posted || !entry || tagOf(entry) !== seen)
      throw problem('invoice.changed', { detail: 'It was changed in QuickBooks once more: look at it again' });
    return { posted, entry };
  };
  return {
    get: async (scope, asking) => {
      const row = await store.get(scope, asking.invoiceId);
      if (!row) throw problem('invoice.not-found');
      return present(row, asking);
    },
    void: async (transaction, scope, asking) => {
      const { invoiceId, reason, billsAnew, actor } = asking;
      const row = await locked(transaction, invoiceId);
      requireAllowed(refusesVoid(row));
      if (!row.posted) throw problem('invoice.wrong-state');
      const { postingId } = row.posted;
      await askVoid(transaction, scope, { invoiceId, postingId, reason, billsAnew, memberId: actor.memberId });
      await scope.audit(transaction, {
        act: 'invoice.void-requested',
        subject: invoiceSubject(row.invoice),
        changes: [
          { field: 'reason', before: null, after: reason },
          { field: 'billedAnew', before: null, after: billsAnew ? 'yes' : 'no' },
        ],
      });
      onVoidRequested();
      return present(await locked(transaction, invoiceId), asking);
    },
    accept: async (transaction, scope, asking) => {
      const { invoiceId, seen, billsAnew, actor } = asking;
      const row = await locked(transaction, invoiceId);
      const { posted, entry } = requireSeen(row, seen, refusesAcceptance);
      const drift = driftIn(row);
      if (!drift) throw problem('invoice.wrong-state');
      const { memberId } = actor;
      await accept(transaction, { postingId: posted.postingId, seen: seenOf(entry), memberId });
      await resolveSubject(transaction, subjectOf(posted));
      const { was, is, kind } = drift;
      await scope.audit(transaction, {
        act: 'invoice.books-accepted',
        subject: invoiceSubject(row.invoice),
        changes: [{ field: kind, before: was, after: is }],
      });
      if (isGone(kind)) {
        await endVoiding(transaction, { invoiceId, state: 'voided' });
        await setVoided(transaction, scope, {
          invoiceId,
          postingId: posted.postingId,
          why: `It is ${is} in QuickBooks`,
          billsAnew,
          memberId,
          now: now(),
        });
      }
      return present(await locked(transaction, invoiceId), asking);
    },
    postAnew: async (transaction, scope, asking) => {
      const { invoiceId, seen } = asking;
      const row = await locked(transaction, invoiceId);
      const { posted } = requireSeen(row, seen, refusesPostingAnew);
      await endVoiding(transaction, { invoiceId, state: 'failed', detail: 'It was posted anew meanwhile' });
      await endPosting(transaction, { postingId: posted.postingId, why: 'Posted anew' });
      await resolveSubject(transaction, subjectOf(posted));
      const before = await newestPosting(transaction, invoiceId);
      await postings.request(transaction, { tenantId: scope.tenantId, invoiceId, before });
      await setPosting(transaction, invoiceId);
      await scope.audit(transaction, {
        act: 'invoice.posting-requested',
        subject: invoiceSubject(row.invoice),
        changes: movedTo('posting', row.invoice),
      });
      return present(await locked(transaction, invoiceId), asking);
    },
  };
};
