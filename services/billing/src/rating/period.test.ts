import { describe, expect, it } from 'vitest';
import { addDays, addMonths, daysBetween, localDate, monthOf } from './period.ts';

describe('periods', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2100-01-31', 1, '2100-02-28'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-29'],
    ['2026-03-15', -3, '2025-12-15'],
  ])('%s plus %i months is %s, counted from the anchor', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });

  it('counts calendar days, never hours: the months in which clocks change have as many days as others', () => {
    expect([daysBetween('2027-03-01', '2027-04-01'), daysBetween('2027-11-01', '2027-12-01')]).toEqual([31, 30]);
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  });

  it.each([
    ['2026-04-01T03:30:00Z', 'America/New_York', '2026-03-31'],
    ['2026-04-01T03:30:00Z', 'UTC', '2026-04-01'],
    ['2026-03-31T11:30:00Z', 'Pacific/Auckland', '2026-04-01'],
  ])('%s is %s of the tenant', (instant, timeZone, expected) => {
    expect(localDate(new Date(instant), timeZone)).toBe(expected);
  });

  it('is in a month whose end is the first of the next', () => {
    expect(monthOf('2026-12-31')).toEqual({ start: '2026-12-01', end: '2027-01-01' });
  });
});
