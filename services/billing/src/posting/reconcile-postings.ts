import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import { inStep } from '@legendops/kit/trace/in-span';
import { driftException, subjectOf } from '../book-entry/find-drift.ts';
import { postedLately } from '../book-entry/find-posted.ts';
import type { PostedSale } from '../book-entry/entry-row.ts';
import { insteadOf } from '../book-entry/instead-of.ts';
import { lookAtChanges } from '../book-entry/look.ts';
import { recordEntries, type SeenEntry } from '../book-entry/record-entries.ts';
import { InvoiceKind } from '../contract.ts';
import { codesOpenedBy } from '../exception/exception-kinds.ts';
import { recordExceptions } from '../exception/record-exceptions.ts';
import type { JobContext } from '../job/run-job.ts';
import { quickBooksAccount, type QuickBooksAccount } from '../quickbooks/quickbooks-account.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import { realmLimiter } from '../quickbooks/realm-limiter.ts';
import { tellLaterInvoices } from '../second-biller/later-invoices.ts';

const lookBackDays = 100;
const atOnce = 30;

const accountOf = async ({
  billing,
  patience,
}: JobContext): Promise<{ realmId: string; account: QuickBooksAccount }> => {
  let access = await billing.vendorAccess('quickbooks', { renew: false });
  const { realmId, url } = access;
  if (realmId === null) throw new JobFailure('retryable', 'unexpected', 'The billing service named no account');
  const token = async ({ renew }: { renew: boolean }) => {
    if (renew) access = await billing.vendorAccess('quickbooks', { renew });
    return access.accessToken;
  };
  return { realmId, account: quickBooksAccount({ apiUrl: url, realmId, token, limiter: realmLimiter(), patience }) };
};

/** Each as it is there: by its id, and one that a search does not show by itself. */
const compared = async (
  account: QuickBooksAccount,
  kind: InvoiceKind,
  posted: readonly PostedSale[],
): Promise<SeenEntry[]> => {
  const found = await account.salesById(
    kind,
    posted.map(({ quickBooksId }) => quickBooksId),
  );
  const seen: SeenEntry[] = [];
  for (const one of posted)
    seen.push({
      posted: one,
      sale: found.find(({ id }) => id === one.quickBooksId) ?? (await account.sale(kind, one.quickBooksId)),
    });
  return seen;
};

const compareAll = async (context: JobContext): Promise<Record<string, number>> => {
  const { run, scope, database, progress, now } = context;
  const { realmId, account } = await accountOf(context);
  const posted = await postedLately(database, scope, { realmId, days: lookBackDays });
  let differences = 0;
  for (const kind of InvoiceKind.options) {
    const ofKind = posted.filter((one) => one.kind === kind);
    for (let from = 0; from < ofKind.length; from += atOnce) {
      const some = ofKind.slice(from, from + atOnce);
      const seen = await inStep('compare with the books', () => compared(account, kind, some));
      const instead = await insteadOf(account, seen);
      differences += await run.write(async (transaction) => {
        const entries = await recordEntries(transaction, scope, { seen, at: now() });
        const exceptions = seen.flatMap(({ posted: one }) => {
          const entry = entries.get(one.postingId);
          return (entry && driftException(one, entry, instead.get(one.postingId))) ?? [];
        });
        await recordExceptions(transaction, scope, {
          exceptions,
          codes: codesOpenedBy('reconcile'),
          checkedSubjects: seen.map((one) => subjectOf(one.posted)),
          period: null,
          runId: run.id,
        });
        return exceptions.length;
      });
      progress(`compared ${Math.min(from + atOnce, ofKind.length)} of ${ofKind.length}: ${kind}`);
    }
  }
  const { changed, foreign } = await lookAtChanges({
    database,
    scope,
    realmId,
    account,
    now: now(),
    write: (work) => run.write(work),
    runId: run.id,
  });
  progress(`read what has changed in the books, ${changed} of it ours`);
  return { compared: posted.length, differences: differences + foreign, ...(await tellLaterInvoices(context)) };
};

/**
 * Compares what was posted lately with QuickBooks, one by one, and reads what has changed there: what is paid, and what a person
 * has changed, copied, voided or deleted; and what SuperOps has invoiced beside it. Every difference becomes an exception that a
 * person looks at.
 */
export const reconcilePostings = (context: JobContext): Promise<Record<string, number>> =>
  compareAll(context).catch((error: unknown) => {
    if (!(error instanceof QuickBooksError)) throw error;
    const kind = error.kind === 'token' || error.kind === 'lapsed' ? 'needsPerson' : 'retryable';
    throw new JobFailure(kind, `quickbooks.${error.kind}`, error.message);
  });
