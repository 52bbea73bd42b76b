import { asJobFailure, type JobFailure } from '@legendops/kit/jobs/job-outcome';
import { recorded, type JobSurroundings } from '../job/run-job.ts';
import { lastOver, ledgerAt, monthsOfRuns } from '../period/ledger.ts';
import { openLedger } from '../period/period-record.ts';
import { localDate, monthOf } from '../rating/period.ts';
import { draftAndLookAgain, draftMonth } from './draft-invoices.ts';

/** Runs these months one after the other, each with a record of its own: what one cannot do keeps no other one back. */
const runMonths = async (context: JobSurroundings, months: readonly (string | null)[]): Promise<JobFailure[]> => {
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

const ledgerOf = async ({ database, scope, environment, now }: JobSurroundings) => {
  const today = localDate(now(), environment.TIME_ZONE);
  const rows = await openLedger(database, scope, { from: lastOver(today), to: today });
  return { today, ledger: ledgerAt(rows, today) };
};

/**
 * The runs of the month: every month that is over and not finished, oldest first, whoever missed it; where none is, another
 * look at the newest. PERIOD asks for one month alone.
 */
export const invoiceRuns = async (context: JobSurroundings): Promise<void> => {
  const { PERIOD } = context.environment;
  const months = PERIOD === undefined ? await dueMonths(context) : [monthOf(PERIOD).start];
  const failures = await runMonths(context, months);
  const worst = failures.find(({ kind }) => kind === 'retryable') ?? failures[0];
  if (worst) throw worst;
};

const dueMonths = async (context: JobSurroundings): Promise<(string | null)[]> => {
  const { ledger, today } = await ledgerOf(context);
  const { due, again } = monthsOfRuns(ledger, today);
  return due.length > 0 ? due : [again.at(-1) ?? null];
};

/**
 * After the nightly sync: the months that do not wait for the run of the month, since a person asked for them in the portal or
 * since their run has stopped. How each of them ended is on its own record, and what is not done is asked for still.
 */
export const askedRuns = async (context: JobSurroundings): Promise<void> => {
  const { ledger } = await ledgerOf(context);
  const asked = ledger.filter(({ state, row }) => row?.isAsked && (state === 'due' || state === 'run'));
  if (asked.length === 0) return;
  const failures = await runMonths(
    context,
    asked.map(({ period }) => period),
  );
  context.progress(`months run that were asked for: ${asked.length - failures.length} of ${asked.length}`);
};
