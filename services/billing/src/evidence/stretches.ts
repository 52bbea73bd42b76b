import { isBoughtOnce, prepaidMonths } from '../rating/billing-term.ts';
import { addDays, addMonths, daysBetween, earliest, stepsUntil } from '../rating/period.ts';

/** What is needed of a version of a subscription to know from when to when its price is one. */
export interface Version {
  effectiveFrom: string;
  effectiveTo: string | null;
  startDate: string;
  endDate: string | null;
  billingTerm: string;
  status: string;
}

export interface Stretch<Of extends Version> {
  from: string;
  /** The first day after it; null while it goes on. */
  to: string | null;
  /** Whose price counts. */
  pricedOn: string;
  version: Of;
  /** Whether Pax8 said something else from this day on; false where the price alone is another. */
  isSaid: boolean;
}

/** The begin of the paid term that a date lies in; what is bought once, or by the month, has none. */
const termBeginAt = ({ startDate, billingTerm }: Version, date: string): string | undefined => {
  const months = prepaidMonths(billingTerm);
  if (months === undefined) return undefined;
  const steps = stepsUntil(date, startDate, months);
  const begin = addMonths(startDate, steps * months);
  return begin > date && steps > 0 ? addMonths(startDate, (steps - 1) * months) : begin;
};

/** The days between two on which a paid term begins anew. */
const renewals = (version: Version, { from, to }: { from: string; to: string }): string[] => {
  const { startDate, endDate, billingTerm, status } = version;
  const months = prepaidMonths(billingTerm);
  if (months === undefined || isBoughtOnce(billingTerm) || status === 'Cancelled') return [];
  const until = endDate === null ? to : earliest(to, endDate);
  const found: string[] = [];
  for (let steps = stepsUntil(from, startDate, months); ; steps += 1) {
    const begin = addMonths(startDate, steps * months);
    if (begin >= until) return found;
    if (begin > from) found.push(begin);
  }
};

/**
 * The life of a subscription as a sequence: cut where Pax8 says something else, where a paid term begins anew, and where what
 * is billed by the month has another price. What was so when it was first listed is taken to have been so since its start.
 */
export const stretchesOf = <Of extends Version>(
  versions: readonly Of[],
  {
    today,
    priceChanges,
  }: { today: string; priceChanges: (version: Of, within: { from: string; to: string }) => string[] },
): Stretch<Of>[] =>
  versions.flatMap((version, index) => {
    const first = index === 0 ? earliest(version.startDate, version.effectiveFrom) : version.effectiveFrom;
    const within = { from: first, to: version.effectiveTo ?? addDays(today, 1) };
    const cuts = version.billingTerm === 'Monthly' ? priceChanges(version, within) : renewals(version, within);
    const begins = [first, ...cuts];
    return begins.map((from, place) => ({
      from,
      to: begins[place + 1] ?? version.effectiveTo,
      pricedOn: termBeginAt(version, from) ?? from,
      version,
      isSaid: place === 0,
    }));
  });

// What was ordered is delivered, and then listed, within days.
const mostDays = 14;

/** The stretch that came of an order: the next that Pax8 said soon after it, else the one in which it falls. */
export const stretchOfOrder = <Of extends Version>(
  stretches: readonly Stretch<Of>[],
  createdOn: string,
): Stretch<Of> | undefined =>
  stretches.find(({ from, isSaid }) => isSaid && createdOn <= from && daysBetween(createdOn, from) <= mostDays) ??
  stretches.findLast(({ from }) => from <= createdOn) ??
  stretches[0];
