import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples, figureOf, refusals, warningsOf } from '../testing/cases.ts';

const id = 'bundle-diameter';
const diameter = (cables: number, method?: string): number =>
  figureOf(id, { cables, cableDiameterMm: 1, ...(method && { method }) }, 'diameterMm');

// Exact to seven, then the best known, both cut to three decimals as printed.
const packomania = [
  1, 2, 2.154, 2.414, 2.701, 3, 3, 3.304, 3.613, 3.813, 3.923, 4.029, 4.236, 4.328, 4.521, 4.615, 4.792, 4.863, 4.863,
  5.122,
];

describe('published', () => {
  examples(id, [
    ...packomania.map((factor, index) => ({
      source: `Packomania, ${index + 1} circles`,
      input: { cables: index + 1, cableDiameterMm: 1 },
      output: { diameterMm: factor },
      within: 5e-4,
    })),
    {
      source: 'calculator.city: 7 by equal areas is 2.98',
      input: { cables: 7, cableDiameterMm: 1, method: 'area' },
      output: { diameterMm: 2.984 },
      within: 1e-3,
    },
    {
      source: '1.2·√24 beyond the table',
      input: { cables: 24, cableDiameterMm: 6 },
      output: { diameterMm: 6 * 1.2 * Math.sqrt(24) },
    },
    {
      source: '1.2·√n for any count',
      input: { cables: 4, cableDiameterMm: 10, method: 'conservative' },
      output: { diameterMm: 24 },
    },
  ]);
});

it('grows with each cable, and in proportion to one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0.5, max: 50, noNaN: true }), (cables, size) => {
      for (const method of ['packing', 'conservative', 'area']) {
        expect(diameter(cables + 1, method)).toBeGreaterThanOrEqual(diameter(cables, method));
        expect(figureOf(id, { cables, cableDiameterMm: size, method }, 'diameterMm')).toBeCloseTo(
          diameter(cables, method) * size,
          6,
        );
      }
    }),
  );
});

it('has room for the areas of its cables', () => {
  for (let cables = 1; cables <= 200; cables += 1) expect(diameter(cables) ** 2).toBeGreaterThan(cables * 0.999);
});

it('says that 1.128·√n is below the densest packing', () => {
  for (const cables of [7, 8, 9, 10, 12, 16, 20, 24])
    expect(warningsOf(id, { cables, cableDiameterMm: 6, method: 'area' })).toContain('below-densest-packing');
  expect(diameter(8, 'area')).toBeLessThan(3.305);
  expect(warningsOf(id, { cables: 9, cableDiameterMm: 6, method: 'conservative' })).toEqual(['below-densest-packing']);
  expect(warningsOf(id, { cables: 25, cableDiameterMm: 6 })).toEqual(['bundle-too-large']);
});

refusals(id, [
  [{ cables: 0, cableDiameterMm: 6 }, 'cables', 'too-small'],
  [{ cables: 3, cableDiameterMm: 0 }, 'cableDiameterMm', 'too-small'],
  [{ cables: 3, cableDiameterMm: 6, method: '1.2' }, 'method', 'unknown-value'],
]);
