import { dayOf } from '../superops/instant.ts';
import type { Contract, SuperOpsInvoice } from '../superops/objects.ts';

/** Days of a calendar; the end is the first day after them. */
export interface Days {
  from: string;
  until: string;
}

/** How many months before, and after, the month of its date an invoice may bill. */
export interface Reach {
  before: number;
  after: number;
}

/** What was used is invoiced a month later, what is to come a month earlier: by whom no contract says it, too. */
const least: Reach = { before: 1, after: 1 };

/** What nobody can tell is taken for as long as the longest terms that are sold. */
const longestMonths = 60;
const longest: Reach = { before: longestMonths, after: longestMonths };

const monthsIn: Readonly<Record<string, number>> = { DAY: 1 / 28, WEEK: 1 / 4, MONTH: 1, YEAR: 12 };

const notRecurring = new Set(['ONCE', 'PERPETUAL']);

const daysInMonths = (days: number): number => days / 28;

const bounded = (months: number): number =>
  months >= 0 && months <= longestMonths ? Math.ceil(months) : longestMonths;

/** Of one contract: it bills as many months as lie between two of its invoices, and so many days more where it is ahead. */
const reachOfContract = ({ contract: { billableContract } }: Contract): Reach => {
  if (!billableContract || notRecurring.has(billableContract.frequencyType)) return least;
  if (!billableContract.recurringContract) return longest;
  const { recurringMode, frequencyDurationUnit, frequencyInterval, billingOffset } = billableContract.recurringContract;
  const step = (monthsIn[frequencyDurationUnit] ?? Number.NaN) * frequencyInterval;
  if (recurringMode === 'ARREAR') return { before: bounded(step), after: 0 };
  if (recurringMode === 'UPFRONT') return { before: 0, after: bounded(step) };
  if (recurringMode === 'ADVANCE')
    return { before: 0, after: bounded(step + daysInMonths(billingOffset ?? Number.NaN)) };
  return longest;
};

/** Months since the year 0. */
const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

/** Of a month, within the years that a calendar here has. */
const firstDayOf = (month: number): string => {
  const within = Math.min(Math.max(month, 12), 9999 * 12);
  const [year, ofYear] = [Math.floor(within / 12), (within % 12) + 1];
  return `${year.toString().padStart(4, '0')}-${ofYear.toString().padStart(2, '0')}-01`;
};

/**
 * Whether a contract can have billed some of the days; one whose days cannot be read can. What was billed ahead is paid beyond the
 * end of its contract: whoever moves a customer to us in the middle of a year ends it there, and gives nothing back.
 */
const isOf =
  ({ from, until }: Days) =>
  (contract: Contract): boolean => {
    const [startsOn, endsOn] = [dayOf(contract.startDate), dayOf(contract.endDate)];
    if (contract.contractStatus === 'DRAFT' || (startsOn !== null && startsOn >= until)) return false;
    return endsOn === null || firstDayOf(monthOf(endsOn) + reachOfContract(contract).after + 1) > from;
  };

/** How far the invoices of a client reach that may bill some days, by its contracts: which invoice is of which nothing says. */
export const reachOf = ({ rows, unreadable }: { rows: readonly Contract[]; unreadable: number }, days: Days): Reach => {
  const reaches = [least, ...(unreadable > 0 ? [longest] : []), ...rows.filter(isOf(days)).map(reachOfContract)];
  return {
    before: Math.max(...reaches.map(({ before }) => before)),
    after: Math.max(...reaches.map(({ after }) => after)),
  };
};

/** The whole months that an invoice may bill, by its date and those of its lines; null where it says no day. */
export const billedDays = (
  { invoiceDate, items }: Pick<SuperOpsInvoice, 'invoiceDate' | 'items'>,
  { before, after }: Reach,
): Days | null => {
  const date = dayOf(invoiceDate);
  if (date === null) return null;
  const months = [date, ...(items ?? []).flatMap(({ billedDate }) => dayOf(billedDate) ?? [])].map(monthOf);
  return {
    from: firstDayOf(Math.min(...months) - before),
    until: firstDayOf(Math.max(...months) + after + 1),
  };
};
