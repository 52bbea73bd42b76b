import { readRatingInput, recordExceptions, removeOtherDrafts, writeDraft, type DraftOutcome } from './draft-store.ts';
import { contentHash } from '../rating/content-hash.ts';
import { lastClosedMonth, monthOf, type Period } from '../rating/period.ts';
import { rate } from '../rating/rate.ts';
import type { Draft, RatingException } from '../rating/rated-values.ts';
import type { JobEnvironment } from '../jobs/job-environment.ts';
import type { JobContext } from '../jobs/run-job.ts';

/** The month that a run is for: the one that was asked for, or the last that is over. */
export const periodOf = ({ PERIOD, TIME_ZONE }: JobEnvironment, now: Date): Period =>
  PERIOD === undefined ? lastClosedMonth(now, TIME_ZONE) : monthOf(PERIOD);

/** Every code that this job opens: those that it no longer finds are resolved by it. */
const codes = [
  'term.unknown',
  'customer.unmatched',
  'customer.archived',
  'currency.mismatch',
  'price.missing',
  'price.currency',
  'price.below-cost',
  'invoice.negative',
  'invoice.differs',
] as const;

const differs = ({ customerId, customerName }: Draft, period: Period): RatingException => ({
  subjectKey: `invoice:${customerId}:${period.start}`,
  code: 'invoice.differs',
  customerId,
  detail: `What ${customerName} used in ${period.start.slice(0, 7)} is no longer what its invoice says`,
  nextStep: 'Compare the usage with the invoice; bill the difference in QuickBooks if it matters',
});

/** Rates a period and writes its drafts; then asks for the posting of what is approved. Repeatable. */
export const draftInvoices = async (context: JobContext): Promise<Record<string, number>> => {
  const { run, scope, database, environment, billing, progress, now } = context;
  const period = periodOf(environment, now());
  const currency = environment.CURRENCY;
  progress(`period ${period.start} to ${period.end} (first day after it)`);

  const input = await readRatingInput(database, scope, period);
  const { drafts, exceptions } = rate({ ...input, period, currency });
  progress(`rated ${input.subscriptions.length} subscriptions and ${input.usage.length} usage totals`);

  const outcomes: Record<DraftOutcome, number> = { created: 0, updated: 0, unchanged: 0, differs: 0 };
  const found: RatingException[] = [...exceptions];
  for (const draft of drafts) {
    const hash = contentHash(draft, currency);
    const outcome = await run.write((transaction) =>
      writeDraft(transaction, scope, { draft, period, currency, hash, runId: run.id }),
    );
    outcomes[outcome] += 1;
    if (outcome === 'differs') found.push(differs(draft, period));
  }
  const removed = await run.write(async (transaction) => {
    await recordExceptions(transaction, scope, { exceptions: found, codes, runId: run.id });
    return removeOtherDrafts(
      transaction,
      period,
      drafts.map(({ customerId }) => customerId),
    );
  });
  progress(`drafts: ${outcomes.created} new, ${outcomes.updated} changed, ${outcomes.unchanged} as before`);
  const requested = await billing.postApproved().catch((error: unknown) => {
    // Without QuickBooks there are drafts all the same; approved ones wait for the next run.
    progress(`approved invoices were not posted: ${error instanceof Error ? error.message : 'unknown reason'}`);
    return 0;
  });
  return { ...outcomes, removed, exceptions: found.length, postingsRequested: requested };
};
