import { daysBetween, type Period } from './period.ts';

/** How days of a month become a share of its price. Each line keeps the share that it was billed by. */
export type Proration = 'actual' | 'thirty-actual' | 'thirty-360';

export interface Share {
  days: number;
  of: number;
}

const dayOf30 = (date: string): number => Math.min(Number(date.slice(8, 10)), 30);

/** Days between two dates in a year of twelve months of 30 days; the 31st counts as the 30th. */
const days360 = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 360 +
  (Number(to.slice(5, 7)) - Number(from.slice(5, 7))) * 30 +
  dayOf30(to) -
  dayOf30(from);

const counted: Record<Exclude<Proration, 'actual'>, (from: string, to: string) => number> = {
  'thirty-actual': daysBetween,
  'thirty-360': days360,
};

/**
 * The shares of a month that these stretches are. A whole month is its whole price whichever days it has, and so is one that
 * is cut by a change: only then do parts of 30 not sum to it, and the days of the month are counted. No stretch is more than
 * the whole.
 */
export const sharesOf = (
  stretches: readonly { from: string; to: string }[],
  period: Period,
  proration: Proration,
): Share[] => {
  const of = daysBetween(period.start, period.end);
  const actual = stretches.map(({ from, to }) => ({ days: daysBetween(from, to), of }));
  const isWhole = actual.reduce((sum, { days }) => sum + days, 0) >= of;
  if (proration === 'actual' || isWhole) return actual;
  const count = counted[proration];
  return stretches.map(({ from, to }) => ({ days: Math.min(count(from, to), 30), of: 30 }));
};
