import { addDays, addMonths, earliest, lookBackMonths, monthOf } from '../rating/period.ts';

/** Days whose usage is read, both included. */
export interface SyncWindow {
  from: string;
  to: string;
}

// Vendors correct the days behind them; the invoice run of the 6th wants the whole month as it is then.
const trailingDays = 7;
const closingDay = '06';

/** Every day from one to the other, both included. */
export const daysOf = ({ from, to }: SyncWindow): string[] => {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
};

// Late corrections reach months that are billed: whatever the next invoice run looks at is read again on the day before
// it, and once a week, on Fridays, when the hours that this may take disturb nobody. After a long absence these are more.
const isThorough = (day: string): boolean => day.slice(8) === '05' || new Date(`${day}T00:00:00Z`).getUTCDay() === 5;

const checkedFrom = (today: string, oldestRun: string | null): string => {
  const month = monthOf(today).start;
  const usual = addMonths(month, -lookBackMonths - (today.slice(8) <= closingDay ? 1 : 0));
  return earliest(usual, oldestRun ?? usual);
};

/**
 * What is missing since the last sync and the week before it; the whole last month at its close and at the first sync;
 * all months that an invoice run looks at when a thorough day has come since.
 */
export const syncWindow = ({
  today,
  lastSync,
  oldestRun,
  from,
}: {
  /** The tenant's date. */
  today: string;
  lastSync: string | null;
  /** The oldest month that was run and is not closed. */
  oldestRun: string | null;
  from: string | undefined;
}): SyncWindow => {
  const lastMonth = addMonths(monthOf(today).start, -1);
  const trailing = addDays(lastSync ?? today, -trailingDays);
  const isDue = lastSync !== null && daysOf({ from: addDays(lastSync, 1), to: today }).some(isThorough);
  const month = lastSync === null || today.slice(8) <= closingDay ? lastMonth : trailing;
  const wanted = isDue ? checkedFrom(today, oldestRun) : month;
  return { from: from ?? (wanted < trailing ? wanted : trailing), to: addDays(today, -1) };
};
