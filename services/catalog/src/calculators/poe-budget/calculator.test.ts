import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, examples, figureOf, refusals, warningsOf } from '../testing/cases.ts';

const id = 'poe-budget';
const watts = [15.4, 4, 7, 15.4, 30, 45, 60, 75, 90];

describe('published', () => {
  examples(id, [
    ...watts.map((requiredW, poeClass) => ({
      source: `IEEE 802.3, class ${poeClass} at the source`,
      input: { ports: [{ class: poeClass, count: 1 }], budgetW: 100 },
      output: { requiredW, fits: true, portsThatFit: 1 },
    })),
    {
      source: '24 ports of class 4 in 370 W: twelve',
      input: { ports: [{ class: 4, count: 24 }], budgetW: 370 },
      output: { requiredW: 720, fits: false, portsThatFit: 12 },
    },
    {
      source: '24 ports of class 3 in 369.6 W: to the last',
      input: { ports: [{ class: 3, count: 24 }], budgetW: 369.6 },
      output: { requiredW: 369.6, fits: true, portsThatFit: 24 },
    },
    {
      source: 'mixed, in the order given',
      input: {
        ports: [
          { class: 8, count: 2 },
          { class: 2, count: 10 },
        ],
        budgetW: 200,
      },
      output: { requiredW: 250, fits: false, portsThatFit: 4 },
    },
  ]);
});

it('is not the 99 W that TRENDnet’s TC-NTP1 says of class 8', () => {
  expect(figureOf(id, { ports: [{ class: 8, count: 1 }], budgetW: 200 }, 'requiredW')).toBe(90);
});

it('powers all ports exactly where they fit, and never more than there are', () => {
  const ports = fc.array(fc.record({ class: fc.integer({ min: 0, max: 8 }), count: fc.integer({ min: 0, max: 48 }) }), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(ports, fc.integer({ min: 1, max: 3000 }), (all, budgetW) => {
      const { fits, portsThatFit } = answered(id, { ports: all, budgetW });
      const total = all.reduce((sum, { count }) => sum + count, 0);
      expect(Number(portsThatFit)).toBeLessThanOrEqual(total);
      expect(portsThatFit === total).toBe(fits);
      expect(figureOf(id, { ports: all, budgetW: budgetW + 50 }, 'portsThatFit')).toBeGreaterThanOrEqual(
        Number(portsThatFit),
      );
    }),
  );
});

it('warns of a budget that is exceeded, and of a bundle over 24', () => {
  const ports = [{ class: 4, count: 8 }];
  expect(warningsOf(id, { ports, budgetW: 240, bundle: 24 })).toEqual([]);
  expect(warningsOf(id, { ports, budgetW: 239, bundle: 25 })).toEqual(['budget-exceeded', 'bundle-too-large']);
});

refusals(id, [
  [{ ports: [], budgetW: 100 }, 'ports', 'too-small'],
  [{ ports: [{ class: 9, count: 1 }], budgetW: 100 }, 'ports[0].class', 'unknown-value'],
  [{ ports: [{ class: 4, count: 1.5 }], budgetW: 100 }, 'ports[0].count', 'not-whole'],
  [{ ports: [{ class: 4, count: 1 }], budgetW: 0 }, 'budgetW', 'too-small'],
]);
