import type { Page } from '@legendops/kit/contract/page';
import type { ActingScope } from '@legendops/kit/audit/audit';
import { created } from '@legendops/kit/audit/differences';
import type { Actor } from '@legendops/kit/auth/actor';
import { requireAllowed } from '@legendops/kit/auth/policy';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { Problem, problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import type { Invoice, InvoiceDetail, Settlement } from '../contract.ts';
import type { PostingCode } from '../posting/posting-reasons.ts';
import type { PostingService } from '../posting/service.ts';
import { isPostingAsked, refusesApproval, refusesPosting, refusesSettlement } from './policy.ts';
import { presentInvoice, presentInvoiceDetail } from './presenter.ts';
import { invoiceSubject, movedTo } from './audited-invoice.ts';
import { hashOfStored } from './stored-content.ts';
import { failedIds, idsToPost, lockInvoice, markApproved, setInvoiceStatus, type InvoiceStore } from './store.ts';

export interface InvoiceService {
  page(
    scope: Scope,
    query: { limit: number; cursor?: string | undefined; customerId?: string | undefined; status?: string | undefined },
  ): Promise<Page<Invoice>>;
  get(scope: Scope, actor: Actor, id: string): Promise<InvoiceDetail>;
  /** Approves exactly what the person saw: another content hash is refused. */
  approve(
    transaction: Transaction,
    actor: Actor & ActingScope<'invoice.approved'>,
    id: string,
    contentHash: string,
  ): Promise<InvoiceDetail>;
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
}: {
  store: InvoiceStore;
  database: TenantDatabase;
  postings: PostingService;
}): InvoiceService => {
  const locked = async (transaction: Transaction, id: string) => {
    const parts = await lockInvoice(transaction, id);
    if (!parts.invoice) throw problem('invoice.not-found');
    return { parts, invoice: parts.invoice };
  };
  const present = async (transaction: Transaction, actor: Actor, id: string): Promise<InvoiceDetail> => {
    const { parts, invoice } = await locked(transaction, id);
    return presentInvoiceDetail(parts, invoice, actor);
  };
  const requestPosting = async (
    transaction: Transaction,
    { tenantId, audit }: ActingScope<'invoice.posting-requested'>,
    id: string,
  ): Promise<void> => {
    const { parts, invoice } = await locked(transaction, id);
    if (isPostingAsked(invoice)) return;
    requireAllowed(refusesPosting(invoice, parts.posting));
    await postings.request(transaction, { tenantId, invoiceId: id, before: parts.posting });
    await setInvoiceStatus(transaction, id, 'posting');
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
    page: (scope, { customerId, status, ...query }) =>
      listPage(query, {
        list: `invoices:${[customerId, status].join(':')}`,
        by: ['instant', 'id'],
        read: (place) => store.page(scope, { ...place, customerId, status }),
        keys: (row) => [row.created_at, row.id],
        present: presentInvoice,
      }),
    get: async (scope, actor, id) => {
      const parts = await store.detail(scope, id);
      if (!parts.invoice) throw problem('invoice.not-found');
      return presentInvoiceDetail(parts, parts.invoice, actor);
    },
    approve: async (transaction, actor, id, contentHash) => {
      const { parts, invoice } = await locked(transaction, id);
      requireAllowed(refusesApproval(invoice));
      if (invoice.content_hash !== contentHash)
        throw problem('invoice.changed', { detail: 'Look at its lines again, then press “Approve”' });
      if (hashOfStored(invoice, parts.lines) !== contentHash)
        throw problem('invoice.changed', {
          detail:
            'Its lines are not those that the run wrote. The next invoice run writes it anew: look at it after that',
        });
      await markApproved(transaction, { id, memberId: actor.memberId, contentHash });
      await actor.audit(transaction, {
        act: 'invoice.approved',
        subject: invoiceSubject(invoice),
        changes: movedTo(invoice.total_minor === 0n ? 'settled' : 'approved', invoice),
      });
      return present(transaction, actor, id);
    },
    post: async (transaction, actor, id) => {
      await requestPosting(transaction, actor, id);
      return present(transaction, actor, id);
    },
    settle: async (transaction, actor, id, settlement) => {
      const { parts, invoice } = await locked(transaction, id);
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
      return present(transaction, actor, id);
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
