import { describe, expect, it } from 'vitest';
import { monthsAhead } from './months-ahead.ts';

const january = { from: '2026-01-01', until: '2026-02-01' };
const line = (begin: string, description: string) => ({ sourceKey: `subscription:7:term:${begin}`, description });
const ahead = (today: string, ...lines: ReturnType<typeof line>[]) =>
  monthsAhead(january, lines, today).map(({ from }) => from.slice(0, 7));

describe('the months that an invoice of ours bills ahead', () => {
  it.each([
    ['a year', 'Suite, annual', '2026-01-15', 12, '2027-01'],
    ['what is left of a year', 'Suite, annual, 2026-01-01 to 2026-12-31', '2025-04-01', 2, '2026-03'],
    ['two years', 'Suite, 2-year', '2026-01-01', 23, '2027-12'],
    ['three years, of seats that came later', 'Suite, 3 year, seats added', '2026-01-01', 35, '2028-12'],
    ['three years of what is called “annual”', 'Support, annual, 3-year', '2026-01-01', 35, '2028-12'],
  ])('are those of its terms: %s', (_what, description, begin, count, last) => {
    const months = ahead('2035-01-01', line(begin, description));
    expect([months.length, months.at(-1)]).toEqual([count, last]);
  });

  it('are none of what is billed by the month, is bought once, or is no term', () => {
    expect(ahead('2035-01-01', line('2026-01-01', 'Suite, one-time'), line('soon', 'Suite, annual'))).toEqual([]);
    expect(
      monthsAhead(january, [{ sourceKey: 'subscription:7:2026-01', description: 'Suite, annual' }], '2035-01-01'),
    ).toEqual([]);
  });

  it('end with the month after the day on which it is asked', () => {
    expect(ahead('2026-03-31', line('2026-01-01', 'Suite, annual'))).toEqual(['2026-02', '2026-03', '2026-04']);
    expect(ahead('2026-01-01', line('2026-01-01', 'Suite, annual'))).toEqual(['2026-02']);
  });
});
