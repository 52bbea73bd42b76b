import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples, figureOf, refusals, warningsOf } from '../testing/cases.ts';

const id = 'horizontal-run';
const run = { from: { xM: 0, yM: 0 }, to: { xM: 20, yM: 15 }, riseM: 3, dropM: 3 };
const coordinate = fc.double({ min: -500, max: 500, noNaN: true });
const point = fc.record({ xM: coordinate, yM: coordinate });
const lengthM = (from: object, to: object, more: object = {}): number =>
  figureOf(id, { ...run, from, to, ...more }, 'lengthM');

describe('published', () => {
  examples(id, [
    {
      source: 'orthogonal rule of exayard: 20 + 15 + 3 + 3, and the default slack',
      input: run,
      output: { lengthM: 44.3 },
    },
    {
      source: 'the same with slack of its own',
      input: { ...run, slackRoomM: 0, slackOutletM: 1 },
      output: { lengthM: 42 },
    },
    {
      source: 'a 3-4-5 triangle is walked along its sides',
      input: { ...run, to: { xM: 3, yM: 4 }, riseM: 0, dropM: 0, slackRoomM: 0, slackOutletM: 0 },
      output: { lengthM: 7 },
    },
    { source: 'room and outlet above each other', input: { ...run, to: run.from }, output: { lengthM: 9.3 } },
  ]);
});

it('is the same from either end, and never shorter than the straight line', () => {
  fc.assert(
    fc.property(point, point, (from, to) => {
      const there = lengthM(from, to);
      expect(there).toBeCloseTo(lengthM(to, from), 9);
      expect(there + 1e-6).toBeGreaterThanOrEqual(Math.hypot(to.xM - from.xM, to.yM - from.yM));
    }),
  );
});

it('grows with rise, drop and slack', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('riseM', 'dropM', 'slackRoomM', 'slackOutletM'),
      fc.integer({ min: 0, max: 99 }),
      (name, metres) => {
        const at = (value: number): number => lengthM(run.from, run.to, { [name]: value });
        expect(at(metres + 1) - at(metres)).toBeCloseTo(1, 9);
      },
    ),
  );
});

it('warns from 90 m on', () => {
  const to = (xM: number): object => ({
    ...run,
    to: { xM, yM: 0 },
    riseM: 0,
    dropM: 0,
    slackRoomM: 0,
    slackOutletM: 0,
  });
  expect(warningsOf(id, { ...run, ...to(90) })).toEqual([]);
  expect(warningsOf(id, { ...run, ...to(90.01) })).toEqual(['link-too-long']);
});

refusals(id, [
  [{ ...run, riseM: -1 }, 'riseM', 'too-small'],
  [{ ...run, from: { xM: 0 } }, 'from.yM', 'required'],
  [{ ...run, to: { xM: '5', yM: 0 } }, 'to.xM', 'wrong-type'],
  [{ ...run, to: { xM: 5, yM: 0, zM: 1 } }, 'to.zM', 'unknown-field'],
]);
