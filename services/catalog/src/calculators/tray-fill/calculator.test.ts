import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, examples, figureOf, refusals, warningsOf } from '../testing/cases.ts';

const id = 'tray-fill';
const tray = { widthMm: 300, depthMm: 100, fillPercent: 50, cableDiameterMm: 6 };

describe('published', () => {
  examples(id, [
    { source: 'Hoffman’s rule: ⌊0.5 · 300 · 100 / (π·6²/4)⌋', input: tray, output: { maxCount: 530 } },
    { source: 'the same at the design fill', input: { ...tray, fillPercent: 25 }, output: { maxCount: 265 } },
    {
      source: 'need = n · d² · 0.785 / fill',
      input: { ...tray, count: 100 },
      output: { requiredAreaMm2: (100 * 36 * 0.7854) / 0.5 },
      within: 1e-4,
    },
  ]);
});

it('takes as many as fit the area that it asks for', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 900 }),
      fc.integer({ min: 10, max: 200 }),
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 2, max: 30 }),
      (widthMm, depthMm, fillPercent, cableDiameterMm) => {
        const given = { widthMm, depthMm, fillPercent, cableDiameterMm };
        const most = figureOf(id, given, 'maxCount');
        expect(figureOf(id, { ...given, count: most + 1 }, 'requiredAreaMm2')).toBeGreaterThan(widthMm * depthMm);
        if (most > 0)
          expect(figureOf(id, { ...given, count: most }, 'requiredAreaMm2')).toBeLessThanOrEqual(
            widthMm * depthMm * (1 + 1e-8),
          );
        expect(figureOf(id, { ...given, widthMm: depthMm, depthMm: widthMm }, 'maxCount')).toBe(most);
      },
    ),
  );
});

it('warns of a fill above the design, above the limit, and of too many', () => {
  expect(warningsOf(id, { ...tray, fillPercent: 25 })).toEqual([]);
  expect(warningsOf(id, { ...tray, fillPercent: 40 })).toEqual(['fill-over-design']);
  expect(warningsOf(id, { ...tray, fillPercent: 60, count: 5000 })).toEqual(['fill-over-limit', 'tray-over-full']);
});

it('asks for no area where there is no count', () => {
  expect(answered(id, tray)).not.toHaveProperty('requiredAreaMm2');
});

refusals(id, [
  [{ ...tray, fillPercent: 0 }, 'fillPercent', 'too-small'],
  [{ ...tray, fillPercent: 101 }, 'fillPercent', 'too-large'],
  [{ ...tray, count: -3 }, 'count', 'too-small'],
]);
