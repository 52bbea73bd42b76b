import { monthsOf } from './billing-term.ts';
import { addDays, addMonths, isStep } from './period.ts';
import type { Commitment, SubscriptionVersion } from './rating-values.ts';

/** A time, its end excluded, in which seats that were bought stay bought, and what Pax8 lets go before. Null is not said. */
export interface Lock {
  begin: string;
  end: string;
  isCommitment: boolean;
  allowsDecrease: boolean | null;
  allowsCancellation: boolean | null;
}

// What a cancellation costs is said nowhere: with a fee it cannot be settled by rule.
const cancellation = ({ allowsCancellation, hasCancellationFee }: Commitment): boolean | null => {
  if (allowsCancellation !== true) return allowsCancellation;
  return hasCancellationFee === false ? true : null;
};

/** `since`: the end of the commitment before it, from which one counts whose length is not known here. */
const lockOf = (
  commitment: Commitment,
  { startDate }: SubscriptionVersion,
  since: (end: string) => string | undefined,
): Lock | undefined => {
  const { term, endDate } = commitment;
  const months = term === null ? undefined : monthsOf(term);
  const said = {
    isCommitment: true,
    allowsDecrease: commitment.allowsDecrease,
    allowsCancellation: cancellation(commitment),
  };
  // Like any end at Pax8 it is the first day of what follows, or the last one before.
  const end = endDate === null || isStep(endDate, startDate, 1) ? endDate : addDays(endDate, 1);
  if (end === null)
    return months === undefined ? undefined : { begin: startDate, end: addMonths(startDate, months), ...said };
  return { begin: months === undefined ? (since(end) ?? startDate) : addMonths(end, -months), end, ...said };
};

/**
 * The commitments of a subscription, each with its begin counted back from its end: one that was told later held before,
 * too. What Pax8 lets go is what it said first, so that an old month keeps its result.
 */
export const commitmentsOf = (versions: readonly SubscriptionVersion[]): Lock[] => {
  if (versions.every(({ commitment }) => commitment === null)) return [];
  const byEnd = new Map<string, Lock>();
  const endBefore = (end: string): string | undefined =>
    [...byEnd.keys()].filter((one) => one < end).reduce<string | undefined>((a, b) => (a && a > b ? a : b), undefined);
  for (const version of versions) {
    const lock = version.commitment ? lockOf(version.commitment, version, endBefore) : undefined;
    if (!lock) continue;
    const before = byEnd.get(lock.end);
    byEnd.set(lock.end, {
      ...lock,
      begin: before?.begin ?? lock.begin,
      allowsDecrease: before?.allowsDecrease ?? lock.allowsDecrease,
      allowsCancellation: before?.allowsCancellation ?? lock.allowsCancellation,
    });
  }
  return [...byEnd.values()].toSorted((a, b) => a.begin.localeCompare(b.begin));
};
