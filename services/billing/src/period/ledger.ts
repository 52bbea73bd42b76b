import { addMonths, contains, lookBackMonths, monthOf } from '../rating/period.ts';
import type { PeriodState } from '../contract.ts';

/** A month as the ledger keeps it; `open` is no state of a row, but a month that is not over. */
export interface LedgerRow {
  /** The first day of the month. */
  period: string;
  state: Exclude<PeriodState, 'open'>;
  /** On which of the tenant's days a run finished it first. */
  runOn: string | null;
}

/** A month as it stands on a day; `row` is undefined where the ledger has none yet. */
export interface LedgerMonth<Row extends LedgerRow = LedgerRow> {
  period: string;
  state: PeriodState;
  row: Row | undefined;
}

const monthsFrom = (first: string, last: string): string[] => {
  const months: string[] = [];
  for (let month = first; month <= last; month = addMonths(first, months.length)) months.push(month);
  return months;
};

/**
 * Every month from the ledger's first to that of `today`, the tenant's date, oldest first. A month that is over and of which
 * nobody has written anything is due: there is no gap through which one could fall.
 */
export const ledgerAt = <Row extends LedgerRow>(rows: readonly Row[], today: string): LedgerMonth<Row>[] => {
  const first = rows.reduce<string | undefined>(
    (least, { period }) => (least === undefined || period < least ? period : least),
    undefined,
  );
  if (first === undefined) return [];
  const byPeriod = new Map(rows.map((row) => [row.period, row]));
  return monthsFrom(first, monthOf(today).start).map((period) => {
    const row = byPeriod.get(period);
    const isOver = monthOf(period).end <= today;
    return { period, row, state: isOver ? (row?.state ?? 'due') : 'open' };
  });
};

/** The last month that is over on this day. */
export const lastOver = (today: string): string => addMonths(monthOf(today).start, -1);

/**
 * Whether nothing looks at a month any more once it was looked at today: so many months have ended since it was run. One that
 * was run late has the same time for prices and customers that it lacks.
 */
const isLastLook = ({ period, row }: LedgerMonth, today: string): boolean => {
  const before = row?.runOn ? lastOver(row.runOn) : period;
  return addMonths(before > period ? before : period, lookBackMonths) < lastOver(today);
};

export interface MonthsOfRuns {
  /** Over and not finished: each is drafted, oldest first. */
  due: string[];
  /** Run, and looked at again: their drafts follow the rating, and what is approved is compared. */
  again: string[];
  /** Those of `again` that are closed after this look. */
  closing: string[];
}

/** What the runs of a day are for. */
export const monthsOfRuns = (ledger: readonly LedgerMonth[], today: string): MonthsOfRuns => {
  const run = ledger.filter(({ state }) => state === 'run');
  return {
    due: ledger.filter(({ state }) => state === 'due').map(({ period }) => period),
    again: run.map(({ period }) => period),
    closing: run.filter((month) => isLastLook(month, today)).map(({ period }) => period),
  };
};

/** The month of the ledger in which a date lies. */
export const monthIn = <Row extends LedgerRow>(
  ledger: readonly LedgerMonth<Row>[],
  date: string,
): LedgerMonth<Row> | undefined => ledger.find(({ period }) => contains(monthOf(period), date));
