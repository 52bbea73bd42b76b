import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { codesOpenedBy } from '../exception/exception-kinds.ts';
import { recordExceptions } from '../exception/record-exceptions.ts';
import type { AccountChanges } from '../quickbooks/account-changes.ts';
import type { QuickBooksAccount } from '../quickbooks/quickbooks-account.ts';
import type { QuickBooksSale } from '../quickbooks/sale.ts';
import type { FoundException } from '../rating/rating-values.ts';
import { driftException, foreignException, foreignSubject, subjectOf } from './find-drift.ts';
import type { PostedSale } from './entry-row.ts';
import { findPosted } from './find-posted.ts';
import { lookedUntil, readUntil } from './look-store.ts';
import { insteadOf } from './instead-of.ts';
import { recordEntries, type SeenEntry } from './record-entries.ts';

/** Where changes of an account are read, and who reads them: the service, or a run. */
export interface Look {
  database: TenantDatabase;
  scope: Scope;
  realmId: string;
  account: Pick<QuickBooksAccount, 'changes' | 'salesByNumber'>;
  now: Date;
  /** A write of whoever looks. */
  write: (work: (transaction: Transaction) => Promise<void>) => Promise<void>;
  runId: string | null;
}

// As far back as QuickBooks tells of deletions; what was posted before is compared by the job, one by one.
const firstLookMs = 29 * 86_400_000;

const seenIn = ({ sales, deleted }: AccountChanges, posted: readonly PostedSale[]): SeenEntry[] =>
  posted.flatMap((one): SeenEntry[] => {
    const isIt = ({ kind, id }: { kind: string; id: string }): boolean => kind === one.kind && id === one.quickBooksId;
    const sale = sales.find(isIt);
    return sale || deleted.some(isIt) ? [{ posted: one, sale }] : [];
  });

/**
 * Reads what has changed in an account since the last look: what is paid, and what a person has changed of ours. A hint that
 * came, came twice or never came makes no difference to what is found.
 */
export const lookAtChanges = async (look: Look): Promise<{ changed: number; foreign: number }> => {
  const { database, scope, realmId, account, now, runId, write } = look;
  const since = (await readUntil(database, scope, { realmId, now })) ?? new Date(now.getTime() - firstLookMs);
  const changes = await account.changes(since, now);
  const ids = [...changes.sales, ...changes.deleted].map(({ id }) => id);
  const marks = [...new Set(changes.sales.map(({ fingerprint }) => fingerprint).filter((mark) => mark !== ''))];
  const { posted, marked } = await findPosted(database, scope, { realmId, ids, marks });
  const ours = new Set(posted.map(({ kind, quickBooksId }) => `${kind} ${quickBooksId}`));
  const foreign = changes.sales.filter(({ kind, id }) => !ours.has(`${kind} ${id}`));
  const seen = seenIn(changes, posted);
  const instead = await insteadOf(account, seen);
  const isInstead = ({ kind, id }: QuickBooksSale): boolean =>
    [...instead.values()].some((other) => other.kind === kind && other.id === id);
  const exceptions = foreign.flatMap((sale): FoundException[] => {
    // What has taken the number of one that is gone is told with that.
    if (sale.fingerprint === '' || isInstead(sale)) return [];
    const found = foreignException(
      realmId,
      sale,
      marked.find(({ id }) => id === sale.fingerprint),
    );
    return found ? [found] : [];
  });
  await write(async (transaction) => {
    const entries = await recordEntries(transaction, scope, { seen, at: now });
    const drifts = seen.flatMap(({ posted: one }) => {
      const entry = entries.get(one.postingId);
      return (entry && driftException(one, entry, instead.get(one.postingId))) ?? [];
    });
    await recordExceptions(transaction, scope, {
      exceptions: [...drifts, ...exceptions],
      codes: codesOpenedBy('reconcile'),
      checkedSubjects: [
        ...posted.map(subjectOf),
        ...[...foreign, ...changes.deleted].map((one) => foreignSubject(realmId, one)),
      ],
      period: null,
      runId,
    });
    await lookedUntil(transaction, scope, { realmId, readTo: changes.readTo, now });
  });
  return { changed: posted.length, foreign: exceptions.length };
};
