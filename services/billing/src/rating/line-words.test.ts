import { describe, expect, it } from 'vitest';
import { aSubscription } from '../testing/rating-builders.ts';
import { prepaidSpellings } from './billing-term.ts';
import { lineWords, termSaid } from './line-words.ts';

const whole = { quantityE6: 1_000_000n, days: 365, of: 365, from: '2026-01-01', to: '2027-01-01' };
const part = { ...whole, days: 3, from: '2026-07-01', to: '2026-07-04' };

describe('what the line of a subscription says', () => {
  it('is read again as the term that it was written of', () => {
    for (const billingTerm of prepaidSpellings)
      for (const stretch of [whole, part])
        for (const kind of ['begun', 'added', 'returned'] as const)
          for (const productName of ['Business Premium', 'Support, annual', 'Suite, 3-year, monthly']) {
            const words = lineWords({ ...stretch, version: aSubscription({ productName, billingTerm }) }, kind);
            expect([words, termSaid(words)?.toLowerCase()]).toEqual([words, billingTerm.toLowerCase()]);
          }
  });

  it('is no term where it is of a month', () => {
    for (const productName of ['Business Premium', 'Support, annual'])
      for (const stretch of [whole, part])
        expect(termSaid(lineWords({ ...stretch, version: aSubscription({ productName }) }))).toBeUndefined();
  });

  it.each([
    ['Business Premium, annual', 'Annual'],
    ['Business Premium, 3-year, 2026-01-10 to 2026-01-13', '3-Year'],
    ['Backup, 2 year', '2 Year'],
    ['Business Premium, annual, seats added, 2026-07-01 to 2027-02-28', 'Annual'],
    ['Business Premium, annual, monthly, 2026-01-01 to 2026-01-15', undefined],
  ])('was written as %s, and posted lines keep that', (description, expected) => {
    expect(termSaid(description)).toBe(expected);
  });
});
