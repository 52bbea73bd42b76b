import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples, figureOf, refusals } from '../testing/cases.ts';

const id = 'cable-estimate';
const floor = { shortestM: 20, longestM: 60, runs: 24 };

describe('published', () => {
  examples(id, [
    {
      source: 'Residential Cabling Guide: (AL + 1.1 + 4.5) · N',
      input: floor,
      output: { averageM: 40, totalM: 45.6 * 24 },
    },
    {
      source: 'the same with slack and drop of its own',
      input: { ...floor, slackM: 0, dropM: 0 },
      output: { averageM: 40, totalM: 960 },
    },
    {
      source: 'all runs alike',
      input: { shortestM: 30, longestM: 30, runs: 1, slackM: 1, dropM: 2 },
      output: { averageM: 30, totalM: 33 },
    },
  ]);
});

it('grows with each run by the same length, and lies between all short and all long', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 0, max: 50 }),
      (runs, shortestM, more) => {
        const total = (count: number): number =>
          figureOf(id, { shortestM, longestM: shortestM + more, runs: count, slackM: 0, dropM: 0 }, 'totalM');
        expect(total(runs + 1) - total(runs)).toBeCloseTo(total(1), 6);
        expect(total(runs)).toBeGreaterThanOrEqual(shortestM * runs);
        expect(total(runs)).toBeLessThanOrEqual((shortestM + more) * runs);
      },
    ),
  );
});

refusals(id, [
  [{ ...floor, shortestM: 61 }, 'shortestM', 'too-large'],
  [{ ...floor, runs: 0 }, 'runs', 'too-small'],
  [{ ...floor, runs: 2.5 }, 'runs', 'not-whole'],
  [{ ...floor, slackM: -0.1 }, 'slackM', 'too-small'],
]);
