import { required } from '@legendops/kit/testing/required';
import { exact, nothing, product as times, sum, type Exact } from './exact.ts';
import { costCents, type Product, type Sold } from './pax8-machine.ts';

/**
 * What each customer owes, reckoned day by day and seat by seat from the rules alone: it shares no line with the rating core.
 * It knows what the nights have shown (a day that nobody saw is as the last night before it), and the price book as it is now.
 */

export interface Seen {
  on: string;
  quantity: number;
  endDate: string | null;
}

export interface Followed {
  id: string;
  companyId: string;
  product: Product;
  startDate: string;
  seen: Seen[];
}

export interface Rule {
  product: Product | null;
  /** Cents of one seat; null for the markup. */
  priceCents: number | null;
  markupPpm: number | null;
  from: string;
  to: string | null;
}

/** What one thing owes of one month. */
export interface Owed {
  thing: string;
  companyId: string;
  month: string;
  amount: Exact;
  /** How often an invoice rounds it, at most. */
  roundings: number;
}

const dayMs = 86_400_000;
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / dayMs;
const text = (number: number): string => new Date(number * dayMs).toISOString().slice(0, 10);
const monthOf = (date: string): string => date.slice(0, 7);
const nextMonth = (month: string): string => monthOf(text(day(`${month}-01`) + 31));
const daysIn = (month: string): number => day(`${nextMonth(month)}-01`) - day(`${month}-01`);

/** The anniversary of a date, the month's last day where it has no such day. */
const anniversary = (date: string, years: number): string => {
  const wanted = `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
  return Number.isNaN(Date.parse(`${wanted}T00:00:00Z`)) || text(day(wanted)) !== wanted
    ? `${wanted.slice(0, 8)}28`
    : wanted;
};

const priceOn = (rules: readonly Rule[], product: Product, date: string): Exact => {
  const holding = rules.filter(({ from, to }) => from <= date && (to === null || date < to));
  const later = (a: Rule, b: Rule): Rule => (b.from > a.from ? b : a);
  const own = holding.filter((rule) => rule.product === product);
  const any = holding.filter((rule) => rule.product === null);
  if (own.length > 0) return exact(own.reduce(later).priceCents ?? 0);
  const markup = any.reduce(later).markupPpm ?? 0;
  return times(exact(costCents[product]), exact(1_000_000 + markup, 1_000_000));
};

const markupOn = (rules: readonly Rule[], date: string): Exact => {
  const holding = rules.filter(
    ({ product, from, to }) => product === null && from <= date && (to === null || date < to),
  );
  return exact(1_000_000 + (holding.reduce((a, b) => (b.from > a.from ? b : a)).markupPpm ?? 0), 1_000_000);
};

/** Whether the seats that were seen hold from then on: what is seen after the end only says the end. */
const counts = ({ on, endDate }: Seen): boolean => endDate === null || on <= endDate;

/** Seats by the month: each pays for its days, at the price of the day. */
const monthly = ({ id, companyId, startDate, seen }: Followed, rules: readonly Rule[], until: string): Owed[] => {
  const ended = seen.findLast(({ endDate }) => endDate !== null)?.endDate ?? null;
  const months = new Map<string, Exact>();
  for (let number = day(startDate); number < day(until); number += 1) {
    const date = text(number);
    if (ended !== null && date > ended) break;
    const now = required(seen.findLast((one) => one.on <= date && counts(one)) ?? seen[0], 'night');
    const share = exact(now.quantity, daysIn(monthOf(date)));
    const before = months.get(monthOf(date)) ?? nothing;
    months.set(monthOf(date), sum(before, times(share, priceOn(rules, 'monthly', date))));
  }
  return [...months].map(([month, amount]) => ({ thing: id, companyId, month, amount, roundings: 1 }));
};

interface Seat {
  from: string;
  /** The first day on which it is no longer there; null while it is. */
  to: string | null;
  /** The night that has shown that; null while it is there. */
  seenOn: string | null;
}

const windowDays = 7;

/** What is shown by the sixth of a month is billed with the month before. */
const daysToShow = 5;

const isTooLateFor = (month: string, shownOn: string): boolean =>
  day(`${nextMonth(month)}-01`) + daysToShow < day(shownOn);

/** Takes the newest seats back that may still go; the others stay to the end of the term. */
const giveBack = (
  seats: readonly Seat[],
  count: number,
  { on, lastDay, seenOn }: { on: string; lastDay: string; seenOn: string },
): void => {
  const there = seats.filter(({ to }) => to === null).toReversed();
  for (const seat of there.slice(0, count))
    if (day(lastDay) - day(seat.from) <= windowDays) Object.assign(seat, { to: on, seenOn });
};

/** The seats of one year, whenever they came and went. */
const seatsOfYear = (seen: readonly Seen[], { begin, end }: { begin: string; end: string }): Seat[] => {
  const shownEnd = seen.find(({ endDate }) => endDate !== null);
  const ended = shownEnd?.endDate ?? null;
  // A vendor is asked at night: what the night after the begin shows was so at the begin.
  const shown = seen
    .filter((one) => counts(one) || one === seen[0])
    .map((one) => ({ ...one, night: one.on, on: day(one.on) === day(begin) + 1 ? begin : one.on }));
  const first = required(shown.findLast(({ on }) => on <= begin) ?? shown[0], 'night');
  const seats = Array.from({ length: first.quantity }, (): Seat => ({ from: begin, to: null, seenOn: null }));
  for (const { on, night, quantity } of shown) {
    if (on <= begin || on >= end || (ended !== null && on > ended)) continue;
    const held = seats.filter(({ to }) => to === null).length;
    for (let more = held; more < quantity; more += 1) seats.push({ from: on, to: null, seenOn: null });
    if (quantity < held) giveBack(seats, held - quantity, { on, lastDay: on, seenOn: night });
  }
  if (shownEnd && ended !== null && ended < end)
    giveBack(seats, seats.length, { on: text(day(ended) + 1), lastDay: ended, seenOn: shownEnd.on });
  return seats;
};

/**
 * A year in advance: each seat pays for its days of the term, in the month in which it came. What is shown to have gone after
 * the invoices of that month is credited in the month that shows it.
 */
const annual = ({ id, companyId, startDate, seen }: Followed, rules: readonly Rule[], until: string): Owed[] => {
  const ended = seen.find(({ endDate }) => endDate !== null)?.endDate ?? null;
  const owed: Owed[] = [];
  for (let year = 0; anniversary(startDate, year) < until; year += 1) {
    const [begin, end] = [anniversary(startDate, year), anniversary(startDate, year + 1)];
    if (ended !== null && ended < begin) break;
    const price = priceOn(rules, 'annual', begin);
    const owe = (month: string, days: number): void => {
      const amount = times(price, exact(days, day(end) - day(begin)));
      owed.push({ thing: id, companyId, month, amount, roundings: 1 });
    };
    const seats = seatsOfYear(seen, { begin, end });
    const isCredited = ({ from, seenOn }: Seat): boolean => seenOn !== null && isTooLateFor(monthOf(from), seenOn);
    for (const from of new Set(seats.map((seat) => seat.from))) {
      const lot = seats.filter((seat) => seat.from === from);
      const last = (seat: Seat): string => (isCredited(seat) ? end : (seat.to ?? end));
      owe(
        monthOf(from),
        lot.reduce((total, seat) => total + day(last(seat)) - day(from), 0),
      );
      for (const gone of new Set(lot.filter(isCredited).map(({ to, seenOn }) => `${to} ${seenOn}`))) {
        const [to = '', seenOn = ''] = gone.split(' ');
        const count = lot.filter((seat) => isCredited(seat) && seat.to === to).length;
        owe(monthOf(to > seenOn ? to : seenOn), -count * (day(end) - day(to)));
      }
    }
  }
  return owed;
};

const used = (
  { id, companyId, days }: { id: string; companyId: string; days: ReadonlyMap<string, number> },
  rules: readonly Rule[],
  { since, until }: { since: string; until: string },
): Owed[] => {
  const months = new Map<string, Exact>();
  for (const [date, cents] of days) {
    if (date >= until || monthOf(date) < monthOf(since)) continue;
    const amount = times(exact(cents), markupOn(rules, date));
    months.set(monthOf(date), sum(months.get(monthOf(date)) ?? nothing, amount));
  }
  const stretches = (month: string): number =>
    1 +
    new Set(
      rules
        .flatMap(({ from, to }) => [from, to ?? ''])
        .filter((date) => monthOf(date) === month && !date.endsWith('-01')),
    ).size;
  return [...months].map(([month, amount]) => ({ thing: id, companyId, month, amount, roundings: stretches(month) }));
};

export interface Oracle {
  followed: Map<string, Followed>;
  rules: Rule[];
  /** What a night has shown of all that is listed. */
  see(night: string, listed: readonly Sold[]): void;
  owed(known: {
    metered: readonly { id: string; companyId: string; days: ReadonlyMap<string, number> }[];
    /** The first month that is billed, and the first day that is not. */
    since: string;
    until: string;
  }): Owed[];
  /** Whether a thing was listed so late that a month of it is told and not billed. */
  isTooLate(thing: string, month: string): boolean;
}

export const oracleOf = (): Oracle => {
  const followed = new Map<string, Followed>();
  const rules: Rule[] = [];
  let firstNight = '';
  const isTooLate: Oracle['isTooLate'] = (thing, month) => {
    const listed = followed.get(thing)?.seen[0]?.on;
    if (listed === undefined || listed === firstNight) return false;
    return isTooLateFor(month, listed);
  };
  return {
    followed,
    rules,
    isTooLate,
    see: (night, listed) => {
      firstNight ||= night;
      for (const { id, companyId, product, startDate, quantity, endDate } of listed) {
        const known = followed.get(id) ?? { id, companyId, product, startDate, seen: [] };
        followed.set(id, known);
        const last = known.seen.at(-1);
        if (last?.on === night) known.seen.pop();
        const before = known.seen.at(-1);
        if (before?.quantity !== quantity || before.endDate !== endDate)
          known.seen.push({ on: night, quantity, endDate });
      }
    },
    owed: ({ metered, since, until }) =>
      [
        ...[...followed.values()].flatMap((thing) =>
          thing.product === 'monthly' ? monthly(thing, rules, until) : annual(thing, rules, until),
        ),
        ...metered.flatMap((thing) => used(thing, rules, { since, until })),
      ].filter(({ thing, month }) => month >= monthOf(since) && month < monthOf(until) && !isTooLate(thing, month)),
  };
};
