import { createHash } from 'node:crypto';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { approvedInvoices, lockInvoice, setInvoiceStatus, type InvoiceRow, type PostingRow } from '../invoice/store.ts';
import { connectedRealm, insertPosting, nextNumber } from './store.ts';

export interface PostingService {
  /** The posting row with requestid and DocNumber, before any call: whatever becomes of the call, they find its outcome. */
  request(
    transaction: Transaction,
    wish: { tenantId: string; invoice: InvoiceRow; before: PostingRow | undefined },
  ): Promise<void>;
  /** Requests the posting of every approved invoice; how many were requested. */
  requestApproved(scope: Scope): Promise<number>;
}

const counter = 'document-number';
const batch = 500;

// The letter at the end: QuickBooks continues a number that a person types, and no person types such a one.
const docNumberOf = (number: bigint): string => `LO${number.toString().padStart(6, '0')}L`;

/** The same for the same generation for ever: QuickBooks answers a repetition with the first result. At most 36 characters. */
const requestIdOf = (tenantId: string, invoiceId: string, generation: number): string =>
  createHash('sha256').update(`posting\n${tenantId}\n${invoiceId}\n${generation}`).digest('hex').slice(0, 32);

// Under these the number belongs to somebody else's invoice: the next try takes a new one.
const numberIsLost = new Set(['6140', 'doc-number-taken']);

const mayPost = (invoice: InvoiceRow, before: PostingRow | undefined): boolean =>
  invoice.status === 'approved' || (invoice.status === 'failed' && before?.state === 'failed');

export const postingService = (database: TenantDatabase, onRequested: () => void): PostingService => {
  const request: PostingService['request'] = async (transaction, { tenantId, invoice, before }) => {
    // Asked again while it is under way or done: the answer is how it stands.
    if (invoice.status === 'posting' || invoice.status === 'posted' || invoice.status === 'in-doubt') return;
    if (!mayPost(invoice, before))
      throw problem('invoice.wrong-state', {
        detail: `Only an approved invoice is posted, this one is ${invoice.status}`,
      });
    const realmId = await connectedRealm(transaction);
    if (realmId === undefined) throw problem('connection.missing', { detail: 'Connect QuickBooks under Connections' });
    const scope = { tenantId };
    const generation = (before?.generation ?? 0) + 1;
    const keepsNumber = before !== undefined && !numberIsLost.has(before.code ?? '');
    await insertPosting(transaction, scope, {
      invoiceId: invoice.id,
      generation,
      requestId: requestIdOf(tenantId, invoice.id, generation),
      docNumber: keepsNumber ? before.doc_number : docNumberOf(await nextNumber(transaction, scope, counter)),
      realmId,
    });
    await setInvoiceStatus(transaction, invoice.id, 'posting');
    onRequested();
  };
  return {
    request,
    requestApproved: (scope) =>
      database.write(scope, async (transaction) => {
        const ids = await approvedInvoices(transaction, batch);
        for (const id of ids) {
          const { invoice, posting } = await lockInvoice(transaction, id);
          if (invoice) await request(transaction, { tenantId: scope.tenantId, invoice, before: posting });
        }
        return ids.length;
      }),
  };
};
