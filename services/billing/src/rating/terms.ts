import { ownEntry } from '@legendops/kit/contract/own-entry';
import { begins, delivered, endOf, type Known } from './known-subscription.ts';
import { addDays, addMonths, contains, monthOf } from './period.ts';
import type { SubscriptionVersion } from './rating-values.ts';

/** Something paid in advance, from its begin to its end, the end excluded. */
export interface Term {
  begin: string;
  end: string;
  /** The day on which it can be billed: its begin, or when what began first turned out to be delivered. */
  billedOn: string;
  /** Where it was first seen. */
  seen: SubscriptionVersion;
  /** What it is billed as. */
  version: SubscriptionVersion;
}

export type TermExceptionCode = 'term.changed' | 'start.moved' | 'quantity.added' | 'subscription.gone';

export interface Terms {
  terms: Term[];
  exceptions: { code: TermExceptionCode; version: SubscriptionVersion }[];
}

// Pax8 spells terms `2-Year` in subscriptions and `2 Year` in invoices.
const yearly: Record<string, number> = { Annual: 12, '2-Year': 24, '3-Year': 36, '2 Year': 24, '3 Year': 36 };
// What is bought once never begins again.
const once: Record<string, number> = { 'One-Time': 1200, 'One-time': 1200 };

/** The months that a billing term pays in advance; undefined for one that is not prepaid. */
export const prepaidMonths = (billingTerm: string): number | undefined =>
  ownEntry(yearly, billingTerm) ?? ownEntry(once, billingTerm);

const latest = (...dates: string[]): string => dates.reduce((a, b) => (a > b ? a : b));
const overlaps = (a: Pick<Term, 'begin' | 'end'>, b: Pick<Term, 'begin' | 'end'>): boolean =>
  a.begin < b.end && b.begin < a.end;

// Vendors are asked once a night: the first that can know of a begin is the night after it.
const knownBy = ({ begin, billedOn }: Term): string => latest(addDays(begin, 1), billedOn);

// Terms count from the start. Where another way of billing takes over under the same start, they count from the change.
const anchorOf = (
  version: SubscriptionVersion,
  before: { version: SubscriptionVersion; anchor: string } | undefined,
) => {
  if (!before) return version.startDate;
  if (before.version.billingTerm !== version.billingTerm)
    return version.startDate <= before.version.startDate ? version.effectiveFrom : version.startDate;
  return before.version.startDate === version.startDate ? before.anchor : version.startDate;
};

/** The terms that a version alone would give, of which some part lies in it. */
const termsSeenIn = (known: Known, version: SubscriptionVersion, anchor: string): Term[] => {
  const months = prepaidMonths(version.billingTerm);
  if (months === undefined) return [];
  const from = begins(known, version);
  const endDate = endOf(known, version);
  const found: Term[] = [];
  for (let n = 0, begin = anchor; n === 0 || begin < known.period.end; n += 1, begin = addMonths(anchor, n * months)) {
    const end = addMonths(anchor, (n + 1) * months);
    if (version.effectiveTo !== null && begin >= version.effectiveTo) break;
    // Nothing begins again on the day of the end; what is bought once is paid whenever it ends.
    if (endDate !== null && begin >= endDate && !Object.hasOwn(once, version.billingTerm)) break;
    if (end > from) found.push({ begin, end, billedOn: latest(begin, from), seen: version, version });
  }
  return found;
};

/**
 * Follows the versions in their order. A term that a later version places otherwise gives way as long as its month was
 * not over when that was seen: no run has billed it then. After that it stays, and what overlaps it is told.
 */
const placed = (known: Known): Terms => {
  let terms: Term[] = [];
  const exceptions: Terms['exceptions'] = [];
  let before: { version: SubscriptionVersion; anchor: string } | undefined;
  for (const version of delivered(known)) {
    const from = begins(known, version);
    const anchor = anchorOf(version, before);
    const isOtherTerm = before !== undefined && before.version.billingTerm !== version.billingTerm;
    const isOther = isOtherTerm || before?.version.startDate !== version.startDate;
    // Another way of billing in the night after a begin: it did not begin again.
    if (isOtherTerm) terms = terms.filter(({ begin }) => begin > from || addDays(begin, 1) < from);
    let isPaid = prepaidMonths(version.billingTerm) === undefined && terms.some(({ end }) => from < end);
    for (const term of termsSeenIn(known, version, anchor)) {
      const others = terms.filter((one) => overlaps(one, term));
      if (
        others.some(
          ({ begin, version: { billingTerm } }) => begin === term.begin && billingTerm === version.billingTerm,
        )
      )
        continue;
      if (others.every(({ billedOn }) => from < monthOf(billedOn).end))
        terms = [...terms.filter((one) => !others.includes(one)), term];
      else isPaid = true;
    }
    if (before && isPaid && isOther) exceptions.push({ code: isOtherTerm ? 'term.changed' : 'start.moved', version });
    before = { version, anchor };
  }
  return { terms, exceptions };
};

/** The version that tells how many seats a term has at which cost; undefined for what was gone before that night. */
const billedAs = (known: Known, term: Term): SubscriptionVersion | undefined => {
  const on = knownBy(term);
  const { versions } = known;
  const first = versions
    .slice(versions.indexOf(term.seen))
    .find(({ effectiveFrom, effectiveTo }) => effectiveFrom < term.end && (effectiveTo === null || effectiveTo > on));
  if (!first) return undefined;
  const isSame = delivered(known).includes(first) && first.billingTerm === term.seen.billingTerm;
  return isSame && first.status !== 'Cancelled' ? first : term.seen;
};

// Seats that join a term that is paid already: their share of it is a person's to bill.
const addedInTerm = (known: Known, terms: readonly Term[]): SubscriptionVersion[] =>
  known.versions.filter((version, index) => {
    const before = known.versions[index - 1];
    return (
      before !== undefined &&
      Object.hasOwn(yearly, version.billingTerm) &&
      version.quantityE6 > before.quantityE6 &&
      !terms.some((term) => term.begin <= version.effectiveFrom && version.effectiveFrom <= knownBy(term))
    );
  });

/** Every term of a subscription that some month bills, and what of the period cannot be billed by rule. */
export const termsOf = (known: Known): Terms => {
  const { terms, exceptions } = placed(known);
  const isOfPeriod = ({ version }: Terms['exceptions'][number]) => contains(known.period, version.effectiveFrom);
  const added = addedInTerm(known, terms).map((version) => ({ code: 'quantity.added' as const, version }));
  const billed: Term[] = [];
  const gone: Terms['exceptions'] = [];
  for (const term of terms) {
    const version = billedAs(known, term);
    if (version) billed.push({ ...term, version });
    else if (contains(known.period, term.billedOn)) gone.push({ code: 'subscription.gone', version: term.seen });
  }
  return { terms: billed, exceptions: [...[...exceptions, ...added].filter(isOfPeriod), ...gone] };
};
