import { addDays, addMonths, contains, daysBetween, type Period } from './period.ts';
import type { RatedSubscription } from './rated-values.ts';

/** A stretch of a period, its end excluded, in which one version of a subscription is billed: `days` of `of`. */
export interface Segment {
  version: RatedSubscription;
  from: string;
  to: string;
  days: number;
  of: number;
}

/** Why something of a subscription is not billed although it may have to be. */
export type Unbillable = 'term.unknown' | 'status.unknown' | 'subscription.no-end' | 'quantity.added';

export interface Billable {
  segments: Segment[];
  unbillable: { code: Unbillable; version: RatedSubscription }[];
}

// Pax8 spells terms `2-Year` in subscriptions and `2 Year` in invoices.
const termMonths: Record<string, number> = { Annual: 12, '2-Year': 24, '3-Year': 36, '2 Year': 24, '3 Year': 36 };
const freeTerms = new Set(['Trial', 'Activation']);
const once = new Set(['One-Time', 'One-time']);
const billedStatuses = new Set(['Active', 'PendingCancel', 'Cancelled', 'Activated']);
// Ordered, but not delivered; `Converted` is the ended half of a trial that became another subscription.
const freeStatuses = new Set([
  'PendingManual',
  'PendingAutomated',
  'WaitingForDetails',
  'PendingActivation',
  'Trial',
  'Converted',
]);

interface Known {
  versions: readonly RatedSubscription[];
  /** Of the newest version: an end that was learnt later ends the earlier ones, too. */
  endDate: string | null;
  period: Period;
}

// What was so before our first look at a subscription is not known: as it was then.
const begins = ({ versions }: Known, version: RatedSubscription): string =>
  version === versions[0] ? version.startDate : version.effectiveFrom;

const holdsOn = (known: Known, version: RatedSubscription, date: string): boolean =>
  (version === known.versions[0] || version.effectiveFrom <= date) &&
  (version.effectiveTo === null || date < version.effectiveTo);

const latest = (...dates: string[]): string => dates.reduce((a, b) => (a > b ? a : b));
const earliest = (...dates: string[]): string => dates.reduce((a, b) => (a < b ? a : b));

const monthly = (known: Known, version: RatedSubscription): Segment[] => {
  const { period, endDate } = known;
  const from = latest(period.start, version.startDate, begins(known, version));
  const to = earliest(
    period.end,
    endDate === null ? period.end : addDays(endDate, 1),
    version.effectiveTo ?? period.end,
  );
  const days = daysBetween(from, to);
  return days > 0 ? [{ version, from, to, days, of: daysBetween(period.start, period.end) }] : [];
};

const whole = (version: RatedSubscription, { start, end }: Period): Segment => ({
  version,
  from: start,
  to: end,
  days: 1,
  of: 1,
});

// A term is paid in the period in which it begins, counted from the subscription's start. Nothing begins on the day of
// the end, whether that day is the last one or the first one after it: Pax8 says both.
const term = (known: Known, version: RatedSubscription, months: number): Segment[] => {
  const { period, endDate } = known;
  const { startDate } = version;
  for (let begin = startDate, n = 0; begin < period.end; n += 1, begin = addMonths(startDate, n * months)) {
    if (contains(period, begin) && holdsOn(known, version, begin) && (endDate === null || begin < endDate))
      return [whole(version, period)];
  }
  return [];
};

const segmentsOf = (known: Known, version: RatedSubscription): Segment[] | Unbillable => {
  const { billingTerm, status, startDate } = version;
  const { period, endDate } = known;
  if (freeStatuses.has(status) || freeTerms.has(billingTerm)) return [];
  if (!billedStatuses.has(status)) return 'status.unknown';
  // Told once, in the period in which it ended or began: its end cannot be known from then on.
  if (status === 'Cancelled' && endDate === null)
    return contains(period, begins(known, version)) ? 'subscription.no-end' : [];
  if (billingTerm === 'Monthly') return monthly(known, version);
  if (once.has(billingTerm))
    return contains(period, startDate) && holdsOn(known, version, startDate) ? [whole(version, period)] : [];
  const months = termMonths[billingTerm];
  return months === undefined ? 'term.unknown' : term(known, version, months);
};

// Seats that join a term that is paid already: their share of it is a person's to bill.
const addedInTerm = ({ versions, period }: Known): RatedSubscription[] =>
  versions.filter((version, index) => {
    const before = versions[index - 1];
    return (
      before !== undefined &&
      termMonths[version.billingTerm] !== undefined &&
      version.quantityE6 > before.quantityE6 &&
      version.startDate === before.startDate &&
      contains(period, version.effectiveFrom)
    );
  });

const sameBilling = (a: RatedSubscription, b: RatedSubscription): boolean =>
  a.companyId === b.companyId &&
  a.productId === b.productId &&
  a.quantityE6 === b.quantityE6 &&
  a.costE8 === b.costE8 &&
  a.currency === b.currency &&
  a.billingTerm === b.billingTerm;

const joined = (segments: readonly Segment[]): Segment[] => {
  const result: Segment[] = [];
  for (const segment of segments) {
    const before = result.at(-1);
    if (before && before.to === segment.from && sameBilling(before.version, segment.version))
      result.splice(-1, 1, { ...segment, from: before.from, days: before.days + segment.days });
    else result.push(segment);
  }
  return result;
};

/** What a period bills of one subscription, given all its versions in their order. */
export const billableSegments = (versions: readonly RatedSubscription[], period: Period): Billable => {
  const known: Known = { versions, endDate: versions.at(-1)?.endDate ?? null, period };
  const unbillable: Billable['unbillable'] = addedInTerm(known).map((version) => ({ code: 'quantity.added', version }));
  const segments: Segment[] = [];
  for (const version of versions) {
    const { effectiveTo } = version;
    if (version.effectiveFrom >= period.end && version !== versions[0]) continue;
    if (effectiveTo !== null && effectiveTo <= period.start) continue;
    const found = segmentsOf(known, version);
    if (typeof found === 'string') unbillable.push({ code: found, version });
    else segments.push(...found);
  }
  return { segments: joined(segments), unbillable };
};
