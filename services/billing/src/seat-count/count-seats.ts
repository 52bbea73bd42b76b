import type { SeatCount, SeatStep } from '@legendops/kit/contract/pax8-seats';
import { quantityText } from '../rating/currency.ts';
import { isFree, isOfKnownStatus, lacksEnd, type Known } from '../rating/known-subscription.ts';
import { addDays, earliest, type Period } from '../rating/period.ts';
import type { SubscriptionVersion } from '../rating/rating-values.ts';
import { seatsOf } from '../rating/seats.ts';

export interface SeatCustomer {
  id: string;
  name: string;
  pax8CompanyId: string;
}

/** From a day on so many more or fewer. */
interface Change {
  on: string;
  byE6: bigint;
}

/** Of a month, the days that have come: what is to come may still change. */
export const daysCounted = (month: Period, today: string): Period => ({
  start: month.start,
  end: earliest(month.end, addDays(today, 1)),
});

/** What is listed as delivered, whatever is billed of it: an end that is known counts from its day on. */
const changesOf = (known: Known): Change[] =>
  seatsOf(known, { terms: [], commitments: [] }).steps.flatMap(({ from, to, quantityE6 }) => [
    { on: from, byE6: quantityE6 },
    ...(to === null ? [] : [{ on: to, byE6: -quantityE6 }]),
  ]);

/** A version that holds on a day of the period, and by which nobody can say what was delivered. */
const isUncertain = (known: Known): boolean =>
  known.versions.some(
    (version) =>
      version.effectiveFrom < known.period.end &&
      (version.effectiveTo === null || version.effectiveTo > known.period.start) &&
      !isFree(version) &&
      (!isOfKnownStatus(version) || lacksEnd(known, version)),
  );

const stepsOf = (changes: readonly Change[], { start, end }: Period): SeatStep[] => {
  const held = (day: string): bigint => changes.reduce((sum, { on, byE6 }) => (on <= day ? sum + byE6 : sum), 0n);
  const days = [start, ...new Set(changes.map(({ on }) => on).filter((on) => on > start && on < end))].toSorted();
  const steps: SeatStep[] = [];
  for (const day of days) {
    const seats = quantityText(held(day));
    if (steps.at(-1)?.seats !== seats) steps.push({ from: day, seats });
  }
  return steps;
};

/**
 * What each customer has of each product on the days of a period. What a customer had and has no more is counted as none.
 */
export const countSeats = ({
  customers,
  subscriptions,
  period,
}: {
  customers: readonly SeatCustomer[];
  /** Every version, those of one subscription together and in their order. */
  subscriptions: readonly SubscriptionVersion[];
  period: Period;
}): SeatCount[] => {
  if (period.start >= period.end) return [];
  const byCompany = new Map(customers.map((customer) => [customer.pax8CompanyId, customer]));
  const counts = new Map<string, { customer: SeatCustomer; of: SubscriptionVersion; known: Known[] }>();
  for (const versions of Map.groupBy(subscriptions, ({ id }) => id).values()) {
    const of = versions.at(-1);
    const customer = of && byCompany.get(of.companyId);
    // What has only ever been free, such as usage, is no count of seats.
    if (!customer || versions.every(isFree)) continue;
    const key = `${customer.id}\n${of.productId}`;
    const count = counts.get(key) ?? { customer, of, known: [] };
    count.known.push({ versions, period });
    counts.set(key, count);
  }
  return [...counts.values()]
    .map(({ customer, of, known }) => ({
      customerId: customer.id,
      customerName: customer.name,
      productId: of.productId,
      productName: of.productName,
      steps: stepsOf(known.flatMap(changesOf), period),
      isCertain: !known.some(isUncertain),
    }))
    .toSorted(
      (one, other) =>
        one.customerName.localeCompare(other.customerName) ||
        one.customerId.localeCompare(other.customerId) ||
        one.productName.localeCompare(other.productName) ||
        one.productId.localeCompare(other.productId),
    );
};
