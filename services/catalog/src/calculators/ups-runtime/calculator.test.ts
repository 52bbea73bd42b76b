import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples, figureOf, refusals, warningsOf } from '../testing/cases.ts';

const id = 'ups-runtime';
const ups = { batteryAh: 100, batteryV: 48, efficiency: 0.9, loadW: 1000 };

describe('published', () => {
  examples(id, [
    { source: 'shipcalculators: Ah · V · η / W · 60', input: ups, output: { minutes: 259.2, estimate: true } },
    { source: 'the same, two strings', input: { ...ups, strings: 2 }, output: { minutes: 518.4 } },
    {
      source: 'the same, 9 Ah of 12 V at 54 W',
      input: { batteryAh: 9, batteryV: 12, efficiency: 1, loadW: 54 },
      output: { minutes: 120 },
    },
  ]);
});

it('halves with twice the load, doubles with twice the strings', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 20 }), (loadW, strings) => {
      const minutes = figureOf(id, { ...ups, loadW, strings }, 'minutes');
      expect(figureOf(id, { ...ups, loadW: 2 * loadW, strings }, 'minutes')).toBeCloseTo(minutes / 2, 5);
      expect(figureOf(id, { ...ups, loadW, strings: 2 * strings }, 'minutes')).toBeCloseTo(minutes * 2, 5);
    }),
  );
});

it('always says that it is an estimate', () => {
  expect(warningsOf(id, ups)).toEqual(['estimate']);
});

refusals(id, [
  [{ ...ups, efficiency: 90 }, 'efficiency', 'too-large'],
  [{ ...ups, loadW: 0 }, 'loadW', 'too-small'],
  [{ ...ups, strings: 1.5 }, 'strings', 'not-whole'],
]);
