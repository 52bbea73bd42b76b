import { describe, expect, test } from 'vitest';
import { formatDate, formatInstant, formatPeriod, formatTook } from './calendar.ts';

const plain = (text: string): string => text.replaceAll(/[\u2009\u202f\u00a0]/g, ' ');

describe('formatPeriod', () => {
  test.each([
    ['2026-10-01', '2026-11-01', 'October 2026'],
    ['2026-12-01', '2027-01-01', 'December 2026'],
    ['2028-02-01', '2028-03-01', 'February 2028'],
    ['2026-10-01', '2026-10-16', 'Oct 1 – 15, 2026'],
    ['2026-10-15', '2026-11-15', 'Oct 15 – Nov 14, 2026'],
    ['2026-10-01', '2026-12-01', 'Oct 1 – Nov 30, 2026'],
  ])('from %s to before %s reads %s', (start, end, expected) => {
    expect(plain(formatPeriod(start, end, 'en-US'))).toBe(expected);
  });
});

test('a calendar date keeps its day in every time zone of the browser', () => {
  expect(formatDate('2026-03-01', 'en-US')).toBe('Mar 1, 2026');
});

test('an instant is told in the time zone of the tenant', () => {
  const instant = '2026-11-01T03:30:00.123456Z';
  expect(plain(formatInstant(instant, 'America/New_York', 'en-US'))).toBe('Oct 31, 2026, 11:30 PM');
  expect(plain(formatInstant(instant, 'Asia/Tokyo', 'en-US'))).toBe('Nov 1, 2026, 12:30 PM');
});

describe('formatTook', () => {
  test.each([
    ['2026-01-01T00:00:00.3Z', 'under 1 s'],
    ['2026-01-01T00:00:42Z', '42 s'],
    ['2026-01-01T00:15:41Z', '15 min 41 s'],
    ['2026-01-01T02:05:00Z', '2 h 5 min'],
    ['2025-12-31T23:59:00Z', 'under 1 s'],
  ])('until %s reads %s', (finishedAt, expected) => {
    expect(formatTook('2026-01-01T00:00:00Z', finishedAt)).toBe(expected);
  });
});
