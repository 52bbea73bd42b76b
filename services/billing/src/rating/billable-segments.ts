import { billingTermOf, prepaidMonths } from './billing-term.ts';
import { commitmentsOf } from './commitment.ts';
import { begins, delivered, endOf, isFree, isOfKnownStatus, lacksEnd, type Known } from './known-subscription.ts';
import { contains, daysBetween, daysIn, latest, type Period } from './period.ts';
import type { SubscriptionVersion } from './rating-values.ts';
import { missedNights, seatsOf, stepsWithin, type Step, type Undecided } from './seats.ts';
import { chargesOf, type Charge, type TermException, type TermStretch } from './term-charges.ts';
import { termsOf, type Term, type Terms } from './terms.ts';

/** A stretch of a period, its end excluded, that is billed by the month: `days` of `of`. */
export type Segment = TermStretch;

/** What of a subscription is not billed as Pax8 lists it, or not at all. */
export type SubscriptionException =
  | (Terms['exceptions'][number] & { kind?: never })
  | { code: 'term.unknown' | 'status.unknown' | 'subscription.no-end'; version: SubscriptionVersion; kind?: never }
  | ({ version: SubscriptionVersion } & Pick<TermException, 'code' | 'kind'> & { stretch: TermStretch; term?: Term });

export interface Billable {
  /** Billed by the month, for the days on which it was so. */
  segments: Segment[];
  /** Paid in advance. */
  charges: Charge[];
  /** The first day on which it was delivered; null for what never was. */
  beganOn: string | null;
  exceptions: SubscriptionException[];
}

type CodeOfVersion = 'term.unknown' | 'status.unknown' | 'subscription.no-end';

const exceptionCodeOf = (known: Known, version: SubscriptionVersion): CodeOfVersion | undefined => {
  if (isFree(version)) return undefined;
  if (!isOfKnownStatus(version)) return 'status.unknown';
  if (billingTermOf(version.billingTerm) === undefined) return 'term.unknown';
  // Told once, in the period in which it ended or began: its end cannot be known from then on.
  return lacksEnd(known, version) && contains(known.period, begins(known, version)) ? 'subscription.no-end' : undefined;
};

const ofVersions = (known: Known): SubscriptionException[] => {
  const { versions, period } = known;
  const exceptions: SubscriptionException[] = [];
  for (const version of versions) {
    if (begins(known, version) >= period.end) continue;
    if (version.effectiveTo !== null && version.effectiveTo <= period.start) continue;
    const code = exceptionCodeOf(known, version);
    if (code) exceptions.push({ code, version });
  }
  return exceptions;
};

const sameBilling = (a: Segment, b: Segment): boolean =>
  a.version.companyId === b.version.companyId &&
  a.version.productId === b.version.productId &&
  a.quantityE6 === b.quantityE6 &&
  a.version.costE8 === b.version.costE8 &&
  a.version.currency === b.version.currency;

const joined = (segments: Segment[]): Segment[] => {
  if (segments.length < 2) return segments;
  const result: Segment[] = [];
  for (const segment of segments) {
    const before = result.at(-1);
    if (before && before.to === segment.from && sameBilling(before, segment))
      result.splice(-1, 1, { ...segment, from: before.from, days: before.days + segment.days });
    else result.push(segment);
  }
  return result;
};

/** Days from one to another, the end excluded, that no term pays. */
const unpaid = (from: string, to: string, terms: readonly Term[]): { from: string; to: string }[] => {
  if (terms.length === 0) return [{ from, to }];
  const free: { from: string; to: string }[] = [];
  let start = from;
  for (const { begin, end } of terms.toSorted((a, b) => a.begin.localeCompare(b.begin))) {
    if (end <= start || begin >= to) continue;
    if (start < begin) free.push({ from: start, to: begin });
    start = latest(start, end);
  }
  return start < to ? [...free, { from: start, to }] : free;
};

/** What of these steps is billed by the month in a period; the days of a term are paid by the term. */
const monthly = ({ period }: Known, steps: readonly Step[], terms: readonly Term[]): Segment[] => {
  const of = daysIn(period);
  const segments: Segment[] = [];
  for (const { version, quantityE6, from, to } of stepsWithin(steps, period.start, period.end)) {
    if (billingTermOf(version.billingTerm) !== 'Monthly') continue;
    for (const part of unpaid(from, to ?? period.end, terms)) {
      const isWhole = part.from === period.start && part.to === period.end;
      const days = isWhole ? of : daysBetween(part.from, part.to);
      segments.push({ version, quantityE6, from: part.from, to: part.to, days, of });
    }
  }
  return segments;
};

/** What is billed by the month and is listed no more from a day of the period on, without an end: what it was until then. */
const goneInMonth = (known: Known, terms: readonly Term[]): SubscriptionException[] => {
  const { versions, period } = known;
  const paid = delivered(known);
  return versions.flatMap((version, index): SubscriptionException[] => {
    const { effectiveTo, quantityE6 } = version;
    const next = versions[index + 1];
    const back = next?.effectiveFrom ?? null;
    if (effectiveTo === null || !contains(period, effectiveTo) || !paid.includes(version)) return [];
    if (back !== null && daysBetween(effectiveTo, back) <= missedNights) return [];
    // Its end was named later: until then it is billed.
    if (next?.status === 'Cancelled' && next.endDate !== null && next.startDate === version.startDate) return [];
    const end = endOf(known, version);
    if (end !== null && end <= effectiveTo) return [];
    const missing = { version, quantityE6, from: latest(effectiveTo, version.startDate), to: back };
    return monthly(known, [missing], terms).map((stretch) => ({ code: 'subscription.gone', version, stretch }));
  });
};

const undecidedInMonth = (known: Known, undecided: readonly Undecided[], terms: readonly Term[]) =>
  undecided.flatMap(({ kind, version, quantityE6, from, until }): SubscriptionException[] =>
    monthly(known, [{ version, quantityE6, from, to: until }], terms).map((stretch) => ({
      code: 'return.undecided',
      kind,
      version,
      stretch,
    })),
  );

// One spelling, so that another one is no other way of billing.
const inOneSpelling = (version: SubscriptionVersion): SubscriptionVersion => {
  const billingTerm = billingTermOf(version.billingTerm) ?? version.billingTerm;
  return billingTerm === version.billingTerm ? version : { ...version, billingTerm };
};

/** In their order, whatever the order in which they come. */
const inOrder = (all: readonly SubscriptionVersion[]): SubscriptionVersion[] => {
  if (all.length === 1) return all.map(inOneSpelling);
  const versions = all.map(inOneSpelling).toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom));
  for (const [index, { effectiveFrom }] of versions.entries()) {
    const before = versions[index - 1];
    if (before && (before.effectiveTo === null || before.effectiveTo > effectiveFrom))
      throw new Error(`two versions hold on ${effectiveFrom}`);
  }
  return versions;
};

const beganOn = (known: Known): string | null => {
  const [first] = delivered(known);
  return first ? latest(begins(known, first), first.startDate) : null;
};

const isPrepaid = ({ billingTerm }: SubscriptionVersion): boolean => prepaidMonths(billingTerm) !== undefined;

/** What was never paid in advance and is bound to nothing: what is listed is what is billed. */
const byMonthAlone = (known: Known): Billable => ({
  beganOn: beganOn(known),
  segments: joined(monthly(known, seatsOf(known, { terms: [], commitments: [] }).steps, [])),
  charges: [],
  exceptions: [...ofVersions(known), ...goneInMonth(known, [])],
});

/** What has been one thing since it began, and goes on: by the month it is billed as it is listed. Undefined for all else. */
const goingOn = (all: readonly SubscriptionVersion[], period: Period): Billable | undefined => {
  const [version] = all;
  if (!version || all.length > 1 || version.status !== 'Active' || version.billingTerm !== 'Monthly') return undefined;
  if (version.effectiveTo !== null || version.endDate !== null || version.commitment !== null) return undefined;
  const { quantityE6, startDate } = version;
  const [of, from, to] = [daysIn(period), latest(startDate, period.start), period.end];
  const days = from === period.start ? of : daysBetween(from, to);
  return {
    beganOn: startDate,
    segments: from < to ? [{ version, quantityE6, from, to, days, of }] : [],
    charges: [],
    exceptions: [],
  };
};

/** What a period bills of one subscription, given all its versions. */
export const billableSegments = (all: readonly SubscriptionVersion[], period: Period): Billable =>
  // As most are: the longer way comes to the same.
  goingOn(all, period) ?? followed(all, period);

/** The same for whatever has become of it. */
export const followed = (all: readonly SubscriptionVersion[], period: Period): Billable => {
  const versions = inOrder(all);
  const known: Known = { versions, period };
  const commitments = commitmentsOf(versions);
  // As most are: the longer way comes to the same.
  if (commitments.length === 0 && !versions.some(isPrepaid)) return byMonthAlone(known);
  const { terms, exceptions: overlapping } = termsOf(known, commitments);
  const seats = seatsOf(known, {
    terms: terms.filter(({ seen }) => prepaidMonths(seen.billingTerm) !== 1200),
    commitments,
  });
  const { charges, exceptions: ofTerms } = chargesOf(known, terms, seats);
  return {
    beganOn: beganOn(known),
    segments: joined(monthly(known, seats.steps, terms)),
    charges: charges.filter(({ billedOn }) => contains(period, billedOn)),
    exceptions: [
      ...overlapping.filter(({ version }) => contains(period, version.effectiveFrom)),
      ...ofTerms.map((one) => ({ ...one, version: one.stretch.version })),
      ...undecidedInMonth(known, seats.undecided, terms),
      ...ofVersions(known),
      ...goneInMonth(known, terms),
    ],
  };
};
