import { expect, it } from 'vitest';
import { dayOf, instantOf } from './instant.ts';

it.each([
  ['2026-02-28', '2026-02-28'],
  ['2028-02-29T23:59:59', '2028-02-29'],
  ['2026-02-30', null],
  ['2026-11-31T00:00:00', null],
  ['0000-01-01', null],
  ['', null],
])('the day of %s is %s', (text, day) => {
  expect(dayOf(text)).toBe(day);
});

it.each([
  ['2026-02-28T23:59:59', '2026-02-28T23:59:59Z'],
  ['2026-02-28T23:59:59.123', '2026-02-28T23:59:59.123Z'],
  ['2026-02-30T00:00:00', null],
  ['0000-01-01T00:00:00', null],
  ['2026-02-28T25:00:00', null],
  ['2026-02-28', null],
])('the instant of %s is %s', (text, instant) => {
  expect(instantOf(text)).toBe(instant);
});
