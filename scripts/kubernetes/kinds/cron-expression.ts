/**
 * The expressions that a CronJob's schedule takes, with the words of its refusals: those of robfig/cron v3 (ParseStandard),
 * which Kubernetes reads them with. No seventh weekday, no L, # or W.
 */
export interface CronExpression {
  minutes: ReadonlySet<number>;
  hours: ReadonlySet<number>;
  days: ReadonlySet<number>;
  months: ReadonlySet<number>;
  weekdays: ReadonlySet<number>;
  /** With a star in one of the two, a day must suit both day fields; otherwise either of them. */
  hasStarForDay: boolean;
}

/** `@every`: from whenever it is asked. */
export interface CronInterval {
  everyMs: number;
}

interface Bounds {
  min: number;
  max: number;
  names: readonly string[];
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const minute: Bounds = { min: 0, max: 59, names: [] };
const hour: Bounds = { min: 0, max: 23, names: [] };
const day: Bounds = { min: 1, max: 31, names: [] };
const month: Bounds = { min: 1, max: 12, names: monthNames };
const weekday: Bounds = { min: 0, max: 6, names: weekdayNames };

const named: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

const refuse = (message: string): never => {
  throw new Error(message);
};

const wholeNumber = (text: string): number => {
  if (!/^[+-]?\d+$/.test(text))
    return refuse(`failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  const value = Number(text);
  return value < 0 ? refuse(`negative number (${value}) not allowed: ${text}`) : value;
};

const numberOrName = (text: string, { min, names }: Bounds): number => {
  const at = names.indexOf(text.toLowerCase());
  return at < 0 ? wholeNumber(text) : at + min;
};

interface Part {
  values: number[];
  isStar: boolean;
}

const readPart = (text: string, bounds: Bounds): Part => {
  const [range = '', stepText, ...moreSteps] = text.split('/');
  const [low = '', high, ...moreBounds] = range.split('-');
  const star = low === '*' || low === '?';
  if (!star && moreBounds.length > 0) return refuse(`too many hyphens: ${text}`);
  const start = star ? bounds.min : numberOrName(low, bounds);
  let end = bounds.max;
  if (!star) end = high === undefined ? start : numberOrName(high, bounds);
  if (moreSteps.length > 0) return refuse(`too many slashes: ${text}`);
  const step = stepText === undefined ? 1 : wholeNumber(stepText);
  // One number with a step goes on to the end.
  if (stepText !== undefined && high === undefined) end = bounds.max;
  if (start < bounds.min) return refuse(`beginning of range (${start}) below minimum (${bounds.min}): ${text}`);
  if (end > bounds.max) return refuse(`end of range (${end}) above maximum (${bounds.max}): ${text}`);
  if (start > end) return refuse(`beginning of range (${start}) beyond end of range (${end}): ${text}`);
  if (step === 0) return refuse(`step of range should be a positive number: ${text}`);
  const values: number[] = [];
  for (let value = start; value <= end; value += step) values.push(value);
  return { values, isStar: star && step === 1 };
};

const readField = (text: string, bounds: Bounds): { values: ReadonlySet<number>; isStar: boolean } => {
  const parts = text
    .split(',')
    .filter(Boolean)
    .map((part) => readPart(part, bounds));
  return { values: new Set(parts.flatMap(({ values }) => values)), isStar: parts.some(({ isStar }) => isStar) };
};

const readInterval = (text: string): CronInterval => {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text)
    return refuse(`failed to parse duration @every ${text}: time: invalid duration ${JSON.stringify(text)}`);
  const total = parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (unitMs[unit] ?? 0), 0);
  // Less than a second is a second there.
  return { everyMs: Math.max(1_000, Math.floor(total / 1_000) * 1_000) };
};

/** Reads a schedule; throws an error with the refusal of Kubernetes where it takes none. */
export const readCronExpression = (text: string): CronExpression | CronInterval => {
  if (text === '') return refuse('empty spec string');
  if (text.startsWith('@every ')) return readInterval(text.slice('@every '.length));
  if (text.startsWith('@') && !Object.hasOwn(named, text)) return refuse(`unrecognized descriptor: ${text}`);
  const fields = (named[text] ?? text).split(/\s+/).filter(Boolean);
  const [minutes = '', hours = '', days = '', months = '', weekdays = ''] = fields;
  if (fields.length !== 5) return refuse(`expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`);
  const read = {
    minutes: readField(minutes, minute),
    hours: readField(hours, hour),
    days: readField(days, day),
    months: readField(months, month),
    weekdays: readField(weekdays, weekday),
  };
  return {
    minutes: read.minutes.values,
    hours: read.hours.values,
    days: read.days.values,
    months: read.months.values,
    weekdays: read.weekdays.values,
    hasStarForDay: read.days.isStar || read.weekdays.isStar,
  };
};
