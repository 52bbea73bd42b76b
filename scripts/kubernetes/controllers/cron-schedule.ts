import { readCronExpression, type CronExpression, type CronInterval } from '../kinds/cron-expression.ts';
import { wallClock, type WallClock } from './wall-clock.ts';

export type Schedule = {
  /** The first moment of the schedule after a time. */
  next: (after: Date) => Date | undefined;
  /** The last moment of the schedule that is not after a time. */
  last: (until: Date) => Date | undefined;
};

const minuteMs = 60_000;
const dayMs = 86_400_000;
// Kubernetes gives up after five years: 30 February never comes.
const longestWaitDays = 5 * 366;

const suitsDay = (expression: CronExpression, wall: number): boolean => {
  const date = new Date(wall);
  if (!expression.months.has(date.getUTCMonth() + 1)) return false;
  const [day, weekday] = [expression.days.has(date.getUTCDate()), expression.weekdays.has(date.getUTCDay())];
  return expression.hasStarForDay ? day && weekday : day || weekday;
};

/** Every moment of one day of the wall at which the clock shows a time of the expression: none or two at changes of the hour. */
const momentsOf = (expression: CronExpression, clock: WallClock, day: number): number[] => {
  const moments: number[] = [];
  for (const hour of expression.hours)
    for (const minute of expression.minutes) moments.push(...clock.instantsOf(day + (hour * 60 + minute) * minuteMs));
  return moments.sort((a, b) => a - b);
};

const ofClock = (expression: CronExpression, clock: WallClock): Schedule => {
  /** The first moment that is found from the day of `start`, day by day in one direction. */
  const search = (start: number, direction: 1 | -1, isFound: (moment: number) => boolean): Date | undefined => {
    const first = Math.floor(clock.of(start) / dayMs) * dayMs;
    for (let days = 0; days <= longestWaitDays; days += 1) {
      const day = first + direction * days * dayMs;
      if (!suitsDay(expression, day)) continue;
      const moments = momentsOf(expression, clock, day);
      const found = direction === 1 ? moments.find(isFound) : moments.findLast(isFound);
      if (found !== undefined) return new Date(found);
    }
    return undefined;
  };
  return {
    next: (after) => search(after.getTime(), 1, (moment) => moment > after.getTime()),
    last: (until) => search(until.getTime(), -1, (moment) => moment <= until.getTime()),
  };
};

const ofInterval = ({ everyMs }: CronInterval): Schedule => ({
  next: (after) => new Date(Math.floor(after.getTime() / 1_000) * 1_000 + everyMs),
  last: (until) => new Date(Math.floor(until.getTime() / 1_000) * 1_000),
});

/** The moments of a schedule in a time zone, as Kubernetes finds them. */
export const cronSchedule = (text: string, timeZone: string | undefined): Schedule => {
  const expression = readCronExpression(text);
  return 'everyMs' in expression ? ofInterval(expression) : ofClock(expression, wallClock(timeZone ?? 'UTC'));
};

export type Due = { at: Date; isTooLate: boolean };

/** The latest start that is due and has not been made since `since`; missed ones before it are let go. */
export const dueStart = (
  schedule: Schedule,
  { since, now, deadlineSeconds }: { since: Date; now: Date; deadlineSeconds: number | undefined },
): Due | undefined => {
  const next = schedule.next(since);
  if (!next || next > now) return undefined;
  const at = schedule.last(now) ?? next;
  const isTooLate = deadlineSeconds !== undefined && now.getTime() - at.getTime() > deadlineSeconds * 1000;
  return { at, isTooLate };
};
