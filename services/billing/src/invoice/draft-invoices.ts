import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import { inStep } from '@legendops/kit/trace/in-span';
import { codesOpenedBy } from '../exception/exception-kinds.ts';
import { recordExceptions } from '../exception/record-exceptions.ts';
import type { JobEnvironment } from '../job/job-environment.ts';
import type { JobContext } from '../job/run-job.ts';
import { ledgerAt, lastOver, monthIn, monthsOfRuns } from '../period/ledger.ts';
import { closePeriods, finishPeriod, holdPeriod, openLedger } from '../period/period-record.ts';
import { localDate, monthOf, type Period } from '../rating/period.ts';
import { retellVariances } from '../reconciliation/variances.ts';
import { planPeriod, type PeriodPlan } from './draft-plan.ts';
import { removeOtherDrafts, removeStaleHolders, writeDraft, type DraftOutcome } from './draft-store.ts';
import { requireComplete, requireToBill } from './month-to-draft.ts';
import { answerRejections } from './decision-store.ts';
import { withOwnLines } from './edit-store.ts';
import { settleLapsesOfNothing } from './send-back.ts';
import { placeCorrections } from './place-corrections.ts';
import { tellSkipped } from './tell-skipped.ts';

/** The month that a run is for: the one that was asked for, or the last that is over. */
export const periodOf = ({ PERIOD, TIME_ZONE }: JobEnvironment, now: Date): Period =>
  monthOf(PERIOD ?? lastOver(localDate(now, TIME_ZONE)));

type Outcomes = Record<DraftOutcome, number> & { differs: number; removed: number; exceptions: number };

/** Makes one period's drafts equal to its plan, and tells what was found. Repeatable. */
const carryOut = async (
  { run, scope, environment, progress }: JobContext,
  { period, drafts, approved, asApproved, differing, exceptions }: PeriodPlan,
): Promise<Outcomes> => {
  const outcomes: Outcomes = {
    created: 0,
    updated: 0,
    unchanged: asApproved,
    differs: differing,
    removed: 0,
    exceptions: exceptions.length,
  };
  for (const draft of drafts) {
    const outcome = await run.write(async (transaction) => {
      await holdPeriod(transaction, period);
      return writeDraft(transaction, scope, { draft, period, currency: environment.CURRENCY, runId: run.id });
    });
    outcomes[outcome] += 1;
  }
  // What was approved when this was planned may be a draft again by now: nothing was drafted in its place, and it stays.
  const kept = [...drafts.map(({ customerId }) => customerId), ...approved.keys()];
  outcomes.removed = await run.write(async (transaction) => {
    await holdPeriod(transaction, period);
    await recordExceptions(transaction, scope, {
      exceptions,
      codes: codesOpenedBy('invoice-run'),
      period: period.start,
      runId: run.id,
    });
    await answerRejections(transaction, { period, runId: run.id });
    return removeOtherDrafts(transaction, period, kept);
  });
  progress(
    `drafts of ${period.start.slice(0, 7)}: ${outcomes.created} new, ${outcomes.updated} changed, ${outcomes.unchanged} as before, ${outcomes.differs} differ`,
  );
  return outcomes;
};

// Without QuickBooks, or while it is paused, there are drafts all the same; approved ones wait for it.
const withoutAccount = new Set(['connection.missing', 'connection.paused']);

const requestPostings = async ({ billing, progress }: JobContext): Promise<number> => {
  try {
    return await billing.postApproved();
  } catch (error) {
    if (!(error instanceof JobFailure) || !withoutAccount.has(error.code)) throw error;
    progress(`approved invoices were not posted: ${error.message}`);
    return 0;
  }
};

const draftMonths = async (
  context: JobContext,
  { period, again, closing }: { period: Period | null; again: readonly string[]; closing: readonly string[] },
): Promise<Record<string, number>> => {
  const { run, environment, now } = context;
  const today = localDate(now(), environment.TIME_ZONE);
  const periods = [...again.map(monthOf), ...(period ? [period] : [])].toSorted((a, b) => (a.start < b.start ? -1 : 1));
  const planned: PeriodPlan[] = [];
  for (const one of periods) planned.push(await inStep('plan month', () => planPeriod(context, one, periods)));
  const plans = await withOwnLines(context, placeCorrections(planned, environment.CURRENCY));
  const toWrite = plans.flatMap((plan) => plan.drafts.map((draft) => ({ draft, period: plan.period })));
  await run.write((transaction) => removeStaleHolders(transaction, toWrite));
  const outcomes = new Map<string, Outcomes>();
  for (const plan of plans)
    outcomes.set(plan.period.start, await inStep('write drafts', () => carryOut(context, plan)));
  const closed = await run.write(async (transaction) => {
    if (period) await finishPeriod(transaction, { period, runId: run.id, today });
    await settleLapsesOfNothing(transaction);
    return closePeriods(transaction, closing);
  });
  const own = period && outcomes.get(period.start);
  const earlierDiffering = again.reduce((sum, month) => sum + (outcomes.get(month)?.differs ?? 0), 0);
  return { ...own, earlierDiffering, closed };
};

/** Makes the drafts of one month and of no other, and says that it is done. Repeatable, and stopped anywhere begun anew. */
export const draftMonth = async (context: JobContext, period: Period): Promise<Record<string, number>> => {
  await requireComplete(context, period);
  return draftMonths(context, { period, again: [], closing: [] });
};

/**
 * Makes the drafts of a month, looks again at all that were run and are not closed, and asks for the posting of what is
 * approved. Everything is planned before anything is written. Without a month of its own it looks again alone.
 */
export const draftAndLookAgain = async (
  context: JobContext,
  period: Period | null,
): Promise<Record<string, number>> => {
  const { database, scope, environment, now } = context;
  const today = localDate(now(), environment.TIME_ZONE);
  const rows = await openLedger(database, scope, { from: period?.start ?? lastOver(today), to: today });
  const ledger = ledgerAt(rows, today);
  // What was run was complete then.
  if (period && requireToBill(monthIn(ledger, period.start), period) === 'due') await requireComplete(context, period);
  const { again, closing } = monthsOfRuns(ledger, today);
  const counts = await draftMonths(context, {
    period,
    again: again.filter((month) => month !== period?.start),
    closing,
  });
  await tellSkipped(context);
  await retellVariances(context);
  return { ...counts, postingsRequested: await requestPostings(context) };
};

/** One run: of the month that was asked for, or of the last that is over. */
export const draftInvoices = (context: JobContext): Promise<Record<string, number>> =>
  draftAndLookAgain(context, periodOf(context.environment, context.now()));
