import { addDays, addMonths, monthOf } from '../rating/period.ts';

/** Days whose usage is read, both included. */
export interface SyncWindow {
  from: string;
  to: string;
}

// Vendors correct the days behind them; the invoice run of the 6th wants the whole month as it is then.
const trailingDays = 7;
const closingDay = '06';

/** What is missing since the last sync and the week before it; the whole last month at its close and at the first sync. */
export const syncWindow = ({
  today,
  lastSync,
  from,
}: {
  /** The tenant's date. */
  today: string;
  lastSync: string | null;
  from: string | undefined;
}): SyncWindow => {
  const lastMonth = addMonths(monthOf(today).start, -1);
  const trailing = addDays(lastSync ?? today, -trailingDays);
  const wanted = lastSync === null || today.slice(8) <= closingDay ? lastMonth : trailing;
  return { from: from ?? (wanted < trailing ? wanted : trailing), to: addDays(today, -1) };
};

export const daysOf = ({ from, to }: SyncWindow): string[] => {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
};
