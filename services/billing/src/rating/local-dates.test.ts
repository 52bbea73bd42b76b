import { describe, expect, it } from 'vitest';
import { daysBetween, localDate, monthOf } from './period.ts';

const hourMs = 3_600_000;

/** Every half hour of some years, in order. */
const halfHours = (from: string, to: string): Date[] =>
  Array.from(
    { length: (Date.parse(to) - Date.parse(from)) / (hourMs / 2) },
    (_, n) => new Date(Date.parse(from) + (n * hourMs) / 2),
  );

const zones = [
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'UTC',
];

describe.each(zones)('the date in %s', (zone) => {
  const dates = halfHours('2026-12-30T00:00Z', '2028-03-02T00:00Z').map((instant) => localDate(instant, zone));

  it('never goes back, and leaves out no day, whatever the clocks do', () => {
    const days = [...new Set(dates)];
    expect(days).toEqual(days.toSorted());
    expect(days.slice(1).map((date, n) => daysBetween(days[n] ?? '', date))).toEqual(days.slice(1).map(() => 1));
  });

  it('has every hour in one month alone', () => {
    const months = dates.map((date) => monthOf(date).start);
    const starts = months.filter((month, n) => month !== months[n - 1]);
    expect(new Set(starts).size).toBe(starts.length);
  });
});

it.each([
  ['2027-03-14T06:59:00Z', 'America/New_York', '2027-03-14'],
  ['2027-03-14T07:30:00Z', 'America/New_York', '2027-03-14'],
  ['2027-11-07T05:30:00Z', 'America/New_York', '2027-11-07'],
  ['2027-11-07T06:30:00Z', 'America/New_York', '2027-11-07'],
  ['2026-04-01T03:30:00Z', 'America/New_York', '2026-03-31'],
  ['2027-03-28T00:59:00Z', 'Europe/London', '2027-03-28'],
  ['2027-10-30T23:30:00Z', 'Europe/London', '2027-10-31'],
  ['2027-10-02T15:29:00Z', 'Australia/Lord_Howe', '2027-10-03'],
  ['2027-10-31T18:15:00Z', 'Asia/Kathmandu', '2027-11-01'],
  ['2027-10-31T18:14:00Z', 'Asia/Kathmandu', '2027-10-31'],
])('%s is in %s the %s', (instant, zone, date) => {
  expect(localDate(new Date(instant), zone)).toBe(date);
});
