/** A period of local dates: the end is the first day after it. Dates are YYYY-MM-DD of the tenant. */
export interface Period {
  start: string;
  end: string;
}

/** Vendors correct usage for some weeks: an invoice run looks again at so many months before its own. */
export const lookBackMonths = 3;

const dayMs = 86_400_000;

const utc = (date: string): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));

const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Calendar days from one date to another; hours never count. */
export const daysBetween = (from: string, to: string): number => (utc(to) - utc(from)) / dayMs;

const counted = new WeakMap<Period, number>();

/** The days of a period: rating asks for those of one a million times. */
export const daysIn = (period: Period): number => {
  const known = counted.get(period);
  if (known !== undefined) return known;
  const days = daysBetween(period.start, period.end);
  counted.set(period, days);
  return days;
};

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The days of a month; `month` counts from 0. */
const lengthOf = (year: number, month: number): number =>
  month === 1 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0) ? 29 : (lengths[month] ?? 0);

const padded = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

export const addDays = (date: string, days: number): string => {
  const day = Number(date.slice(8, 10)) + days;
  // Within one month, which is most often, a date needs no calendar: rating asks for millions.
  return day >= 1 && day <= 28 ? `${date.slice(0, 8)}${padded(day)}` : dateOf(utc(date) + days * dayMs);
};

/** Months since the year 0; what is no date is refused. */
const monthIndex = (date: string): number => {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
  if (Number.isNaN(index)) throw new RangeError('Not a date');
  return index;
};

/** `date` plus whole months, clamped to the month's last day; always from an anchor, never chained. */
export const addMonths = (date: string, months: number): string => {
  const index = monthIndex(date) + months;
  const [year, month] = [Math.floor(index / 12), index % 12];
  const day = Math.min(Number(date.slice(8, 10)), lengthOf(year, month));
  return `${year.toString().padStart(4, '0')}-${padded(month + 1)}-${padded(day)}`;
};

/** How many whole steps of so many months lie between an anchor and a later month; 0 for an earlier one. */
export const stepsUntil = (date: string, anchor: string, months: number): number =>
  Math.max(0, Math.floor((monthIndex(date) - monthIndex(anchor)) / months));

/** Whether a date is the anchor or whole steps of so many months after it. */
export const isStep = (date: string, anchor: string, months: number): boolean => {
  const between = monthIndex(date) - monthIndex(anchor);
  return between >= 0 && between % months === 0 && addMonths(anchor, between) === date;
};

export const latest = (a: string, b: string): string => (a > b ? a : b);
export const earliest = (a: string, b: string): string => (a < b ? a : b);

/** The calendar month of a date. */
export const monthOf = (date: string): Period => {
  const start = `${date.slice(0, 7)}-01`;
  return { start, end: addMonths(start, 1) };
};

/** The tenant's date at an instant. */
export const localDate = (instant: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);

// A run is on the 6th unless somebody says otherwise: what is seen by then is billed with its month.
const lastLookDays = 5;

/** Whether what was seen on a day was seen too late for the invoices of a month. */
export const isAfterInvoices = (period: Period, seenOn: string): boolean => addDays(period.end, lastLookDays) < seenOn;

export const contains = ({ start, end }: Period, date: string): boolean => start <= date && date < end;
