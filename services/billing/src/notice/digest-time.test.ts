import { describe, expect, it } from 'vitest';
import { addDays } from '../rating/period.ts';
import { digestAt, digestHour, nextDigestOn } from './digest-time.ts';

const shownIn = (instant: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    dateStyle: 'short',
    timeStyle: 'short',
  })
    .format(instant)
    .replace(',', '');

describe.each([
  'UTC',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
])('a day of %s', (timeZone) => {
  it('has one digest, at its hour, on each of 800 days', () => {
    let before = digestAt('2026-12-31', timeZone).getTime();
    for (let day = '2027-01-01'; day < '2029-03-11'; day = addDays(day, 1)) {
      const at = digestAt(day, timeZone);
      expect(shownIn(at, timeZone)).toBe(`${day} 0${digestHour}:00`);
      expect(nextDigestOn(new Date(at.getTime() - 1), timeZone)).toBe(day);
      expect(nextDigestOn(at, timeZone)).toBe(addDays(day, 1));
      const hours = (at.getTime() - before) / 3_600_000;
      expect([23, 23.5, 24, 24.5, 25]).toContain(hours);
      before = at.getTime();
    }
  });
});

it('is 23 and 25 hours after the one before where clocks change', () => {
  const hoursBefore = (day: string): number =>
    (digestAt(day, 'America/New_York').getTime() - digestAt(addDays(day, -1), 'America/New_York').getTime()) /
    3_600_000;
  expect(hoursBefore('2027-03-14')).toBe(23);
  expect(hoursBefore('2027-11-07')).toBe(25);
});
