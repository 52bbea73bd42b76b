import { isBoughtOnce, prepaidMonths } from './billing-term.ts';
import type { Lock } from './commitment.ts';
import { begins, delivered, endOf, isAnew, isTrial, type Known } from './known-subscription.ts';
import { addDays, addMonths, daysBetween, latest, monthOf, stepsUntil } from './period.ts';
import type { SubscriptionVersion } from './rating-values.ts';

/** Something paid in advance, from its begin to its end, the end excluded. */
export interface Term {
  begin: string;
  /** The begin of the whole term whose price it has a share of: its own, unless it began in the middle of a commitment. */
  wholeFrom: string;
  /** The first day after what is paid for. */
  paidEnd: string;
  /** The first day on which something else may be billed: where it was ended and bought anew, that is before. */
  end: string;
  /** The day on which it can be billed: its begin, or when what began first turned out to be delivered. */
  billedOn: string;
  /** Where it was first seen. */
  seen: SubscriptionVersion;
}

/** The first night that can know of a begin: the one after it, or that of its delivery. */
export const knownBy = ({ begin, billedOn }: Pick<Term, 'begin' | 'billedOn'>): string =>
  latest(addDays(begin, 1), billedOn);

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

// Ends less than a week apart are one end, written in two ways.
const sameEndDays = 7;

/** The end of the commitment in which a term begins, where the term is aligned to it: that comes before its own end. */
const alignedEnd = (
  commitments: readonly Lock[],
  { begin, next }: { begin: string; next: string },
): string | undefined => {
  const end = commitments
    .filter((lock) => lock.begin <= begin && begin < lock.end)
    .reduce<string | undefined>((last, lock) => (last && last > lock.end ? last : lock.end), undefined);
  return end !== undefined && addDays(end, sameEndDays) <= next ? end : undefined;
};

/** The terms of a version from an anchor on, without an end: where one is aligned to a commitment the next ones count from there. */
function* termsFrom(
  { anchor, months, commitments }: { anchor: string; months: number; commitments: readonly Lock[] },
  first: number,
): Generator<Pick<Term, 'begin' | 'wholeFrom' | 'end'>> {
  let [base, n] = [anchor, first];
  for (;;) {
    const [begin, next] = [addMonths(base, n * months), addMonths(base, (n + 1) * months)];
    const aligned = alignedEnd(commitments, { begin, next });
    yield aligned === undefined
      ? { begin, wholeFrom: begin, end: next }
      : { begin, wholeFrom: addMonths(aligned, -months), end: aligned };
    [base, n] = aligned === undefined ? [base, n + 1] : [aligned, 0];
  }
}

/** The terms that a version alone would give, of which some part lies in it. */
const termsSeenIn = (
  known: Known,
  version: SubscriptionVersion,
  { anchor, commitments }: { anchor: string; commitments: readonly Lock[] },
): Term[] => {
  const months = prepaidMonths(version.billingTerm);
  if (months === undefined) return [];
  const isOnce = isBoughtOnce(version.billingTerm);
  const lastDay = lastDayOf(known, version, commitments);
  const from = begins(known, version);
  const found: Term[] = [];
  const aligning = isOnce ? [] : commitments;
  // What is over before the version begins is not looked at.
  const first = aligning.length > 0 ? 0 : Math.max(0, stepsUntil(from, anchor, months) - 1);
  let isFirst = true;
  for (const { begin, wholeFrom, end } of termsFrom({ anchor, months, commitments: aligning }, first)) {
    if (!isFirst && begin >= known.period.end) break;
    isFirst = false;
    if (version.effectiveTo !== null && begin >= version.effectiveTo) break;
    // Nothing begins again once it has ended; what is bought once is paid whenever it ends.
    if (lastDay !== null && begin >= lastDay && !isOnce) break;
    if (end > from) found.push({ begin, wholeFrom, end, paidEnd: end, billedOn: latest(begin, from), seen: version });
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
    const isOtherProduct = before !== undefined && before.version.productId !== version.productId;
    const isOther = isOtherTerm || isOtherProduct || before?.version.startDate !== version.startDate;
    const endBefore = before ? endOf(known, before.version) : null;
    if (before && endBefore !== null && isAnew(version, { startDate: before.version.startDate, end: endBefore }))
      terms = terms.map((term) =>
        term.begin < endBefore && endBefore < term.end ? { ...term, end: endBefore } : term,
      );
    // Another way of billing in the night after a begin: it did not begin again.
    if (isOtherTerm) terms = terms.filter(({ begin }) => begin > from || addDays(begin, 1) < from);
    let isPaid = prepaidMonths(version.billingTerm) === undefined && terms.some(({ end }) => from < end);
    for (const term of termsSeenIn(known, version, { anchor, commitments })) {
      const others = terms.filter((one) => overlaps(one, term));
      const same = others.find(({ begin, seen }) => begin === term.begin && seen.billingTerm === version.billingTerm);
      // The rest of its days is paid as that of another product.
      if (same && isOtherProduct && knownBy(same) < from && from < same.end) isPaid = true;
      if (same) continue;
      if (others.every(({ billedOn }) => from < monthOf(billedOn).end))
        terms = [...terms.filter((one) => !others.includes(one)), term];
      else isPaid = true;
    }
    if (before && isPaid && isOther)
      exceptions.push({ code: isOtherTerm || isOtherProduct ? 'term.changed' : 'start.moved', version });
    before = { version, anchor };
  }
  return { terms, exceptions };
};
