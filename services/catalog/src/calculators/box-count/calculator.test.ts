import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, examples, refusals } from '../testing/cases.ts';

const id = 'box-count';
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('published', () => {
  examples(id, [
    {
      source: '⌊305/45⌋ = 6 runs of a box; ⌈total/305⌉ = 15 would be one short',
      input: { averageRunM: 45, runs: 100 },
      output: { boxes: 17 },
    },
    {
      source: 'runs of 160 m: one to a box, though ⌈480/305⌉ is 2',
      input: { averageRunM: 160, runs: 3 },
      output: { boxes: 3, offcutsM: [145, 145, 145] },
    },
    {
      source: '30.5 m go ten times into 305 m',
      input: { averageRunM: 30.5, runs: 20 },
      output: { boxes: 2, offcutsM: [0, 0] },
    },
    {
      source: 'first-fit decreasing by hand',
      input: { runsM: [100, 200, 105, 205], boxM: 305 },
      output: { boxes: 2, offcutsM: [0, 0] },
    },
    { source: 'a run as long as a box', input: { runsM: [305] }, output: { boxes: 1, offcutsM: [0] } },
    {
      source: 'decimals that fill a box to the last',
      input: { runsM: [0.1, 0.2], boxM: 0.3 },
      output: { boxes: 1, offcutsM: [0] },
    },
  ]);
});

it('cuts every run from one box, loses no cable and needs less than double the least', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 100 }), (runsM) => {
      const { boxes, offcutsM } = answered(id, { runsM }) as unknown as { boxes: number; offcutsM: number[] };
      expect(offcutsM).toHaveLength(boxes);
      expect(offcutsM.every((left) => left >= 0 && left < 305)).toBe(true);
      expect(sum(offcutsM)).toBeCloseTo(boxes * 305 - sum(runsM), 6);
      expect(boxes).toBeLessThanOrEqual(Math.max(1, Math.ceil((2 * sum(runsM)) / 305)));
    }),
  );
});

it('needs the same for runs that are all the mean, and never less than the total', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 305 }), fc.integer({ min: 1, max: 200 }), (averageRunM, runs) => {
      const { boxes } = answered(id, { averageRunM, runs });
      expect(answered(id, { runsM: Array<number>(runs).fill(averageRunM) }).boxes).toBe(boxes);
      expect(Number(boxes)).toBeGreaterThanOrEqual(Math.ceil((averageRunM * runs) / 305));
    }),
  );
});

refusals(id, [
  [{ runsM: [10, 306] }, 'runsM[1]', 'too-large'],
  [{ runsM: [] }, 'runsM', 'too-small'],
  [{ runsM: [10, -1] }, 'runsM[1]', 'too-small'],
  [{ runsM: [10], averageRunM: 10 }, 'averageRunM', 'given-twice'],
  [{ runsM: [10], runs: 1 }, 'runs', 'given-twice'],
  [{ averageRunM: 10 }, 'runs', 'required'],
  [{ averageRunM: 306, runs: 1 }, 'averageRunM', 'too-large'],
  [{ runs: 3 }, 'runsM', 'required'],
]);
