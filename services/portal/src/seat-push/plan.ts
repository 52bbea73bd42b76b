import type { Pax8Seats, SeatCount, SeatStep } from '@legendops/kit/contract/pax8-seats';
import { quantityOf, quantityText } from '../client-contract/quantity.ts';
import { itemOf } from '../client-contract/presenter.ts';
import type { Contract } from '../superops/objects.ts';
import { oneFit, type Fit, type FitContract } from './contract-fit.ts';
import type { LineReason } from './line-reasons.ts';

/** A change that is to be sent, or what keeps a count from being one. */
export interface PlannedLine {
  customerId: string;
  customerName: string;
  products: string;
  clientId: string;
  contract: Pick<FitContract, 'contractId' | 'name'> | null;
  item: { itemId: string; name: string } | null;
  effectiveOn: string;
  beforeE6: bigint | null;
  quantityE6: bigint;
  reason: LineReason | null;
}

export interface Plan {
  lines: PlannedLine[];
  /** Counts that a contract has already. */
  matching: number;
  /** Customers with seats that are no clients in SuperOps. */
  notClients: number;
}

export interface PlanInput {
  seats: Pax8Seats;
  /** By customer. */
  clients: ReadonlyMap<string, string>;
  clientsThere: ReadonlySet<string>;
  /** By product. */
  items: ReadonlyMap<string, { itemId: string; itemName: string }>;
  itemsThere: ReadonlySet<string>;
  contracts: readonly Contract[];
}

/** Seats of several products that are one item are one count. */
const together = (counts: readonly SeatCount[]): SeatStep[] => {
  const days = [...new Set(counts.flatMap(({ steps }) => steps.map(({ from }) => from)))].toSorted();
  const held = ({ steps }: SeatCount, day: string): bigint =>
    quantityOf(steps.findLast(({ from }) => from <= day)?.seats ?? '0') ?? 0n;
  return days.map((from) => ({
    from,
    seats: quantityText(counts.reduce((sum, count) => sum + held(count, from), 0n)),
  }));
};

/**
 * The changes by which a contract has what Pax8 has, on each day on which either changes until the last one. Before its start it is
 * charged by another one.
 */
const changesOf = (contract: FitContract, steps: readonly SeatStep[], lastDay: string) => {
  const [first] = steps;
  const begin = first && first.from > contract.startsOn ? first.from : contract.startsOn;
  const days = [...new Set([begin, ...steps.map(({ from }) => from), ...contract.changeDays])]
    .filter((day) => day >= begin && day <= lastDay)
    .toSorted();
  const changes: { effectiveOn: string; beforeE6: bigint; quantityE6: bigint; reason: LineReason | null }[] = [];
  for (const effectiveOn of days) {
    const quantityE6 = quantityOf(steps.findLast(({ from }) => from <= effectiveOn)?.seats ?? null) ?? 0n;
    const beforeE6 = changes.findLast(({ reason }) => reason === null)?.quantityE6 ?? contract.heldOn(effectiveOn);
    if (beforeE6 === quantityE6) continue;
    const isLate = contract.changeDays.some((day) => day > effectiveOn);
    changes.push({ effectiveOn, beforeE6, quantityE6, reason: isLate ? 'later-change' : null });
  }
  return changes;
};

/** What stands for a count of an item: who it is of, and of what. */
interface Thing {
  clientId: string;
  link: { itemId: string; itemName: string } | undefined;
  counts: readonly SeatCount[];
}

/** The contract that a count goes into, or why there is none. Nothing is guessed: not who, not what, not which of two. */
const fitFor = (
  { clientsThere, itemsThere, contracts }: Pick<PlanInput, 'clientsThere' | 'itemsThere' | 'contracts'>,
  { clientId, link, counts }: Thing,
  day: string,
): Fit => {
  if (!clientsThere.has(clientId)) return { reason: 'client-gone' };
  if (!link) return { reason: 'item-needed' };
  if (!itemsThere.has(link.itemId)) return { reason: 'item-gone' };
  if (!counts.every(({ isCertain }) => isCertain)) return { reason: 'seats-uncertain' };
  const isCharging = (one: Contract): boolean =>
    one.client?.accountId === clientId && itemOf(one)?.itemId === link.itemId;
  return oneFit(contracts.filter(isCharging), day);
};

const lastDayOf = ({ until }: Pax8Seats): string =>
  new Date(Date.parse(`${until}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** Sets the seats of a month against contracts: what would have to be written so that each contract has what Pax8 has. */
export const planOf = (input: PlanInput): Plan => {
  const { seats, clients, items } = input;
  const plan: Plan = { lines: [], matching: 0, notClients: 0 };
  const isLinked = ({ customerId }: SeatCount): boolean => clients.has(customerId);
  plan.notClients = new Set(seats.data.filter((count) => !isLinked(count)).map(({ customerId }) => customerId)).size;
  const things = Map.groupBy(seats.data.filter(isLinked), ({ customerId, productId }) => {
    const link = items.get(productId);
    return `${customerId}\n${link ? `item:${link.itemId}` : `product:${productId}`}`;
  });
  for (const counts of things.values()) {
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
    const lastDay = lastDayOf(seats);
    const fit = fitFor(input, { clientId, link, counts }, lastDay);
    if ('contract' in fit) {
      const { contractId, name } = fit.contract;
      const changes = changesOf(fit.contract, steps, lastDay);
      if (changes.length === 0) plan.matching += 1;
      plan.lines.push(...changes.map((change) => ({ ...of, contract: { contractId, name }, ...change })));
      continue;
    }
    const { from = seats.until, seats: held = '0' } = steps.at(-1) ?? {};
    // What nobody has any more needs no contract, and no item.
    if (fit.reason !== 'seats-uncertain' && steps.every((step) => step.seats === '0')) continue;
    const quantityE6 = quantityOf(held) ?? 0n;
    plan.lines.push({ ...of, contract: null, effectiveOn: from, beforeE6: null, quantityE6, reason: fit.reason });
  }
  return plan;
};
