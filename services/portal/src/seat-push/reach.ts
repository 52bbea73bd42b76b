import type { SeatCount } from '@legendops/kit/contract/pax8-seats';
import { changesOf, together, type Held, type PlannedChange } from './changes.ts';
import type { FitContract } from './contract-fit.ts';

/** What Pax8 has of a thing in the months after the one that is compared, until a last day. */
export interface Later {
  steps: readonly Held[];
  isCertain: boolean;
  lastDay: string;
}

/** Of one thing, month by month; undefined where no later month has begun. */
export const laterOf = (months: readonly { counts: readonly SeatCount[]; lastDay: string }[]): Later | undefined => {
  const last = months.at(-1);
  if (!last) return undefined;
  const steps = months.flatMap(({ counts }) => together(counts));
  const isCertain =
    months.every(({ counts }) => counts.every((count) => count.isCertain)) &&
    steps.every(({ quantityE6 }) => quantityE6 !== null);
  return { steps, isCertain, lastDay: last.lastDay };
};

/**
 * The changes of a month, and with them those by which the contract has in later months what Pax8 has there. A baseline holds on
 * until the next change: without them a month that was right, and may be done, becomes wrong by one before it. Where nothing of
 * the month can be sent nothing reaches out of it.
 */
export const changesWithReach = (
  contract: FitContract,
  { steps, lastDay, later }: { steps: readonly Held[]; lastDay: string; later: Later | undefined },
): PlannedChange[] => {
  const own = changesOf(contract, steps, lastDay);
  if (!later || !own.some(({ reason }) => reason === null)) return own;
  if (contract.endsOn !== null && contract.endsOn <= lastDay) return own;
  if (!later.isCertain) return own.map((change) => ({ ...change, reason: change.reason ?? 'later-uncertain' }));
  const { endsOn } = contract;
  const until = endsOn !== null && endsOn < later.lastDay ? endsOn : later.lastDay;
  return changesOf(contract, [...steps, ...later.steps], until);
};
