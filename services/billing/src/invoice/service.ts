import type { Page } from '@legendops/kit/contract/page';
import type { ActingScope } from '@legendops/kit/audit/audit';
import { created } from '@legendops/kit/audit/differences';
import type { Actor } from '@legendops/kit/auth/actor';
import { refusedToRole, requireAllowed } from '@legendops/kit/auth/policy';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { Problem, problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import type { Invoice, InvoiceDetail, Settlement } from '../contract.ts';
import type { PostingCode } from '../posting/posting-reasons.ts';
import type { PostingService } from '../posting/service.ts';
import { approveDraft, type ApprovalAct } from './approve-draft.ts';
import type { ApprovalFates } from './contract.ts';
import type { InvoiceFilter } from './invoice-query.ts';
import { invoicesAsCsv } from './list-csv.ts';
import { isPostingAsked, permissionTo, refusesPosting, refusesSettlement } from './policy.ts';
import { presentInvoiceAt, presentInvoiceDetail } from './presenter.ts';
import { invoiceSubject, movedTo } from './audited-invoice.ts';
import { lockedInvoice, shownInvoice } from './locked-invoice.ts';
import { settleLapse } from './send-back.ts';
import { failedIds, idsToPost, setInvoiceStatus, type InvoiceStore } from './store.ts';

export interface InvoiceService {
  page(
    scope: Scope,
    actor: Actor,
    query: InvoiceFilter & { limit: number; cursor?: string | undefined },
  ): Promise<Page<Invoice>>;
  /** All of them, with what is paid of each, some at a time. */
  asCsv(scope: Scope, filter: InvoiceFilter): AsyncIterable<string>;
  get(scope: Scope, actor: Actor, id: string): Promise<InvoiceDetail>;
  /** Approves exactly what the person saw: another content hash is refused. Above the limit a second person makes it approved. */
  approve(
    transaction: Transaction,
    actor: Actor & ActingScope<ApprovalAct>,
    id: string,
    contentHash: string,
  ): Promise<InvoiceDetail>;
  /** Approves each of them, and tells what became of each: one that is refused keeps none of the others back. */
  approveAll(
    transaction: Transaction,
    actor: Actor & ActingScope<ApprovalAct>,
    invoices: readonly { id: string; contentHash: string }[],
  ): Promise<ApprovalFates['data']>;
  /** Asks for the posting; QuickBooks is called after this transaction has ended. */
  post(
    transaction: Transaction,
    actor: Actor & ActingScope<'invoice.posting-requested'>,
    id: string,
  ): Promise<InvoiceDetail>;
  /** Says what became of a posting that nobody can look for. */
  settle(
    transaction: Transaction,
    actor: Actor & ActingScope<'invoice.settled-by-hand'>,
    id: string,
    settlement: Settlement,
  ): Promise<InvoiceDetail>;
  /** Asks again for the posting of what failed for one of these reasons; how many. None while nothing can be posted. */
  postAgain(
    scope: ActingScope<'invoice.posting-requested'>,
    failed: { codes: readonly PostingCode[]; customerId: string | undefined },
  ): Promise<number>;
  /** Asks for the posting of every approved invoice; how many. */
  postApproved(scope: ActingScope<'invoice.posting-requested'>): Promise<number>;
}

// A transaction's worth: each of them takes some statements.
const batch = 100;

export const invoiceService = ({
  store,
  database,
  postings,
  now,
}: {
  store: InvoiceStore;
  database: TenantDatabase;
  postings: PostingService;
  now: () => Date;
}): InvoiceService => {
  const requestPosting = async (
    transaction: Transaction,
    { tenantId, audit }: ActingScope<'invoice.posting-requested'>,
    id: string,
  ): Promise<void> => {
    const { parts, invoice } = await lockedInvoice(transaction, id);
    if (isPostingAsked(invoice)) return;
    requireAllowed(refusesPosting(invoice, parts));
    await postings.request(transaction, { tenantId, invoiceId: id, before: parts.posting });
    await setInvoiceStatus(transaction, id, 'posting');
    // One approval may be enough again without another one. It is asked again when it is sent, and told again then.
    await settleLapse(transaction, id);
    const changes = movedTo('posting', invoice);
    await audit(transaction, { act: 'invoice.posting-requested', subject: invoiceSubject(invoice), changes });
  };
  const requestAll = async (
    scope: ActingScope<'invoice.posting-requested'>,
    some: (transaction: Transaction) => Promise<string[]>,
  ): Promise<number> => {
    for (let requested = 0; ;) {
      const ids = await database.write(scope, async (transaction) => {
        const batchIds = await some(transaction);
        for (const id of batchIds) await requestPosting(transaction, scope, id);
        return batchIds;
      });
      requested += ids.length;
      if (ids.length < batch) return requested;
    }
  };
  return {
    page: async (scope, actor, { limit, cursor, ...filter }) => {
      // Whom the books are not told would see nothing, and take it for nothing there.
      if (filter.paymentState !== undefined) requireAllowed(refusedToRole(actor, permissionTo.seePayments));
      const { customerId, status, paymentState, from, to } = filter;
      const at = now();
      return listPage(
        { limit, cursor },
        {
          list: `invoices:${[customerId, status, paymentState, from, to].join(':')}`,
          by: ['instant', 'id'],
          read: (place) => store.page(scope, { ...place, filter, at }),
          keys: (row) => [row.created_at, row.id],
          present: presentInvoiceAt(at),
        },
      );
    },
    asCsv: (scope, filter) => {
      const at = now();
      return invoicesAsCsv((place) => store.page(scope, { ...place, filter, at }), presentInvoiceAt(at));
    },
    get: async (scope, actor, id) => {
      const parts = await store.detail(scope, id);
      if (!parts.invoice) throw problem('invoice.not-found');
      return presentInvoiceDetail(parts, parts.invoice, { actor, at: now() });
    },
    approve: async (transaction, actor, id, contentHash) => {
      const { parts, invoice } = await lockedInvoice(transaction, id);
      await approveDraft(transaction, { actor, parts, invoice, contentHash, now });
      return shownInvoice(transaction, { actor, id, at: now() });
    },
    approveAll: async (transaction, actor, invoices) => {
      const fates: ApprovalFates['data'] = [];
      // Always in one order: two persons who approve the same ones at once wait for each other, and not both for ever.
      for (const { id, contentHash } of invoices.toSorted((one, other) => one.id.localeCompare(other.id))) {
        try {
          const { parts, invoice } = await lockedInvoice(transaction, id);
          const outcome = await approveDraft(transaction, { actor, parts, invoice, contentHash, now });
          fates.push({ id, outcome, why: null });
        } catch (error) {
          // A refusal comes before anything of it is written.
          if (!(error instanceof Problem)) throw error;
          fates.push({ id, outcome: 'refused', why: error.message });
        }
      }
      return fates;
    },
    post: async (transaction, actor, id) => {
      await requestPosting(transaction, actor, id);
      return shownInvoice(transaction, { actor, id, at: now() });
    },
    settle: async (transaction, actor, id, settlement) => {
      const { parts, invoice } = await lockedInvoice(transaction, id);
      requireAllowed(refusesSettlement(invoice, parts.posting));
      if (!parts.posting) throw problem('invoice.wrong-state');
      await postings.settle(transaction, parts.posting, settlement);
      const status = settlement.outcome === 'in-quickbooks' ? 'posted' : 'failed';
      // What failed is posting once more before it is posted: an invoice takes no other way.
      if (invoice.status === 'failed' && status === 'posted') await setInvoiceStatus(transaction, id, 'posting');
      await setInvoiceStatus(transaction, id, status);
      const quickBooksId = settlement.outcome === 'in-quickbooks' ? settlement.quickBooksId : null;
      const changes = [
        ...movedTo(status, invoice),
        ...created({ quickBooksId, evidence: settlement.evidence, docNumber: parts.posting.doc_number }),
      ];
      await actor.audit(transaction, { act: 'invoice.settled-by-hand', subject: invoiceSubject(invoice), changes });
      return shownInvoice(transaction, { actor, id, at: now() });
    },
    postAgain: async (scope, failed) => {
      try {
        return await requestAll(scope, (transaction) => failedIds(transaction, failed, batch));
      } catch (error) {
        if (error instanceof Problem && (error.code === 'connection.missing' || error.code === 'connection.paused'))
          return 0;
        throw error;
      }
    },
    postApproved: (scope) => requestAll(scope, (transaction) => idsToPost(transaction, batch)),
  };
};
