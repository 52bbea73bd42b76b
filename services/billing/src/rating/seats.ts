import type { Lock } from './commitment.ts';
import { begins, delivered, endOf, endSeenOn, isAnew, type Known } from './known-subscription.ts';
import { addDays, daysBetween, earliest, isAfterInvoices, latest, monthOf } from './period.ts';
import type { SubscriptionVersion } from './rating-values.ts';

/** Seats that were bought on one day, and what of them was given back. */
export interface Lot {
  on: string;
  /** How long they stay bought; null for what may go on any day. */
  lock: Lock | null;
  quantityE6: bigint;
  version: SubscriptionVersion;
  /** `isCredited`: given back after the month in which they were billed, so that a line of its own credits them. */
  drops: { on: string; quantityE6: bigint; isCredited: boolean; seenOn: string }[];
  /** The day on which they were bought anew, or their lock ended; null while they last. */
  until: string | null;
  /** The day on which something was bought anew after they had ended: they are no part of that. */
  setAsideOn: string | null;
}

/** Seats that are billed or left out by a rule which Pax8 does not confirm. */
export interface Undecided {
  kind: 'kept' | 'left-out';
  version: SubscriptionVersion;
  quantityE6: bigint;
  from: string;
  until: string;
  seenOn: string;
}

/** What is billed between two days, the end excluded, whoever lists it. */
export interface Step {
  from: string;
  to: string | null;
  version: SubscriptionVersion;
  quantityE6: bigint;
}

export interface Seats {
  lots: Lot[];
  steps: Step[];
  undecided: Undecided[];
}

/** A time in which one version holds. Where it was ended nothing is delivered any more; where not, Pax8 did not list it. */
interface Piece {
  version: SubscriptionVersion;
  from: string;
  to: string | null;
  isEnded: boolean;
}

// Microsoft, whose products most seats are, takes back what was bought, renewed or added within 7 days.
const windowDays = 7;

// A list may miss something for some nights: what is there again after them, as it was, was there all the time.
export const missedNights = 7;

/** Whether nothing was listed between two days, neither an end nor another state. */
const isUnlisted = ({ versions }: Known, from: string, to: string): boolean =>
  versions.every(
    ({ effectiveFrom, effectiveTo }) => effectiveFrom >= to || (effectiveTo !== null && effectiveTo <= from),
  );

/** Whether a version that is over is the end of a piece, be it listed some nights later. */
const isEndOf = (
  known: Known,
  { version, to, isEnded }: Piece,
  { effectiveFrom, startDate }: SubscriptionVersion,
): boolean =>
  to === effectiveFrom ||
  (to !== null && !isEnded && version.startDate === startDate && isUnlisted(known, to, effectiveFrom));

const closeGaps = (known: Known, pieces: readonly Piece[]): void => {
  for (const [index, piece] of pieces.entries()) {
    const before = pieces[index - 1];
    if (!before || before.to === null || before.isEnded || before.to >= piece.from) continue;
    const isBack = before.version.startDate === piece.version.startDate && isUnlisted(known, before.to, piece.from);
    if (isBack && daysBetween(before.to, piece.from) <= missedNights) before.to = piece.from;
  }
};

const piecesOf = (known: Known, locks: readonly Lock[]): Piece[] => {
  const pieces: Piece[] = [];
  for (const version of delivered(known)) {
    const from = latest(begins(known, version), version.startDate);
    const end = endOf(known, version);
    const { effectiveTo } = version;
    const isEnded = end !== null && (effectiveTo === null || end <= effectiveTo);
    const to = isEnded ? end : effectiveTo;
    if (to !== null && to <= from) {
      const before = pieces.at(-1);
      if (!before || !isEnded || version.status !== 'Cancelled' || !isEndOf(known, before, version)) continue;
      before.to = end;
      before.isEnded = true;
    } else pieces.push({ version, from, to, isEnded });
  }
  closeGaps(known, pieces);
  // Vendors are asked once a night: the first that can know of a begin is the night after it.
  for (const [index, piece] of pieces.entries()) {
    const before = pieces[index - 1];
    if (!before || locks.length === 0) continue;
    const begin = addDays(piece.from, -1);
    const isOfBegin = before.to === piece.from && before.version.billingTerm === piece.version.billingTerm;
    if (!isOfBegin || !locks.some((lock) => lock.begin === begin)) continue;
    before.to = begin;
    piece.from = begin;
  }
  return pieces.filter(({ from, to }) => to === null || from < to);
};

const remaining = ({ quantityE6, drops }: Lot): bigint =>
  drops.reduce((left, drop) => left - drop.quantityE6, quantityE6);

/** A term that is paid in advance, as far as its seats go. */
interface Paid {
  begin: string;
  end: string;
  paidEnd: string;
  billedOn: string;
}

interface Change {
  kind: 'fewer' | 'ended';
  on: string;
  seenOn: string;
}

type Verdict = { isGiven: boolean; isCredited?: boolean; isSettled: boolean };

/** Whether seats that Pax8 no longer lists are given back, and whether that is certain. */
const verdictOn = (lot: Lot, { kind, on, seenOn }: Change, paid: Paid | undefined): Verdict => {
  if (lot.lock === null) return { isGiven: true, isSettled: true };
  const allows = kind === 'ended' ? lot.lock.allowsCancellation : lot.lock.allowsDecrease;
  const age = daysBetween(lot.on, kind === 'ended' ? addDays(on, -1) : on);
  const billedIn = paid && monthOf(latest(paid.billedOn, lot.on));
  if (age <= windowDays)
    return {
      isGiven: true,
      isCredited: billedIn !== undefined && isAfterInvoices(billedIn, seenOn),
      isSettled: allows !== null || lot.lock.isCommitment,
    };
  if (allows === true) return { isGiven: true, isCredited: paid !== undefined, isSettled: true };
  // What is seen in the night after the last day of the window may have been given back on it.
  if (allows === false && !(kind === 'fewer' && age === windowDays + 1)) return { isGiven: false, isSettled: true };
  if (kind === 'fewer' && lot.lock.isCommitment) return { isGiven: false, isSettled: false };
  // What is billed already stays so; what is not is not billed at its most.
  const isBilled = billedIn !== undefined && seenOn >= billedIn.end;
  return { isGiven: !isBilled, isSettled: false };
};

// Most are billed by the month and may go on any day: what is listed is what is billed.
const unlocked = (pieces: readonly Piece[]): Seats => ({
  lots: [],
  steps: pieces.map(({ version, from, to }) => ({ version, from, to, quantityE6: version.quantityE6 })),
  undecided: [],
});

/** Follows the seats of a subscription through all of its life: what is seen later may give back what a month bought. */
export const seatsOf = (
  known: Known,
  { terms, commitments }: { terms: readonly Paid[]; commitments: readonly Lock[] },
): Seats => {
  const paidTerms = terms.map(({ begin, paidEnd: end }): Lock => ({
    begin,
    end,
    isCommitment: false,
    allowsDecrease: null,
    allowsCancellation: null,
  }));
  const locks = [...commitments, ...paidTerms];
  if (locks.length === 0) return unlocked(piecesOf(known, locks));
  const pieces = piecesOf(known, locks);
  const covering = <Span extends { begin: string; end: string }>(spans: readonly Span[], day: string) =>
    spans
      .filter(({ begin, end }) => begin <= day && day < end)
      .reduce<Span | undefined>((last, span) => (last && last.begin > span.begin ? last : span), undefined);
  const days = new Set(
    [
      ...pieces.flatMap(({ from, to }) => (to === null ? [from] : [from, to])),
      ...locks.flatMap(({ begin, end }) => [begin, end]),
    ].filter((day) => pieces[0] !== undefined && day >= pieces[0].from),
  );
  const lots: Lot[] = [];
  const steps: Step[] = [];
  const undecided: Undecided[] = [];
  let short = 0n;

  const close = (lot: Lot, on: string): void => {
    lot.until = on;
  };
  const give = (change: Change, quantityE6: bigint, version: SubscriptionVersion): void => {
    let left = quantityE6;
    let open: Undecided | undefined;
    for (const lot of lots.toReversed()) {
      const taken =
        lot.until === null && lot.setAsideOn === null ? [remaining(lot), left].reduce((a, b) => (a < b ? a : b)) : 0n;
      if (taken <= 0n) continue;
      left -= taken;
      const paid = covering(terms, addDays(change.on, -1)) ?? covering(terms, change.on);
      const { isGiven, isCredited = false, isSettled } = verdictOn(lot, change, paid);
      if (isGiven) lot.drops.push({ on: change.on, quantityE6: taken, isCredited, seenOn: change.seenOn });
      if (isSettled || !lot.lock) continue;
      const kind = isGiven ? 'left-out' : 'kept';
      if (open?.kind === kind && open.until === lot.lock.end) open.quantityE6 += taken;
      else {
        open = { kind, version, quantityE6: taken, from: change.on, until: lot.lock.end, seenOn: change.seenOn };
        undecided.push(open);
      }
    }
  };

  for (const day of [...days].toSorted()) {
    const isBegin = locks.some(({ begin }) => begin === day);
    for (const lot of lots) if (lot.until === null && (lot.lock ? lot.lock.end <= day : isBegin)) close(lot, day);
    const held = (of: 'all' | 'current' = 'current'): bigint =>
      lots.reduce(
        (sum, lot) => (lot.until === null && (of === 'all' || lot.setAsideOn === null) ? sum + remaining(lot) : sum),
        0n,
      );
    const piece = pieces.find(({ from, to }) => from <= day && (to === null || day < to));
    const ended = piece ? undefined : pieces.findLast(({ from }) => from < day);
    let next: Step | undefined;
    if (piece) {
      const { version } = piece;
      const before = pieces.findLast(({ from, isEnded }) => isEnded && from < piece.from);
      if (before && isAnew(version, { startDate: before.version.startDate, end: before.to }))
        for (const lot of lots) if (lot.on < piece.from) lot.setAsideOn ??= day;
      const missing = held() - version.quantityE6;
      if (missing < 0n) {
        const lock = covering(commitments, day) ?? covering(paidTerms, day) ?? null;
        lots.push({ on: day, lock, quantityE6: -missing, version, drops: [], until: null, setAsideOn: null });
      }
      // What is short already is told from the day on which it was seen first.
      if (missing !== short) {
        for (const one of undecided) if (one.kind === 'kept' && one.until > day) one.until = day;
        if (missing > 0n) give({ kind: 'fewer', on: day, seenOn: version.effectiveFrom }, missing, version);
      }
      short = held() - version.quantityE6;
      const listed = short > 0n ? held() : version.quantityE6;
      next = { from: day, to: null, version, quantityE6: listed + held('all') - held() };
    } else if (ended?.isEnded) {
      if (ended.to === day)
        give({ kind: 'ended', on: day, seenOn: endSeenOn(known, ended.version) }, held(), ended.version);
      if (held() > 0n) next = { from: day, to: null, version: ended.version, quantityE6: held() };
    }
    const last = steps.at(-1);
    if (last && last.to === null) last.to = day;
    if (next) steps.push(next);
  }
  return { lots, steps, undecided: undecided.filter(({ from, until: to }) => from < to) };
};

/** The steps that a piece of time is billed in. */
export const stepsWithin = (steps: readonly Step[], from: string, to: string): Step[] =>
  steps.flatMap((step) => {
    const [start, end] = [latest(step.from, from), step.to === null ? to : earliest(step.to, to)];
    return start < end ? [{ ...step, from: start, to: end }] : [];
  });
