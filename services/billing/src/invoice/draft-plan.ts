import type { JobContext } from '../job/run-job.ts';
import type { Period } from '../rating/period.ts';
import { rate } from '../rating/rate.ts';
import type { Draft, FoundException } from '../rating/rating-values.ts';
import { thingOf } from '../rating/use.ts';
import { isBilledElsewhere, withoutBilledElsewhere } from './billed-once.ts';
import { correct, type Correction } from './corrections.ts';
import { activeWhereApproved, isSettled } from './draft-approved.ts';
import { readRatingInput } from './draft-input.ts';
import { standingCorrections } from './standing-corrections.ts';
import { withCorrection } from './with-correction.ts';
import { approvedInvoices, holdersOf, type Approved } from './settled-invoices.ts';

/** What a run is to do for a period, all of it known before anything is written. */
export interface PeriodPlan {
  period: Period;
  drafts: Draft[];
  /** What a person has approved of this period, by customer. */
  approved: ReadonlyMap<string, Approved>;
  corrections: Correction[];
  /** Approved invoices whose customers used what they say, and those whose did not. */
  asApproved: number;
  differing: number;
  exceptions: FoundException[];
}

const hasMoney = ({ lines }: Draft): boolean => lines.some(({ amountMinor }) => amountMinor !== 0n);

/** What a plan is made from: a job's, or of somebody who only looks. */
export type Planning = Pick<JobContext, 'database' | 'scope' | 'progress'> & {
  environment: Pick<JobContext['environment'], 'CURRENCY'>;
};

/** Rates a period, and sets what came of it against what is billed already. `drafted` are all periods of the run. */
export const planPeriod = async (
  { database, scope, environment, progress }: Planning,
  period: Period,
  drafted: readonly Period[],
): Promise<PeriodPlan> => {
  progress(`period ${period.start} to ${period.end} (first day after it)`);
  const input = await readRatingInput(database, scope, period);
  const approved = await approvedInvoices(database, scope, { period, drafted });
  const standing = await standingCorrections(database, scope, { period, drafted });
  const customers = activeWhereApproved(input.customers, approved);
  const currency = environment.CURRENCY;
  const billedHere = new Set([...approved.values()].flatMap(({ termKeys }) => termKeys));
  const rated = rate({ ...input, customers, period, currency, billedHere });
  progress(`rated ${input.subscriptions.length} subscription versions and ${input.usage.length} usage totals`);

  const holders = await holdersOf(database, scope, {
    sourceKeys: rated.uses.map(({ sourceKey }) => sourceKey),
    drafted,
  });
  const where = { holders, period, currency };
  const left = rated.drafts.map((draft) => withoutBilledElsewhere(draft, where));
  const usedByOthers = new Set(
    left.flatMap(({ exceptions }) => exceptions.map(({ subjectKey }) => thingOf(subjectKey))),
  );
  const uses = rated.uses.filter((use) => !isBilledElsewhere(use, where));
  const billed = [...approved.values()].filter(({ isLeft }) => !isLeft);
  const corrected = billed.map((invoice) =>
    correct(invoice, {
      rated: { ...rated, uses },
      lines: left.find(({ draft }) => draft.customerId === invoice.customerId)?.draft.lines ?? [],
      usedByOthers,
      customer: customers.find(({ id, pax8CompanyId }) => id === invoice.customerId && pax8CompanyId !== null),
      period,
      currency,
    }),
  );
  const drafts = left.map(({ draft }) => draft).filter((draft) => hasMoney(draft) && !approved.has(draft.customerId));
  const differing = corrected.filter(({ correction, exceptions }) => correction ?? exceptions.length > 0).length;
  return {
    period,
    drafts: standing.reduce(withCorrection, drafts),
    approved,
    corrections: corrected.flatMap(({ correction }) => correction ?? []),
    asApproved: approved.size - differing,
    differing,
    exceptions: [
      ...rated.exceptions.filter((exception) => !isSettled(exception, approved)),
      ...left.flatMap(({ exceptions }) => exceptions),
      ...corrected.flatMap(({ exceptions }) => exceptions),
    ],
  };
};
