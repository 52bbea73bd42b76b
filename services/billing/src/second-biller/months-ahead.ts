import { isBoughtOnce, prepaidMonths } from '../rating/billing-term.ts';
import { termSaid } from '../rating/line-words.ts';
import { addMonths, monthOf } from '../rating/period.ts';
import { termBegin } from '../rating/source-keys.ts';
import type { Month } from './beside.ts';

/** A line that bills a term, as it was rated. */
export interface TermLine {
  sourceKey: string;
  description: string;
}

/** The day after the last that a line bills; undefined where it bills no term, or what is bought once. */
const endOf = ({ sourceKey, description }: TermLine): string | undefined => {
  const begin = termBegin(sourceKey);
  const term = termSaid(description);
  if (begin === undefined || term === undefined || isBoughtOnce(term)) return undefined;
  return addMonths(begin, prepaidMonths(term) ?? 0);
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
