import { sql } from '@legendops/kit/db/sql';
import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import type { JobContext } from '../job/run-job.ts';
import type { LedgerMonth } from '../period/ledger.ts';
import { unreadDays } from '../period/period-record.ts';
import { daysBetween, type Period } from '../rating/period.ts';

const whyNot = {
  open: 'is not over yet: start its run when it is',
  skipped: 'was skipped: press “Run” on it under “Periods” if it is to be billed after all',
  closed: 'is closed: press “Run” on it under “Periods” to have it looked at once more',
} as const;

/** A month that no run may draft is named with what to do; jobs decide neither that one is skipped nor that it is billed after all. */
export const requireToBill = (month: LedgerMonth | undefined, { start }: Period): 'due' | 'run' => {
  const state = month?.state ?? 'open';
  if (state === 'due' || state === 'run') return state;
  throw new JobFailure('needsPerson', `period.${state}`, `${start.slice(0, 7)} ${whyNot[state]}`);
};

const isSyncUnderWay = async ({ database, scope }: JobContext): Promise<boolean> => {
  const [row] = await database.read(
    scope,
    sql<{ running: boolean }>`
      select exists (select from billing.runs
        where job = 'usage-sync' and state = 'running' and billing.is_own_session(session)) as running`,
  );
  return row?.running === true;
};

/**
 * Usage of the last days arrives after the month: it is complete when each of its days was read by a sync that began after it
 * and has finished. A later sync that stops half-way changes nothing of that: what it replaces, it replaces whole.
 */
export const requireComplete = async (context: JobContext, period: Period): Promise<void> => {
  const unread = await unreadDays(context.database, context.scope, period);
  const [first] = unread;
  if (first === undefined) return;
  const missing = `${unread.length} of the ${daysBetween(period.start, period.end)} days of ${period.start.slice(0, 7)} have not been read since ${period.end}, the first of them ${first}`;
  if (await isSyncUnderWay(context))
    throw new JobFailure(
      'retryable',
      'usage.stale',
      `${missing}. A usage-sync is under way: this run waits for its end`,
    );
  throw new JobFailure(
    'needsPerson',
    'usage.stale',
    `${missing}. Usage is read every night, and this month is run right after: look whether Pax8 is connected if it stays so`,
  );
};
