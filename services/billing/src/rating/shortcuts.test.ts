import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aRule, aSubscription, fixed, ratingInput, someUsage } from '../testing/rating-builders.ts';
import { billableSegments, followed } from './billable-segments.ts';
import { divRound } from './decimal.ts';
import { addDays } from './period.ts';
import { rate } from './rate.ts';
import type { Draft, RatingInput } from './rating-values.ts';

/** What is done faster in the most frequent cases comes to the same as the longer way. */

const day = fc.integer({ min: 0, max: 160 }).map((n) => addDays('2025-10-01', n));
const dayOrNone = fc.option(day, { nil: null });
const company = (n: number) => ({ id: `company${n}`, name: `Company ${n}` });
const customers = [1, 2].map((n) => ({
  id: `customer${n}`,
  name: `Customer ${n}`,
  pax8CompanyId: `company${n}`,
  state: 'active' as const,
}));
const companyId = fc.constantFrom('company1', 'company2');

const version = fc
  .record({
    startDate: day,
    effectiveFrom: day,
    effectiveTo: dayOrNone,
    endDate: dayOrNone,
    status: fc.constantFrom('Active', 'Active', 'Active', 'Cancelled', 'Trial', 'Odd'),
    billingTerm: fc.constantFrom('Monthly', 'Monthly', 'Monthly', 'Annual', 'Trial', 'Odd'),
    quantityE6: fc.bigInt(0n, 50_000_000n),
    costE8: fc.option(fc.bigInt(0n, 10n ** 12n), { nil: null }),
    companyId,
  })
  .map((more) => aSubscription(more));

const input = fc
  .record({
    subscriptions: fc.uniqueArray(version, { maxLength: 6, selector: () => ({}) }),
    usage: fc.uniqueArray(
      fc.record({
        summaryId: fc.constantFrom('u1', 'u2', 'u3'),
        resourceGroup: fc.constantFrom('', 'a', 'b'),
        companyId,
        partnerTotalE8: fc.bigInt(-(10n ** 12n), 10n ** 12n),
      }),
      { maxLength: 6, selector: ({ summaryId, resourceGroup }) => `${summaryId} ${resourceGroup}` },
    ),
    proration: fc.constantFrom('actual', 'thirty-actual', 'thirty-360'),
    markupPpm: fc.integer({ min: 0, max: 900_000 }),
    minimumMinor: fc.option(fc.bigInt(0n, 100_000n), { nil: null }),
  })
  .map(({ subscriptions, usage, proration, markupPpm, minimumMinor }) =>
    ratingInput({
      companies: [company(1), company(2)],
      customers,
      subscriptions: subscriptions.map((one, n) => ({ ...one, id: `s${n}` })),
      usage: usage.map(someUsage),
      rules: [aRule({ id: 'any', markupPpm }), fixed('20.00', { id: 'own', customerId: 'customer1', minimumMinor })],
      proration,
    }),
  );

const byCustomer = (drafts: readonly Draft[]) =>
  drafts
    .map(({ lines, ...draft }) => ({
      ...draft,
      lines: lines.map(({ steps, ...line }) => ({ ...line, steps: steps() })),
    }))
    .toSorted((a, b) => a.customerId.localeCompare(b.customerId));
const told = (of: RatingInput) =>
  rate(of)
    .exceptions.map(({ subjectKey, code }) => `${subjectKey} ${code}`)
    .toSorted();

describe('a shortcut comes to the same', () => {
  it('where a quotient is rounded', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 24n), 10n ** 24n), fc.bigInt(1n, 10n ** 15n), (n, d) => {
        const magnitude = n < 0n ? -n : n;
        const rounded = (2n * magnitude + d) / (2n * d);
        expect(divRound(n, d)).toBe(n < 0n ? -rounded : rounded);
        // Exact halves, which chance does not meet.
        expect(divRound(2n * n + 1n, 2n)).toBe(n < 0n ? n : n + 1n);
      }),
    );
  });

  it('where a subscription has been one thing since it began', () => {
    const period = { start: '2026-01-01', end: '2026-02-01' };
    fc.assert(
      fc.property(version, (one) => {
        expect(billableSegments([one], period)).toEqual(followed([one], period));
      }),
      { numRuns: 500 },
    );
  });

  it('where things come in the order of their keys', () => {
    fc.assert(
      fc.property(
        input.chain((of) =>
          fc.tuple(
            fc.constant(of),
            fc.shuffledSubarray([...of.subscriptions], { minLength: of.subscriptions.length }),
            fc.shuffledSubarray([...of.usage], { minLength: of.usage.length }),
          ),
        ),
        ([of, subscriptions, usage]) => {
          const [inOrder, shuffled] = [of, { ...of, subscriptions, usage }];
          expect(byCustomer(rate(shuffled).drafts)).toEqual(byCustomer(rate(inOrder).drafts));
          expect(told(shuffled)).toEqual(told(inOrder));
          for (const { lines } of rate(shuffled).drafts) {
            const keys = lines.map(({ sourceKey }) => sourceKey);
            // As the content hash has them: by their code units.
            expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)));
          }
        },
      ),
    );
  });

  it('where no price changes within the month', () => {
    // Nobody's price, and so a change of none.
    const elsewhere = fixed('1.00', { id: 'elsewhere', customerId: 'nobody', validFrom: '2026-01-15' });
    fc.assert(
      fc.property(input, (of) => {
        expect(byCustomer(rate({ ...of, rules: [...of.rules, elsewhere] }).drafts)).toEqual(
          byCustomer(rate(of).drafts),
        );
      }),
    );
  });
});

it.each([
  ['one after the other', ['a', 'a', 'b']],
  ['with another between them', ['a', 'b', 'a']],
  ['out of their order', ['b', 'a', 'c', 'a']],
])('a use that is there twice is billed once and told: %s', (_title, groups) => {
  const usage = groups.map((resourceGroup) => someUsage({ resourceGroup }));
  const { drafts, exceptions } = rate(ratingInput({ usage }));
  expect(drafts[0]?.lines).toHaveLength(new Set(groups).size);
  expect(exceptions).toMatchObject([{ code: 'rating.failed', detail: expect.stringContaining('twice') }]);
});
