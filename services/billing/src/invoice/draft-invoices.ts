import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import { recordExceptions } from '../exception/record-exceptions.ts';
import type { JobEnvironment } from '../jobs/job-environment.ts';
import type { JobContext } from '../jobs/run-job.ts';
import { lastClosedMonth, localDate, monthOf, type Period } from '../rating/period.ts';
import { rate } from '../rating/rate.ts';
import type { Draft, RatingException } from '../rating/rated-values.ts';
import { withoutBilledElsewhere } from './billed-once.ts';
import {
  approvedKeys,
  approvedOthers,
  billedPeriods,
  lastSyncBegan,
  readRatingInput,
  removeOtherDrafts,
  writeDraft,
  type DraftOutcome,
} from './draft-store.ts';

/** The month that a run is for: the one that was asked for, or the last that is over. */
export const periodOf = ({ PERIOD, TIME_ZONE }: JobEnvironment, now: Date): Period =>
  PERIOD === undefined ? lastClosedMonth(now, TIME_ZONE) : monthOf(PERIOD);

/** Every code that this job opens: those that it no longer finds are resolved by it. */
const codes = [
  'term.unknown',
  'status.unknown',
  'subscription.no-end',
  'quantity.added',
  'customer.unmatched',
  'customer.archived',
  'currency.mismatch',
  'price.missing',
  'price.currency',
  'price.below-cost',
  'cost.missing',
  'line.billed-elsewhere',
  'invoice.negative',
  'invoice.differs',
] as const;

// Vendors correct usage for some weeks: months that were billed are looked at again so long.
const lookBackPeriods = 3;

const differs = (
  { customerId, customerName }: Pick<Draft, 'customerId' | 'customerName'>,
  period: Period,
): RatingException => ({
  subjectKey: `invoice:${customerId}:${period.start}`,
  code: 'invoice.differs',
  customerId,
  detail: `What ${customerName} used in ${period.start.slice(0, 7)} is no longer what its invoice says`,
  nextStep: 'Compare the usage with the invoice; bill the difference in QuickBooks if it matters',
});

type Outcomes = Record<DraftOutcome, number> & { removed: number; exceptions: number };

/** Rates one period and makes its drafts equal to that; tells what differs from what is approved. Repeatable. */
const draftPeriod = async (context: JobContext, period: Period): Promise<Outcomes> => {
  const { run, scope, database, environment, progress } = context;
  const currency = environment.CURRENCY;
  progress(`period ${period.start} to ${period.end} (first day after it)`);
  const input = await readRatingInput(database, scope, period);
  const held = new Map((await approvedKeys(database, scope, period)).map((key) => [key.sourceKey, key]));
  const rated = rate({ ...input, period, currency });
  progress(`rated ${input.subscriptions.length} subscription versions and ${input.usage.length} usage totals`);

  const outcomes: Outcomes = { created: 0, updated: 0, unchanged: 0, differs: 0, removed: 0, exceptions: 0 };
  const found: RatingException[] = [...rated.exceptions];
  const written: string[] = [];
  for (const whole of rated.drafts) {
    const { draft, exceptions } = withoutBilledElsewhere(whole, { held, period });
    found.push(...exceptions);
    if (draft.totalMinor <= 0n) continue;
    const outcome = await run.write((transaction) =>
      writeDraft(transaction, scope, { draft, period, currency, runId: run.id }),
    );
    outcomes[outcome] += 1;
    written.push(draft.customerId);
    if (outcome === 'differs') found.push(differs(draft, period));
  }
  outcomes.removed = await run.write(async (transaction) => {
    const nothingLeft = await approvedOthers(transaction, period, written);
    found.push(...nothingLeft.map((customer) => differs(customer, period)));
    outcomes.differs += nothingLeft.length;
    await recordExceptions(transaction, scope, { exceptions: found, codes, period: period.start, runId: run.id });
    return removeOtherDrafts(transaction, period, written);
  });
  outcomes.exceptions = found.length;
  progress(
    `drafts: ${outcomes.created} new, ${outcomes.updated} changed, ${outcomes.unchanged} as before, ${outcomes.differs} differ`,
  );
  return outcomes;
};

// Usage of the last days arrives after the month: invoices from an older mirror would be short, and nobody would notice.
const requireFreshMirror = async ({ database, scope, environment }: JobContext, period: Period): Promise<void> => {
  const began = await lastSyncBegan(database, scope);
  if (began && localDate(began, environment.TIME_ZONE) >= period.end) return;
  throw new JobFailure(
    'needsPerson',
    'usage.stale',
    `No usage-sync that began on ${period.end} or later has finished, so ${period.start.slice(0, 7)} is not complete: run usage-sync, then this again`,
  );
};

const requestPostings = async ({ billing, progress }: JobContext): Promise<number> => {
  try {
    return await billing.postApproved();
  } catch (error) {
    // Without QuickBooks there are drafts all the same; approved ones wait for the connection.
    if (!(error instanceof JobFailure) || error.code !== 'connection.missing') throw error;
    progress(`approved invoices were not posted: ${error.message}`);
    return 0;
  }
};

/**
 * Makes the drafts of a period, looks again at the periods that were billed before it, then asks for the posting of what
 * is approved. Repeatable, and stopped anywhere the next run carries on.
 */
export const draftInvoices = async (context: JobContext): Promise<Record<string, number>> => {
  const { database, scope, environment, now } = context;
  const period = periodOf(environment, now());
  await requireFreshMirror(context, period);
  const earlier = await billedPeriods(database, scope, { before: period.start, limit: lookBackPeriods });
  let earlierDiffering = 0;
  for (const start of earlier) earlierDiffering += (await draftPeriod(context, monthOf(start))).differs;
  const outcomes = await draftPeriod(context, period);
  return { ...outcomes, earlierDiffering, postingsRequested: await requestPostings(context) };
};
