import { begins, delivered, endOf, isFree, isOfKnownStatus, lacksEnd, type Known } from './known-subscription.ts';
import { addDays, contains, daysBetween, type Period } from './period.ts';
import type { SubscriptionVersion } from './rating-values.ts';
import { prepaidMonths, termsOf, type Term, type TermExceptionCode } from './terms.ts';

/** A stretch of a period, its end excluded, in which one version of a subscription is billed: `days` of `of`. */
export interface Segment {
  version: SubscriptionVersion;
  from: string;
  to: string;
  days: number;
  of: number;
}

/** Why something of a subscription is not billed although it may have to be. */
export type SubscriptionExceptionCode = TermExceptionCode | 'term.unknown' | 'status.unknown' | 'subscription.no-end';

export interface Billable {
  /** Billed by the month, for the days on which it was so. */
  segments: Segment[];
  /** Billed whole, in advance. */
  terms: Term[];
  exceptions: { code: SubscriptionExceptionCode; version: SubscriptionVersion }[];
}

const latest = (...dates: string[]): string => dates.reduce((a, b) => (a > b ? a : b));
const earliest = (...dates: string[]): string => dates.reduce((a, b) => (a < b ? a : b));

/** The days of the period in which a version is billed by the month; those of a term are paid by the term. */
const monthly = (known: Known, version: SubscriptionVersion, terms: readonly Term[]): Segment[] => {
  const { period, versions } = known;
  const endDate = endOf(known, version);
  const first = latest(version.startDate, begins(known, version));
  const isEarlier = ({ seen }: Term) => versions.indexOf(seen) < versions.indexOf(version);
  const paidUntil = terms.filter((term) => isEarlier(term) && first < term.end).map(({ end }) => end);
  const paidFrom = terms.filter((term) => !isEarlier(term)).map(({ begin }) => begin);
  const from = latest(period.start, first, ...paidUntil);
  const to = earliest(
    period.end,
    endDate === null ? period.end : addDays(endDate, 1),
    version.effectiveTo ?? period.end,
    ...paidFrom,
  );
  const days = daysBetween(from, to);
  return days > 0 ? [{ version, from, to, days, of: daysBetween(period.start, period.end) }] : [];
};

const exceptionCodeOf = (known: Known, version: SubscriptionVersion): SubscriptionExceptionCode | undefined => {
  if (isFree(version)) return undefined;
  if (!isOfKnownStatus(version)) return 'status.unknown';
  if (version.billingTerm !== 'Monthly' && prepaidMonths(version.billingTerm) === undefined) return 'term.unknown';
  // Told once, in the period in which it ended or began: its end cannot be known from then on.
  return lacksEnd(known, version) && contains(known.period, begins(known, version)) ? 'subscription.no-end' : undefined;
};

const sameBilling = (a: SubscriptionVersion, b: SubscriptionVersion): boolean =>
  a.companyId === b.companyId &&
  a.productId === b.productId &&
  a.quantityE6 === b.quantityE6 &&
  a.costE8 === b.costE8 &&
  a.currency === b.currency;

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
export const billableSegments = (versions: readonly SubscriptionVersion[], period: Period): Billable => {
  const known: Known = { versions, period };
  const { terms, exceptions: termExceptions } = termsOf(known);
  const exceptions: Billable['exceptions'] = [...termExceptions];
  const paying = new Set(delivered(known));
  const segments: Segment[] = [];
  for (const version of versions) {
    if (begins(known, version) >= period.end) continue;
    if (version.effectiveTo !== null && version.effectiveTo <= period.start) continue;
    const code = exceptionCodeOf(known, version);
    if (code) exceptions.push({ code, version });
    else if (version.billingTerm === 'Monthly' && paying.has(version)) segments.push(...monthly(known, version, terms));
  }
  return { segments: joined(segments), terms: terms.filter(({ billedOn }) => contains(period, billedOn)), exceptions };
};
