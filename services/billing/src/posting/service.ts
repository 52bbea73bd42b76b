import { createHash } from 'node:crypto';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { connectionMissing } from '../connection/vendors.ts';
import type { Settlement } from '../contract.ts';
import { postingReason } from './posting-reasons.ts';
import type { PostingBefore, PostingRow } from './posting-row.ts';
import { settleByHand } from './settle-by-hand.ts';
import { connectedAccount, insertPosting, nextNumber } from './store.ts';

export interface PostingService {
  /**
   * The posting row with requestid and DocNumber, before any call: whatever becomes of the call, they find its outcome.
   * Throws connection.missing or connection.paused where there is no account to post to.
   */
  request(
    transaction: Transaction,
    posting: { tenantId: string; invoiceId: string; before: PostingBefore | undefined },
  ): Promise<void>;
  /** Ends a posting by a person's word. Throws invoice.wrong-state while it is looked for. */
  settle(transaction: Transaction, posting: PostingRow, settlement: Settlement): Promise<void>;
}

const counter = 'document-number';

// The letter at the end: QuickBooks continues a number that a person types, and no person types such a one.
const docNumberOf = (number: bigint): string => `LO${number.toString().padStart(6, '0')}L`;

/** The same for the same generation for ever: QuickBooks answers a repetition with the first result. At most 36 characters. */
const requestIdOf = (tenantId: string, invoiceId: string, generation: number): string =>
  createHash('sha256').update(`posting\n${tenantId}\n${invoiceId}\n${generation}`).digest('hex').slice(0, 32);

export const postingService = (onRequested: () => void): PostingService => ({
  request: async (transaction, { tenantId, invoiceId, before }) => {
    const account = await connectedAccount(transaction);
    if (account?.state === 'paused')
      throw problem('connection.paused', account.failure === null ? {} : { detail: account.failure });
    if (account?.state !== 'connected') throw connectionMissing('quickbooks');
    const scope = { tenantId };
    const generation = (before?.generation ?? 0) + 1;
    const keepsNumber = before !== undefined && postingReason(before.code).keepsNumber;
    await insertPosting(transaction, scope, {
      invoiceId,
      generation,
      requestId: requestIdOf(tenantId, invoiceId, generation),
      docNumber: keepsNumber ? before.doc_number : docNumberOf(await nextNumber(transaction, scope, counter)),
      account,
    });
    onRequested();
  },
  settle: settleByHand,
});
