import type { SeatCount } from '@legendops/kit/contract/pax8-seats';
import { isStorable } from '@legendops/kit/db/storable';
import { quantityOf } from '../client-contract/quantity.ts';
import type { FitContract } from './contract-fit.ts';
import type { LineReason } from './line-reasons.ts';

/** From a day on so many; null for more than anybody can keep. */
export interface Held {
  from: string;
  quantityE6: bigint | null;
}

/** That a contract is to have so many from a day on, or what keeps it from being given them. */
export interface PlannedChange {
  contract: Pick<FitContract, 'contractId' | 'name'>;
  effectiveOn: string;
  beforeE6: bigint;
  quantityE6: bigint;
  reason: LineReason | null;
}

/** Seats of several products that are one item are one count. */
export const together = (counts: readonly SeatCount[]): Held[] => {
  const days = [...new Set(counts.flatMap(({ steps }) => steps.map(({ from }) => from)))].toSorted();
  const held = ({ steps }: SeatCount, day: string) =>
    quantityOf(steps.findLast(({ from }) => from <= day)?.seats ?? '0');
  return days.map((from) => {
    const each = counts.map((count) => held(count, from));
    const sum = each.reduce<bigint>((all, one) => all + (one ?? 0n), 0n);
    return { from, quantityE6: each.includes(undefined) || !isStorable(sum) ? null : sum };
  });
};

/**
 * The changes by which a contract has what Pax8 has, on each day on which either changes until the last one. Before its start it is
 * charged by another one.
 */
export const changesOf = (contract: FitContract, steps: readonly Held[], lastDay: string): PlannedChange[] => {
  const [first] = steps;
  const begin = first && first.from > contract.startsOn ? first.from : contract.startsOn;
  const days = [...new Set([begin, ...steps.map(({ from }) => from), ...contract.changeDays])]
    .filter((day) => day >= begin && day <= lastDay)
    .toSorted();
  const { contractId, name } = contract;
  const changes: PlannedChange[] = [];
  for (const effectiveOn of days) {
    const quantityE6 = steps.findLast(({ from }) => from <= effectiveOn)?.quantityE6 ?? 0n;
    const beforeE6 = changes.findLast(({ reason }) => reason === null)?.quantityE6 ?? contract.heldOn(effectiveOn);
    if (beforeE6 === quantityE6) continue;
    const isLate = contract.changeDays.some((day) => day > effectiveOn);
    const reason = isLate ? 'later-change' : null;
    changes.push({ contract: { contractId, name }, effectiveOn, beforeE6, quantityE6, reason });
  }
  return changes;
};
