import type { ListedTerms } from '../quickbooks/account-lists.ts';
import { addDays, addMonths, daysBetween, monthOf } from '../rating/period.ts';

const dayIn = ({ start, end }: { start: string; end: string }, day: number): string => {
  const date = addDays(start, day - 1);
  return date < end ? date : addDays(end, -1);
};

/**
 * The day on which an invoice of a date falls due: some days after it, or on a day of the month, where it is not issued too
 * shortly before. Undefined of terms that say neither.
 */
export const dueOn = (
  date: string,
  { dueDays, dayOfMonth, nextMonthDays }: Pick<ListedTerms, 'dueDays' | 'dayOfMonth' | 'nextMonthDays'>,
): string | undefined => {
  if (dueDays !== undefined) return addDays(date, dueDays);
  if (dayOfMonth === undefined) return undefined;
  const month = monthOf(date);
  const due = dayIn(month, dayOfMonth);
  return daysBetween(date, due) < nextMonthDays ? dayIn(monthOf(addMonths(month.start, 1)), dayOfMonth) : due;
};
