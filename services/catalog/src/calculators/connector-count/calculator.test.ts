import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples, figureOf, refusals } from '../testing/cases.ts';

const id = 'connector-count';

describe('published', () => {
  examples(id, [
    {
      source: 'ductcable: 4 · 100 · 1.15 and 100 · 1.03',
      input: { points: 100 },
      output: { plugs: 460, modules: 103 },
    },
    { source: 'the same rule, one point', input: { points: 1 }, output: { plugs: 5, modules: 2 } },
    { source: 'the same rule, 48 points', input: { points: 48 }, output: { plugs: 221, modules: 50 } },
  ]);
});

it('never orders fewer for more points, and always the spare', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), (points) => {
      for (const [name, share] of [
        ['plugs', 4.6],
        ['modules', 1.03],
      ] as const) {
        const ordered = figureOf(id, { points }, name);
        expect(figureOf(id, { points: points + 1 }, name)).toBeGreaterThanOrEqual(ordered);
        expect(ordered - points * share).toBeGreaterThan(-1e-6);
        expect(ordered - points * share).toBeLessThan(1);
      }
    }),
  );
});

refusals(id, [
  [{ points: 0 }, 'points', 'too-small'],
  [{ points: 1.5 }, 'points', 'not-whole'],
  [{ points: null }, 'points', 'wrong-type'],
]);
