import type { SeatCount } from '@legendops/kit/contract/pax8-seats';
import { changesOf, together, type Held, type PlannedChange } from './changes.ts';
import type { FitContract } from './contract-fit.ts';
import type { LineReason } from './line-reasons.ts';

/** What Pax8 has of a thing in the months after the one that is compared, until a last day. */
export interface Later {
  steps: readonly Held[];
  isCertain: boolean;
  /** Of each month, in their order. */
  lastDays: readonly string[];
}

/** Of one thing, month by month; undefined where no later month has begun. */
export const laterOf = (months: readonly { counts: readonly SeatCount[]; lastDay: string }[]): Later | undefined => {
  if (months.length === 0) return undefined;
  const steps = months.flatMap(({ counts }) => together(counts));
  const isCertain =
    months.every(({ counts }) => counts.every((count) => count.isCertain)) &&
    steps.every(({ quantityE6 }) => quantityE6 !== null);
  return { steps, isCertain, lastDays: months.map(({ lastDay }) => lastDay) };
};

/**
 * The changes of a month, and with them those by which the contract has in later months what Pax8 has there. A baseline holds on
 * until the next change: without them a month that was right, and may be done, becomes wrong by one before it. Where nothing of
 * the month can be sent nothing reaches out of it, nor where another contract shares the count there.
 */
export const changesWithReach = (
  contract: FitContract,
  {
    steps,
    lastDay,
    later,
    isAloneOn,
  }: {
    steps: readonly Held[];
    lastDay: string;
    later: Later | undefined;
    /** Whether no other contract charges the item on a day. */
    isAloneOn: (day: string) => boolean;
  },
): PlannedChange[] => {
  const own = changesOf(contract, steps, lastDay);
  if (!later || !own.some(({ reason }) => reason === null)) return own;
  if (contract.endsOn !== null && contract.endsOn <= lastDay) return own;
  const heldBack = (reason: LineReason) => own.map((change) => ({ ...change, reason: change.reason ?? reason }));
  if (!later.isCertain) return heldBack('later-uncertain');
  const { endsOn } = contract;
  const days = later.lastDays.map((day) => (endsOn !== null && endsOn < day ? endsOn : day));
  if (!days.every(isAloneOn)) return heldBack('later-several');
  const until = days.at(-1) ?? lastDay;
  return changesOf(contract, [...steps, ...later.steps], until);
};
