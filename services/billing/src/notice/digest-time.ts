import { addDays, localDate } from '../rating/period.ts';

/** The hour of the tenant's day at which the mail of a day is sent. No zone changes its clocks at that hour. */
export const digestHour = 7;

const hourMs = 3_600_000;

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
const offsetAt = (instant: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(instant / 1_000) * 1_000;
};

/** The instant at which the clocks of a zone show the digest's hour on a day; by the offset that holds then, not now. */
export const digestAt = (day: string, timeZone: string): Date => {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + digestHour * hourMs;
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return new Date(asUtc - offsetAt(guess, timeZone));
};

/** The day of the tenant whose digest is the next one after an instant. */
export const nextDigestOn = (now: Date, timeZone: string): string => {
  const today = localDate(now, timeZone);
  return digestAt(today, timeZone) > now ? today : addDays(today, 1);
};
