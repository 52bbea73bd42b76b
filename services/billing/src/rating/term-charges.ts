import { isBoughtOnce } from './billing-term.ts';
import { delivered, endOf, endSeenOn, type Known } from './known-subscription.ts';
import { addDays, contains, daysBetween, earliest, latest, monthOf } from './period.ts';
import type { SubscriptionVersion } from './rating-values.ts';
import type { Lot, Seats, Undecided } from './seats.ts';
import { knownBy, type Term } from './terms.ts';

/** A stretch of a term, its end excluded: `days` of `of` of what the whole of it costs. */
export interface TermStretch {
  version: SubscriptionVersion;
  quantityE6: bigint;
  from: string;
  to: string;
  days: number;
  of: number;
}

/** What is paid in advance at once: the seats of a begin, seats that were added, or seats that were given back. */
export interface Charge {
  term: Term;
  kind: 'begun' | 'added' | 'returned';
  on: string;
  /** The day whose month bills it. */
  billedOn: string;
  stretches: TermStretch[];
}

/** Something of a term that no rule settles. */
export interface TermException {
  code: 'subscription.gone' | 'quantity.added' | 'return.undecided';
  stretch: TermStretch;
  term: Term;
  /** How an undecided return is billed. */
  kind?: Undecided['kind'];
  toldOn: string;
}

const stretchOf = (
  { wholeFrom, paidEnd }: Term,
  stretch: Pick<TermStretch, 'version' | 'quantityE6' | 'from' | 'to'>,
): TermStretch => ({ ...stretch, days: daysBetween(stretch.from, stretch.to), of: daysBetween(wholeFrom, paidEnd) });

const whole = (term: Term, version: SubscriptionVersion, quantityE6 = version.quantityE6): TermStretch =>
  stretchOf(term, { version, quantityE6, from: term.begin, to: term.paidEnd });

const countOn = (lot: Lot, day: string): bigint =>
  lot.drops.reduce((left, drop) => (drop.on <= day ? left - drop.quantityE6 : left), lot.quantityE6);

/** The stretches of lots that are billed together, from one day of a term on: cut where seats were given back. */
const stretchesOf = (
  term: Term,
  {
    lots,
    version,
    from,
    counted,
  }: { lots: readonly Lot[]; version: SubscriptionVersion; from: string; counted: string },
): TermStretch[] => {
  const drops = lots
    .flatMap((lot) => lot.drops)
    .filter(({ on, isCredited }) => !isCredited && counted < on && on < term.paidEnd)
    .toSorted((a, b) => a.on.localeCompare(b.on));
  const stretches: TermStretch[] = [];
  let quantityE6 = lots.reduce((sum, lot) => sum + countOn(lot, counted), 0n);
  let start = from;
  for (const { on, quantityE6: dropped } of [...drops, { on: term.paidEnd, quantityE6: 0n }]) {
    if (start < on && quantityE6 !== 0n) stretches.push(stretchOf(term, { version, quantityE6, from: start, to: on }));
    start = on;
    quantityE6 -= dropped;
  }
  return stretches;
};

/** What was no longer listed by a night, and did not come back within the term. */
const isGoneBy = ({ versions }: Known, term: Term, night: string): boolean =>
  !versions
    .slice(versions.indexOf(term.seen))
    .some(
      ({ effectiveFrom, effectiveTo }) => effectiveFrom < term.paidEnd && (effectiveTo === null || effectiveTo > night),
    );

/** Gone at once, or without a word of its end within the days in which it could be given back, before its month was over. */
const isGone = (known: Known, term: Term): boolean => {
  if (isGoneBy(known, term, knownBy(term))) return true;
  const lastNight = earliest(addDays(term.billedOn, 7), addDays(monthOf(term.billedOn).end, -1));
  return endOf(known, term.seen) === null && isGoneBy(known, term, lastNight);
};

/** The version that says what a term is, and what it costs. */
const versionOf = (known: Known, term: Term): SubscriptionVersion => {
  const { versions } = known;
  const first = versions
    .slice(versions.indexOf(term.seen))
    .find(({ effectiveTo }) => effectiveTo === null || effectiveTo > knownBy(term));
  const isSame = first && delivered(known).includes(first) && first.billingTerm === term.seen.billingTerm;
  return isSame && first.status !== 'Cancelled' ? first : term.seen;
};

/** What is bought once has no rest to share out: what changes afterwards is a person's. */
const boughtOnce = (known: Known, term: Term): { charges: Charge[]; exceptions: TermException[] } => {
  const version = versionOf(known, term);
  const exceptions: TermException[] = [];
  const { versions } = known;
  for (const [index, later] of versions.entries()) {
    const more = later.quantityE6 - (versions[index - 1]?.quantityE6 ?? later.quantityE6);
    if (more > 0n && later.effectiveFrom > knownBy(term) && isBoughtOnce(later.billingTerm))
      exceptions.push({
        code: 'quantity.added',
        stretch: whole(term, later, more),
        term,
        toldOn: later.effectiveFrom,
      });
  }
  const end = endOf(known, term.seen);
  const seenOn = endSeenOn(known, term.seen);
  const isReturned = end !== null && daysBetween(term.billedOn, addDays(end, -1)) <= 7;
  const isLeftOut = isReturned && seenOn < monthOf(term.billedOn).end;
  if (isReturned)
    exceptions.push({
      code: 'return.undecided',
      kind: isLeftOut ? 'left-out' : 'kept',
      stretch: whole(term, version),
      term,
      toldOn: latest(seenOn, term.billedOn),
    });
  const charge: Charge = {
    term,
    kind: 'begun',
    on: term.begin,
    billedOn: term.billedOn,
    stretches: [whole(term, version)],
  };
  return { charges: isLeftOut ? [] : [charge], exceptions };
};

const ofSeats = (
  known: Known,
  term: Term,
  { lots, undecided }: Seats,
): { charges: Charge[]; exceptions: TermException[] } => {
  const { begin, end, paidEnd, billedOn } = term;
  const isOfBefore = ({ setAsideOn }: Lot) => setAsideOn !== null && setAsideOn <= begin;
  const within = lots.filter(
    (lot) => lot.on < end && (lot.until === null || lot.until > latest(begin, lot.on)) && !isOfBefore(lot),
  );
  const first = within.filter(({ on, until }) => on <= billedOn && (until === null || until > billedOn));
  const version = versionOf(known, term);
  const begun: Charge = {
    term,
    kind: 'begun',
    on: begin,
    billedOn,
    stretches: stretchesOf(term, { lots: first, version, from: begin, counted: billedOn }),
  };
  const added = within
    .filter(({ on }) => on > billedOn)
    .map((lot): Charge => ({
      term,
      kind: 'added',
      on: lot.on,
      billedOn: lot.on,
      stretches: stretchesOf(term, { lots: [lot], version: lot.version, from: lot.on, counted: lot.on }),
    }));
  const returned = within.flatMap((lot) =>
    lot.drops
      .filter(({ on, isCredited }) => isCredited && latest(billedOn, lot.on) < on && on < paidEnd)
      .map(({ on, quantityE6, seenOn }): Charge => ({
        term,
        kind: 'returned',
        on,
        billedOn: latest(on, seenOn),
        stretches: [stretchOf(term, { version: lot.version, quantityE6: -quantityE6, from: on, to: paidEnd })],
      })),
  );
  const exceptions = undecided
    .filter(({ from }) => begin < from && from <= end)
    .map(({ kind, version: seen, quantityE6, from, seenOn }): TermException => ({
      code: 'return.undecided',
      kind,
      stretch: stretchOf(term, { version: seen, quantityE6, from, to: paidEnd }),
      term,
      toldOn: latest(seenOn, billedOn),
    }));
  return { charges: [begun, ...added, ...returned].filter(({ stretches }) => stretches.length > 0), exceptions };
};

/** What the terms of a subscription charge and credit, whichever month does, and what of them no rule settles. */
export const chargesOf = (
  known: Known,
  terms: readonly Term[],
  seats: Seats,
): { charges: Charge[]; exceptions: TermException[] } => {
  const found = terms.map((term) => {
    if (isGone(known, term)) {
      const gone: TermException = {
        code: 'subscription.gone',
        stretch: whole(term, term.seen),
        term,
        toldOn: term.billedOn,
      };
      return { charges: [], exceptions: [gone] };
    }
    return isBoughtOnce(term.seen.billingTerm) ? boughtOnce(known, term) : ofSeats(known, term, seats);
  });
  return {
    charges: found.flatMap(({ charges }) => charges),
    exceptions: found.flatMap(({ exceptions }) => exceptions).filter(({ toldOn }) => contains(known.period, toldOn)),
  };
};
