import { isBoughtOnce, prepaidMonths } from './billing-term.ts';
import type { Lock } from './commitment.ts';
import { begins, delivered, endOf, isAnew, isTrial, type Known } from './known-subscription.ts';
import { addDays, addMonths, daysBetween, latest, monthOf, stepsUntil } from './period.ts';
import type { SubscriptionVersion } from './rating-values.ts';

/** Something paid in advance, from its begin to its end, the end excluded. */
export interface Term {
  begin: string;
  /** The first day after what is paid for. */
  paidEnd: string;
  /** The first day on which something else may be billed: where it was ended and bought anew, that is before. */
  end: string;
  /** The day on which it can be billed: its begin, or when what began first turned out to be delivered. */
  billedOn: string;
  /** Where it was first seen. */
  seen: SubscriptionVersion;
}

export interface Terms {
  terms: Term[];
  /** What overlaps a term that is paid already: told, not billed. */
  exceptions: { code: 'term.changed' | 'start.moved'; version: SubscriptionVersion }[];
}

const overlaps = (a: Pick<Term, 'begin' | 'end'>, b: Pick<Term, 'begin' | 'end'>): boolean =>
  a.begin < b.end && b.begin < a.end;

interface Before {
  version: SubscriptionVersion;
  anchor: string;
}

// Terms count from the start. Where another way of billing, or the end of a trial, takes over under the same start, they
// count from the change.
const anchorOf = (known: Known, version: SubscriptionVersion, before: Before | undefined): string => {
  if (!before) {
    const earlier = known.versions[known.versions.indexOf(version) - 1];
    return earlier && isTrial(earlier) && version.startDate <= earlier.startDate
      ? version.effectiveFrom
      : version.startDate;
  }
  if (before.version.billingTerm !== version.billingTerm)
    return version.startDate <= before.version.startDate ? version.effectiveFrom : version.startDate;
  return before.version.startDate === version.startDate ? before.anchor : version.startDate;
};

// What must not be cancelled is paid to the end of its commitment, also by terms that begin after the cancellation.
const lastDayOf = (known: Known, version: SubscriptionVersion, commitments: readonly Lock[]): string | null => {
  const end = endOf(known, version);
  if (end === null) return null;
  const lock = commitments.find(({ begin, end: until }) => begin < end && end < until);
  const bought = latest(lock?.begin ?? '', version.startDate);
  return lock?.allowsCancellation === false && daysBetween(bought, addDays(end, -1)) > 7 ? lock.end : end;
};

/** The terms that a version alone would give, of which some part lies in it. */
const termsSeenIn = (known: Known, version: SubscriptionVersion, anchor: string, end: string | null): Term[] => {
  const months = prepaidMonths(version.billingTerm);
  if (months === undefined) return [];
  const from = begins(known, version);
  const found: Term[] = [];
  // What is over before the version begins is not looked at.
  const start = Math.max(0, stepsUntil(from, anchor, months) - 1);
  for (let n = start; ; n += 1) {
    const begin = addMonths(anchor, n * months);
    if (n > start && begin >= known.period.end) break;
    if (version.effectiveTo !== null && begin >= version.effectiveTo) break;
    // Nothing begins again once it has ended; what is bought once is paid whenever it ends.
    if (end !== null && begin >= end && !isBoughtOnce(version.billingTerm)) break;
    const next = addMonths(anchor, (n + 1) * months);
    if (next > from) found.push({ begin, end: next, paidEnd: next, billedOn: latest(begin, from), seen: version });
  }
  return found;
};

/**
 * Follows the versions in their order. A term that a later version places otherwise gives way as long as its month was
 * not over when that was seen: no run has billed it then. After that it stays, and what overlaps it is told.
 */
export const termsOf = (known: Known, commitments: readonly Lock[] = []): Terms => {
  let terms: Term[] = [];
  const exceptions: Terms['exceptions'] = [];
  let before: Before | undefined;
  for (const version of delivered(known)) {
    const from = begins(known, version);
    const anchor = anchorOf(known, version, before);
    const isOtherTerm = before !== undefined && before.version.billingTerm !== version.billingTerm;
    const isOther = isOtherTerm || before?.version.startDate !== version.startDate;
    const endBefore = before ? endOf(known, before.version) : null;
    if (before && endBefore !== null && isAnew(version, { startDate: before.version.startDate, end: endBefore }))
      terms = terms.map((term) =>
        term.begin < endBefore && endBefore < term.end ? { ...term, end: endBefore } : term,
      );
    // Another way of billing in the night after a begin: it did not begin again.
    if (isOtherTerm) terms = terms.filter(({ begin }) => begin > from || addDays(begin, 1) < from);
    let isPaid = prepaidMonths(version.billingTerm) === undefined && terms.some(({ end }) => from < end);
    for (const term of termsSeenIn(known, version, anchor, lastDayOf(known, version, commitments))) {
      const others = terms.filter((one) => overlaps(one, term));
      if (others.some(({ begin, seen }) => begin === term.begin && seen.billingTerm === version.billingTerm)) continue;
      if (others.every(({ billedOn }) => from < monthOf(billedOn).end))
        terms = [...terms.filter((one) => !others.includes(one)), term];
      else isPaid = true;
    }
    if (before && isPaid && isOther) exceptions.push({ code: isOtherTerm ? 'term.changed' : 'start.moved', version });
    before = { version, anchor };
  }
  return { terms, exceptions };
};
