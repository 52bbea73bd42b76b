import type { SeatCount } from '@legendops/kit/contract/pax8-seats';
import { largest } from '@legendops/kit/db/storable';
import { itemOf } from '../client-contract/presenter.ts';
import type { Contract } from '../superops/objects.ts';
import { changesOf, together, type Held, type PlannedChange } from './changes.ts';
import type { PlannedLine, PlanInput } from './comparison.ts';
import { endedBetween, oneFit, type Fit } from './contract-fit.ts';
import { dayBefore } from './later-months.ts';
import { leftBehind } from './left-behind.ts';
import type { LineReason } from './line-reasons.ts';
import { changesWithReach, laterOf, type Later } from './reach.ts';

export interface Plan {
  lines: PlannedLine[];
  /** Counts that a contract has already. */
  matching: number;
  /** Customers with seats that are no clients in SuperOps. */
  notClients: number;
}

/** What stands for a count of an item: who it is of, and of what. */
interface Thing {
  clientId: string;
  link: { itemId: string; itemName: string } | undefined;
  counts: readonly SeatCount[];
  steps: readonly Held[];
  later: Later | undefined;
}

/** Whether a contract charges an item of a client month by month. */
const chargesOf =
  ({ clientId, link }: Thing) =>
  (one: Contract): boolean =>
    one.client?.accountId === clientId &&
    itemOf(one)?.itemId === link?.itemId &&
    one.contract.contractType !== 'ONE_TIME';

/** The contract that a count goes into, or why there is none. Nothing is guessed: not who, not what, not which of two. */
const fitFor = (
  { clientsThere, itemsThere, contracts, unreadableContracts }: PlanInput,
  thing: Thing,
  day: string,
): Fit => {
  const { clientId, link, counts, steps } = thing;
  if (!clientsThere.has(clientId)) return { reason: 'client-gone' };
  if (!link) return { reason: 'item-needed' };
  if (!itemsThere.has(link.itemId)) return { reason: 'item-gone' };
  const isCertain = counts.every((count) => count.isCertain) && steps.every(({ quantityE6 }) => quantityE6 !== null);
  if (!isCertain) return { reason: 'seats-uncertain' };
  const fit = oneFit(contracts.filter(chargesOf(thing)), day);
  // It may be the one that could not be read: who makes another one has two.
  return 'reason' in fit && fit.reason === 'no-contract' && unreadableContracts > 0
    ? { reason: 'contract-unreadable' }
    : fit;
};

/** The last day that has come. */
const todayOf = ({ seats, later }: PlanInput): string => dayBefore(later.at(-1)?.until ?? seats.until);

const notNow = new Set<LineReason>(['contract-ended', 'contract-to-come']);

/**
 * The changes of a count, over all contracts that one after the other charge it; or why no contract charges it. What has ended
 * is written to no more: what it lacks is told.
 */
const changesFor = (input: PlanInput, thing: Thing, lastDay: string): PlannedChange[] | LineReason => {
  const fit = fitFor(input, thing, lastDay);
  if ('reason' in fit && !notNow.has(fit.reason)) return fit.reason;
  // What has ended since the month charged all of it.
  const until = 'contract' in fit ? dayBefore(fit.contract.startsOn) : todayOf(input);
  const contracts = input.contracts.filter(chargesOf(thing));
  const before = contracts
    .flatMap((one) => endedBetween(one, thing.steps[0]?.from ?? lastDay, until) ?? [])
    .filter(({ startsOn }) => startsOn <= lastDay);
  if ('reason' in fit && !before.some(({ endsOn }) => endsOn >= lastDay)) return fit.reason;
  const isAloneOn = (day: string): boolean => {
    const then = oneFit(contracts, day);
    return !('reason' in then && then.reason === 'several-contracts');
  };
  const told = before.flatMap((contract) =>
    changesOf(contract, thing.steps, contract.endsOn < lastDay ? contract.endsOn : lastDay).map((change) => ({
      ...change,
      reason: 'contract-before' as const,
    })),
  );
  return [...told, ...('contract' in fit ? changesWithReach(fit.contract, { ...thing, lastDay, isAloneOn }) : [])];
};

/** Sets the seats of a month against contracts: what would have to be written so that each contract has what Pax8 has. */
export const planOf = (input: PlanInput): Plan => {
  const { seats, clients, items } = input;
  const plan: Plan = { lines: [], matching: 0, notClients: 0 };
  const isLinked = ({ customerId }: SeatCount): boolean => clients.has(customerId);
  plan.notClients = new Set(seats.data.filter((count) => !isLinked(count)).map(({ customerId }) => customerId)).size;
  const thingOf = ({ customerId, productId }: SeatCount): string => {
    const link = items.get(productId);
    return `${customerId}\n${link ? `item:${link.itemId}` : `product:${productId}`}`;
  };
  const things = Map.groupBy(seats.data.filter(isLinked), thingOf);
  const later = input.later.map(({ data, until }) => ({
    lastDay: dayBefore(until),
    things: Map.groupBy(data, thingOf),
  }));
  const lastDay = dayBefore(seats.until);
  const compared: Thing[] = [];
  for (const [key, counts] of things) {
    const [first] = counts;
    const clientId = first && clients.get(first.customerId);
    if (!first || clientId === undefined) continue;
    const link = items.get(first.productId);
    const steps = together(counts);
    const of = {
      customerId: first.customerId,
      customerName: first.customerName,
      products: counts.map(({ productName }) => productName).join(', '),
      clientId,
      item: link ? { itemId: link.itemId, name: link.itemName } : null,
    };
    const months = later.map(({ things: of, lastDay: until }) => ({ counts: of.get(key) ?? [], lastDay: until }));
    const thing = { clientId, link, counts, steps, later: laterOf(months) };
    compared.push(thing);
    const changes = changesFor(input, thing, lastDay);
    if (typeof changes !== 'string') {
      if (changes.length === 0) plan.matching += 1;
      plan.lines.push(...changes.map((change) => ({ ...of, ...change })));
      continue;
    }
    // What nobody has any more needs no contract, and no item.
    if (changes !== 'seats-uncertain' && steps.every((step) => step.quantityE6 === 0n)) continue;
    const { from = seats.until, quantityE6: held = 0n } = steps.at(-1) ?? {};
    plan.lines.push({
      ...of,
      contract: null,
      effectiveOn: from,
      beforeE6: null,
      quantityE6: held ?? largest,
      reason: changes,
    });
  }
  plan.lines.push(...leftBehind(input, (contract) => compared.some((thing) => chargesOf(thing)(contract)), lastDay));
  return plan;
};
