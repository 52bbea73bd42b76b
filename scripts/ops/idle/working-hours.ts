import { Refused } from '../environment-group.ts';

/** From Monday to Friday, whole hours of a time zone's clock. */
export interface WorkingHours {
  from: number;
  to: number;
  timeZone: string;
}

export const workingHoursOf = (text: string, timeZone: string): WorkingHours => {
  const [, from = '', to = ''] = /^(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  const hours = { from: Number(from), to: Number(to), timeZone };
  if (from === '' || hours.from >= hours.to || hours.to > 24) throw new Refused(`--hours is ${text}: such as 7-19`);
  try {
    isWithin(hours, new Date(0));
  } catch {
    throw new Refused(`--time-zone is ${timeZone}: such as Europe/Berlin`);
  }
  return hours;
};

const workingDays = new Set(['Mon', 'Tue', 'Wed', 'Thu', 'Fri']);

export const isWithin = ({ from, to, timeZone }: WorkingHours, at: Date): boolean => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const hour = Number(parts.get('hour'));
  return workingDays.has(parts.get('weekday') ?? '') && hour >= from && hour < to;
};

export const workingHoursSaid = ({ from, to, timeZone }: WorkingHours): string =>
  `working hours (Monday to Friday, ${from} to ${to} in ${timeZone})`;
