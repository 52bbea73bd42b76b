import { addDays } from '../rating/period.ts';
import type { RunRow } from '../run/run-row.ts';
import type { BilledPeriod } from './contract.ts';

// Runs of the month come within days of its end.
const lateAfterDays = 10;

/** A month that a person looks after: its run has stopped, or there was none for so long that it is not going to come. */
export const isLate = ({ state, end, newestRun }: BilledPeriod, today: string): boolean =>
  state === 'due' &&
  (newestRun?.state === 'failed' || newestRun?.state === 'needs-person' || addDays(end, lateAfterDays) <= today);

/** A run that stopped before its month was done is told with the month, or a person has skipped that. */
export const withoutUndoneMonths = (
  runs: readonly RunRow[],
  months: readonly Pick<BilledPeriod, 'period' | 'state'>[],
): RunRow[] => {
  const undone = new Set(
    months.filter(({ state }) => state === 'due' || state === 'skipped').map(({ period }) => period),
  );
  return runs.filter(({ job, period }) => job !== 'invoice-run' || period === null || !undone.has(period));
};
