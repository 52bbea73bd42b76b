import type { JobContext } from '../job/run-job.ts';
import type { Period } from '../rating/period.ts';
import { rate } from '../rating/rate.ts';
import type { Draft, FoundException } from '../rating/rating-values.ts';
import { isBilledElsewhere, withoutBilledElsewhere } from './billed-once.ts';
import { activeWhereApproved, differsInUse, isSettled } from './draft-approved.ts';
import { readRatingInput } from './draft-input.ts';
import { approvedInvoices, holdersOf, type Approved } from './settled-invoices.ts';

/** What a run is to do for a period, all of it known before anything is written. */
export interface PeriodPlan {
  period: Period;
  drafts: Draft[];
  /** Approved invoices whose customers used what they say, and those whose did not. */
  asApproved: number;
  differing: number;
  exceptions: FoundException[];
}

const differs = ({ customerId, customerName }: Approved, period: Period): FoundException => ({
  subjectKey: `invoice:${customerId}:${period.start}`,
  code: 'invoice.differs',
  customerId,
  detail: `What ${customerName} used in ${period.start.slice(0, 7)} is no longer what its invoice says`,
  nextStep: 'Compare the usage with the invoice; bill the difference in QuickBooks if it matters',
});

/** Rates a period, and sets what came of it against what is billed already. `made` are all periods of the run. */
export const planPeriod = async (
  { database, scope, environment, progress }: JobContext,
  period: Period,
  drafted: readonly Period[],
): Promise<PeriodPlan> => {
  progress(`period ${period.start} to ${period.end} (first day after it)`);
  const input = await readRatingInput(database, scope, period);
  const approved = await approvedInvoices(database, scope, period);
  const customers = activeWhereApproved(input.customers, approved);
  const rated = rate({ ...input, customers, period, currency: environment.CURRENCY });
  progress(`rated ${input.subscriptions.length} subscription versions and ${input.usage.length} usage totals`);

  const holders = await holdersOf(database, scope, {
    sourceKeys: rated.uses.map(({ sourceKey }) => sourceKey),
    drafted,
  });
  const where = { holders, period, currency: environment.CURRENCY };
  const left = rated.drafts.map((draft) => withoutBilledElsewhere(draft, where));
  const uses = rated.uses.filter((use) => !isBilledElsewhere(use, where));
  const differing = [...approved.values()].filter((invoice) => differsInUse(invoice, uses));
  return {
    period,
    drafts: left
      .map(({ draft }) => draft)
      .filter(({ customerId, totalMinor }) => totalMinor > 0n && !approved.has(customerId)),
    asApproved: approved.size - differing.length,
    differing: differing.length,
    exceptions: [
      ...rated.exceptions.filter((exception) => !isSettled(exception, approved)),
      ...left.flatMap(({ exceptions }) => exceptions),
      ...differing.map((invoice) => differs(invoice, period)),
    ],
  };
};
