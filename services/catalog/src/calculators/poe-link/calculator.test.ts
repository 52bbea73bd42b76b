import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, examples, figureOf, refusals, warningsOf } from '../testing/cases.ts';

const id = 'poe-link';

describe('published', () => {
  examples(id, [
    {
      source: 'IEEE 802.3 type 1: 44 V, 0.35 A, 20 Ω leave 12.95 W',
      input: { sourceV: 44, currentA: 0.35, loopOhm: 20 },
      output: { deviceW: 12.95, deviceV: 37, lossW: 2.45 },
    },
    {
      source: 'IEEE 802.3 type 2: 50 V, 0.6 A, 12.5 Ω leave 25.5 W',
      input: { sourceV: 50, currentA: 0.6, loopOhm: 12.5 },
      output: { deviceW: 25.5, deviceV: 42.5, lossW: 4.5 },
    },
    {
      source: 'IEEE 802.3 class 6: 50 V, 1.2 A, 6.25 Ω leave 51 W',
      input: { sourceV: 50, currentA: 1.2, loopOhm: 6.25 },
      output: { deviceW: 51 },
    },
    {
      source: 'IEEE 802.3 class 8: 52 V, 90 W, 6.25 Ω leave 71.3 W',
      input: { sourceV: 52, currentA: 90 / 52, loopOhm: 6.25 },
      output: { deviceW: 71.3 },
      within: 1e-3,
    },
    {
      source: 'type 1 from its load',
      input: { sourceV: 44, loadW: 12.95, loopOhm: 20 },
      output: { currentA: 0.35, deviceV: 37 },
    },
    {
      source: 'type 2 from its load',
      input: { sourceV: 50, loadW: 25.5, loopOhm: 12.5 },
      output: { currentA: 0.6, deviceV: 42.5 },
    },
    {
      source: 'no cable, no loss',
      input: { sourceV: 50, loadW: 25, loopOhm: 0 },
      output: { currentA: 0.5, lossW: 0, deviceV: 50 },
    },
  ]);
});

it('keeps the power: source = device + loss, and current and load are each other’s inverse', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 40, max: 57, noNaN: true }),
      fc.double({ min: 0, max: 25, noNaN: true }),
      fc.double({ min: 0.01, max: 0.79, noNaN: true }),
      (sourceV, loopOhm, currentA) => {
        const { deviceW, lossW } = answered(id, { sourceV, loopOhm, currentA });
        expect(Number(deviceW) + Number(lossW)).toBeCloseTo(sourceV * currentA, 6);
        expect(figureOf(id, { sourceV, loopOhm, loadW: deviceW }, 'currentA')).toBeCloseTo(currentA, 5);
      },
    ),
  );
});

it('loses more the longer the cable', () => {
  const loss = (loopOhm: number): number => figureOf(id, { sourceV: 50, loopOhm, loadW: 25.5 }, 'lossW');
  expect(loss(6)).toBeLessThan(loss(12));
});

it('warns of a loop that no channel has', () => {
  expect(warningsOf(id, { sourceV: 50, loopOhm: 25, loadW: 5 })).toEqual([]);
  expect(warningsOf(id, { sourceV: 50, loopOhm: 25.1, loadW: 5 })).toEqual(['loop-resistance']);
});

refusals(id, [
  [{ sourceV: 50, loopOhm: 12.5, loadW: 51 }, 'loadW', 'cannot-supply'],
  [{ sourceV: 50, loopOhm: 12.5, currentA: 4 }, 'currentA', 'cannot-supply'],
  [{ sourceV: 50, loopOhm: 12.5 }, 'loadW', 'required'],
  [{ sourceV: 50, loopOhm: 12.5, loadW: 5, currentA: 1 }, 'currentA', 'given-twice'],
  [{ sourceV: 50, loopOhm: -1, loadW: 5 }, 'loopOhm', 'too-small'],
]);
