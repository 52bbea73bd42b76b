import fc from 'fast-check';
import { expect, it } from 'vitest';
import { history } from '../testing/rated-months.ts';
import { addDays, addMonths, contains } from './period.ts';
import { termsOf, type Term } from './terms.ts';

const day = fc.integer({ min: 0, max: 400 }).map((n) => addDays('2025-11-20', n));
const version = fc.record({
  startDate: fc.constantFrom('2025-01-10', '2026-01-10', '2026-01-28', '2026-02-12', '2026-03-31'),
  billingTerm: fc.constantFrom('Annual', '3-Year', 'One-Time', 'Monthly', 'Trial'),
  status: fc.constantFrom('Active', 'Active', 'PendingManual', 'PendingCancel'),
});

// A run knows what was seen by its day alone. An end that is learnt after an approval is left out: it takes a term back,
// which is told by the invoice that differs.
it.each([0, 5, 20])('whatever is seen when, runs %i days after their months bill no time twice', (runDay) => {
  fc.assert(
    fc.property(fc.uniqueArray(day, { minLength: 1, maxLength: 6 }), fc.array(version), (days, values) => {
      const all = history(...days.toSorted().map((effectiveFrom, n) => ({ ...values[n], effectiveFrom })));
      const billed = new Map<string, Term>();
      for (let n = 0; n < 14; n += 1) {
        const period = { start: addMonths('2025-12-01', n), end: addMonths('2025-12-01', n + 1) };
        const today = addDays(period.end, runDay);
        const versions = all
          .filter(({ effectiveFrom }) => effectiveFrom <= today)
          .map((one) => (one.effectiveTo !== null && one.effectiveTo > today ? { ...one, effectiveTo: null } : one));
        for (const term of termsOf({ versions, period }).terms)
          if (contains(period, term.billedOn)) billed.set(term.begin, term);
      }
      const inOrder = [...billed.values()].toSorted((a, b) => a.begin.localeCompare(b.begin));
      for (const [n, { begin }] of inOrder.entries()) expect((inOrder[n - 1]?.end ?? '') <= begin).toBe(true);
    }),
  );
});
