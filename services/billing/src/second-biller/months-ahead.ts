import { addMonths, monthOf } from '../rating/period.ts';
import type { Month } from './beside.ts';

/** A line that bills a term, as it was rated. */
export interface TermLine {
  sourceKey: string;
  description: string;
}

const began = /^subscription:[^:]+:term:(\d{4}-\d{2}-\d{2})(:|$)/;
const lengths = [
  { says: /, annual(,|$)/, months: 12 },
  { says: /, 2[- ]year(,|$)/, months: 24 },
  { says: /, 3[- ]year(,|$)/, months: 36 },
];

/** The day after the last that a line bills; undefined where it bills no term of a known length. */
const endOf = ({ sourceKey, description }: TermLine): string | undefined => {
  const begin = began.exec(sourceKey)?.[1];
  const length = lengths.find(({ says }) => says.test(description));
  return begin === undefined || length === undefined ? undefined : addMonths(begin, length.months);
};

/** The months after its own that an invoice of ours bills, by the terms on it, until the month after a day. */
export const monthsAhead = ({ until }: Month, terms: readonly TermLine[], today: string): Month[] => {
  const ends = terms.flatMap((line) => endOf(line) ?? []);
  const mostUntil = addMonths(monthOf(today).start, 2);
  const months: Month[] = [];
  for (let from = until; from < mostUntil && ends.some((end) => from < end); from = addMonths(from, 1))
    months.push({ from, until: addMonths(from, 1) });
  return months;
};
