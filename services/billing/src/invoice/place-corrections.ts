import type { FoundException } from '../rating/rating-values.ts';
import type { Correction } from './corrections.ts';
import type { PeriodPlan } from './draft-plan.ts';
import { withCorrection } from './with-correction.ts';

const totalOf = ({ lines }: Correction): bigint => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

/** The oldest month after the corrected one whose invoice of this customer may still change; else the oldest of all. */
const monthFor = (plans: readonly PeriodPlan[], { customerId, period }: Correction): PeriodPlan | undefined => {
  const open = plans.filter(({ approved }) => !approved.has(customerId));
  return open.find((plan) => plan.period.start > period.start) ?? open[0];
};

const waiting = (correction: Correction, currency: string): FoundException => ({
  subjectKey: `customer:${correction.customerId}`,
  code: 'correction.waiting',
  customerId: correction.customerId,
  detail: `${correction.period.start.slice(0, 7)} of ${correction.customerName} changed after its approval; every month until now is approved, so the difference waits for the next one`,
  nextStep: 'Nothing: the run of the next month writes it onto that invoice',
  amount: { minor: totalOf(correction), currency },
});

/**
 * The plans of a run with each correction on an invoice that may still change. Where there is none it is told, with its
 * amount, until the next month has one.
 */
export const placeCorrections = (plans: readonly PeriodPlan[], currency: string): PeriodPlan[] => {
  const placed = new Map(plans.map((plan) => [plan.period.start, plan]));
  for (const correction of plans.flatMap(({ corrections }) => corrections)) {
    const target = monthFor(plans, correction)?.period.start ?? correction.period.start;
    const plan = placed.get(target);
    if (!plan) continue;
    placed.set(
      target,
      plan.approved.has(correction.customerId)
        ? { ...plan, exceptions: [...plan.exceptions, waiting(correction, currency)] }
        : { ...plan, drafts: withCorrection(plan.drafts, correction) },
    );
  }
  return [...placed.values()];
};
