import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import { codesOpenedBy } from '../exception/exception-kinds.ts';
import { recordExceptions } from '../exception/record-exceptions.ts';
import type { JobEnvironment } from '../job/job-environment.ts';
import type { JobContext } from '../job/run-job.ts';
import { lastClosedMonth, localDate, lookBackMonths, monthOf, type Period } from '../rating/period.ts';
import { syncState } from './draft-input.ts';
import { planPeriod, type PeriodPlan } from './draft-plan.ts';
import { billedPeriods } from './settled-invoices.ts';
import { removeOtherDrafts, removeStaleHolders, writeDraft, type DraftOutcome } from './draft-store.ts';

/** The month that a run is for: the one that was asked for, or the last that is over. */
export const periodOf = ({ PERIOD, TIME_ZONE }: JobEnvironment, now: Date): Period =>
  PERIOD === undefined ? lastClosedMonth(now, TIME_ZONE) : monthOf(PERIOD);

type Outcomes = Record<DraftOutcome, number> & { differs: number; removed: number; exceptions: number };

/** Makes one period's drafts equal to its plan, and tells what was found. Repeatable. */
const carryOut = async (
  { run, scope, environment, progress }: JobContext,
  { period, drafts, asApproved, differing, exceptions }: PeriodPlan,
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
    const outcome = await run.write((transaction) =>
      writeDraft(transaction, scope, { draft, period, currency: environment.CURRENCY, runId: run.id }),
    );
    outcomes[outcome] += 1;
  }
  const written = drafts.map(({ customerId }) => customerId);
  outcomes.removed = await run.write(async (transaction) => {
    await recordExceptions(transaction, scope, {
      exceptions,
      codes: codesOpenedBy('invoice-run'),
      period: period.start,
      runId: run.id,
    });
    return removeOtherDrafts(transaction, period, written);
  });
  progress(
    `drafts of ${period.start.slice(0, 7)}: ${outcomes.created} new, ${outcomes.updated} changed, ${outcomes.unchanged} as before, ${outcomes.differs} differ`,
  );
  return outcomes;
};

// Usage of the last days arrives after the month, and a sync that stopped half-way has read some of it anew and some not:
// invoices from such a mirror would be wrong, and nobody would notice.
const requireFreshMirror = async ({ database, scope, environment }: JobContext, period: Period): Promise<void> => {
  const { began, newest } = await syncState(database, scope);
  if (newest === 'running')
    throw new JobFailure('retryable', 'usage.stale', 'A usage-sync is under way: this run waits for its end');
  if (!began || localDate(began, environment.TIME_ZONE) < period.end)
    throw new JobFailure(
      'needsPerson',
      'usage.stale',
      `No usage-sync that began on ${period.end} or later has finished, so ${period.start.slice(0, 7)} is not complete. Usage is read every night; ask the platform team to start the invoice run once it was`,
    );
  if (newest !== 'done')
    throw new JobFailure(
      'needsPerson',
      'usage.stale',
      'The newest usage-sync did not finish, so what it read is not complete. Usage is read every night; ask the platform team to start the invoice run once it was',
    );
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

/**
 * Makes the drafts of a period, looks again at the periods that were billed before it, then asks for the posting of what
 * is approved. Everything is planned before anything is written. Repeatable, and stopped anywhere the next run carries on.
 */
export const draftInvoices = async (context: JobContext): Promise<Record<string, number>> => {
  const { run, database, scope, environment, now } = context;
  const period = periodOf(environment, now());
  await requireFreshMirror(context, period);
  const earlier = await billedPeriods(database, scope, { before: period.start, limit: lookBackMonths });
  const periods = [...earlier.map(monthOf), period];
  const plans: PeriodPlan[] = [];
  for (const one of periods) plans.push(await planPeriod(context, one, periods));
  const toWrite = plans.flatMap((plan) => plan.drafts.map((draft) => ({ draft, period: plan.period })));
  await run.write((transaction) => removeStaleHolders(transaction, toWrite));
  const outcomes: Outcomes[] = [];
  for (const plan of plans) outcomes.push(await carryOut(context, plan));
  const earlierDiffering = outcomes.slice(0, -1).reduce((sum, { differs }) => sum + differs, 0);
  return { ...outcomes.at(-1), earlierDiffering, postingsRequested: await requestPostings(context) };
};
