import { expect, it } from 'vitest';
import { dueOn } from './due-date.ts';

const days = (dueDays: number) => ({ dueDays, dayOfMonth: undefined, nextMonthDays: 0 });
const day = (dayOfMonth: number, nextMonthDays = 0) => ({ dueDays: undefined, dayOfMonth, nextMonthDays });

it.each([
  ['30 days after it', '2026-01-31', days(30), '2026-03-02'],
  ['at once', '2026-01-31', days(0), '2026-01-31'],
  ['on the 15th, which is to come', '2026-02-06', day(15), '2026-02-15'],
  ['on the 15th, which is over', '2026-01-31', day(15), '2026-02-15'],
  ['on the 15th of the next month, where it is issued shortly before', '2026-02-10', day(15, 10), '2026-03-15'],
  ['on the last day of a shorter month', '2026-01-31', day(31, 1), '2026-02-28'],
  ['on the 31st itself', '2026-01-31', day(31), '2026-01-31'],
])('an invoice is due %s', (_title, date, terms, expected) => {
  expect(dueOn(date, terms)).toBe(expected);
});

it('is not known of terms that say nothing', () => {
  expect(dueOn('2026-01-31', { dueDays: undefined, dayOfMonth: undefined, nextMonthDays: 0 })).toBeUndefined();
});
