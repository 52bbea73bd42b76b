import { asJobFailure, JobFailure } from '@legendops/kit/jobs/job-outcome';
import { recorded, type JobSurroundings } from '../job/run-job.ts';
import { lastOver, ledgerAt, monthsOfRuns, type LedgerMonth } from '../period/ledger.ts';
import { askForRuns, openLedger, type JobLedgerRow } from '../period/period-record.ts';
import { addMonths, localDate, monthOf } from '../rating/period.ts';
import { draftAndLookAgain, draftMonth } from './draft-invoices.ts';

/** Runs these months one after the other, each with a record of its own: what one cannot do keeps no other one back. */
const runMonths = async (
  context: JobSurroundings,
  { months, today }: { months: readonly (string | null)[]; today: string },
): Promise<JobFailure[]> => {
  const { database, scope, now } = context;
  const named = months.filter((month) => month !== null);
  await database.write(scope, (transaction) => askForRuns(transaction, { months: named, today, at: now() }));
  const failures: JobFailure[] = [];
  for (const [index, month] of months.entries()) {
    const period = month === null ? null : monthOf(month);
    // The last one looks again at all that is run: also at what was run a moment ago.
    const isLast = index === months.length - 1;
    try {
      await recorded(
        {
          name: 'invoice-run',
          period: () => month,
          work: (run) => (isLast || period === null ? draftAndLookAgain(run, period) : draftMonth(run, period)),
        },
        context,
      );
    } catch (error) {
      const failure = asJobFailure(error);
      failures.push(failure);
      // Whoever runs has them all before it.
      if (failure.code === 'already-running') break;
    }
  }
  return failures;
};

const ledgerFrom = async (
  { database, scope }: JobSurroundings,
  { from, today }: { from: string; today: string },
): Promise<LedgerMonth<JobLedgerRow>[]> => ledgerAt(await openLedger(database, scope, { from, to: today }), today);

/** A new tenant's first month may be the one before it came: that is over when the first run comes. */
const dueMonths = async (context: JobSurroundings, today: string): Promise<(string | null)[]> => {
  const { due, again } = monthsOfRuns(await ledgerFrom(context, { from: lastOver(today), today }), today);
  return due.length > 0 ? due : [again.at(-1) ?? null];
};

// All months from the one asked for on are due then: a slip of the keyboard is not to bill ten years.
const mostMonthsBack = 24;

const monthAskedFor = async (context: JobSurroundings, date: string, today: string): Promise<string> => {
  const { start } = monthOf(date);
  if (start >= addMonths(lastOver(today), -mostMonthsBack)) {
    await ledgerFrom(context, { from: start, today });
    return start;
  }
  throw new JobFailure(
    'needsPerson',
    'period.too-old',
    `PERIOD ${start.slice(0, 7)} is more than ${mostMonthsBack} months back: nothing that old is billed by rule`,
  );
};

/**
 * The runs of the month: every month that is over and not finished, oldest first, whoever missed it; where none is, another
 * look at the newest. PERIOD asks for one month alone, also for one before the tenant's first.
 */
export const invoiceRuns = async (context: JobSurroundings): Promise<void> => {
  const { environment, now } = context;
  const today = localDate(now(), environment.TIME_ZONE);
  const { PERIOD } = environment;
  const months = PERIOD === undefined ? await dueMonths(context, today) : [await monthAskedFor(context, PERIOD, today)];
  const failures = await runMonths(context, { months, today });
  const worst = failures.find(({ kind }) => kind === 'retryable') ?? failures[0];
  if (worst) throw worst;
};

/**
 * After the nightly sync: the months that do not wait for the run of the month, since a person asked for them in the portal or
 * since their run has stopped. How each of them ended is on its own record, and what is not done is asked for still.
 */
export const askedRuns = async (context: JobSurroundings): Promise<void> => {
  const today = localDate(context.now(), context.environment.TIME_ZONE);
  const ledger = await ledgerFrom(context, { from: monthOf(today).start, today });
  const asked = ledger.filter(({ state, row }) => row?.isAsked && (state === 'due' || state === 'run'));
  if (asked.length === 0) return;
  const failures = await runMonths(context, { months: asked.map(({ period }) => period), today });
  context.progress(`months that were asked for: ${asked.length - failures.length} of ${asked.length} run`);
};
