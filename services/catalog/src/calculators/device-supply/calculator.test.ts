import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, examples, figureOf, refusals, warningsOf } from '../testing/cases.ts';

const id = 'device-supply';
const camera = { supplyV: 12, currentA: 0.5, lengthM: 30, conductor: { awg: 18 } };

describe('published', () => {
  examples(id, [
    {
      source: '1500 ft of 18 AWG at 0.3 A lose 5.86 V there and back (6.51 Ω/1000 ft at 20 °C)',
      input: { supplyV: 24, currentA: 0.3, lengthM: 1500 * 0.3048, conductor: { awg: 18 } },
      output: { deviceV: 24 - 5.86 },
      within: 2e-3,
    },
    {
      source: '22 AWG is 16.14 Ω/1000 ft at 20 °C (1728.org)',
      input: { supplyV: 12, currentA: 0.1, lengthM: 30.48, conductor: { awg: 22 } },
      output: { deviceV: 12 - 2 * 1.614 * 0.1 },
      within: 1e-4,
    },
    {
      source: 'Panasonic: V = Vs − 2·R·I·L, 1 mm² at 20 °C',
      input: { ...camera, conductor: { mm2: 1 } },
      output: { deviceV: 12 - (2 * 0.5 * 30) / 58 },
    },
    {
      source: 'constant power by the quadratic of IEEE 802.3 type 2: 12.5 Ω',
      input: { supplyV: 50, powerW: 25.5, lengthM: 58 * 6.25, conductor: { mm2: 1 } },
      output: { deviceV: 42.5, dropPercent: 15, pass: false },
    },
    {
      source: 'a least voltage of its own counts',
      input: { supplyV: 50, powerW: 25.5, lengthM: 58 * 6.25, conductor: { mm2: 1 }, minimumV: 42.5 },
      output: { pass: true },
    },
    {
      source: 'cctvcamerapros: 10 % where the device says nothing',
      input: { supplyV: 10, currentA: 1, lengthM: 29, conductor: { mm2: 1 } },
      output: { dropPercent: 10, pass: true },
    },
  ]);
});

it('does not forget the way back, as 2.91 V for those 1500 ft does', () => {
  const drop = 24 - figureOf(id, { supplyV: 24, currentA: 0.3, lengthM: 457.2, conductor: { awg: 18 } }, 'deviceV');
  expect(Math.abs(drop - 2.91)).toBeGreaterThan(2);
});

it('gives less the longer the line, more the thicker, and constant power draws more than constant current', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 60, noNaN: true }),
      fc.double({ min: 0.5, max: 4, noNaN: true }),
      (lengthM, mm2) => {
        const arriving = (more: object): number =>
          figureOf(id, { ...camera, lengthM, conductor: { mm2 }, ...more }, 'deviceV');
        expect(arriving({ lengthM: lengthM + 1 })).toBeLessThan(arriving({}));
        expect(arriving({ conductor: { mm2: mm2 * 1.5 } })).toBeGreaterThan(arriving({}));
        expect(arriving({ conductorC: 60 })).toBeLessThan(arriving({}));
        const { currentA: _, ...rest } = camera;
        expect(figureOf(id, { ...rest, powerW: 6, lengthM, conductor: { mm2 } }, 'deviceV')).toBeLessThan(arriving({}));
      },
    ),
  );
});

it('says which limit is broken', () => {
  expect(warningsOf(id, { ...camera, lengthM: 300 })).toEqual(['drop-too-large']);
  expect(warningsOf(id, { ...camera, minimumV: 11.9 })).toEqual(['voltage-too-low']);
  expect(answered(id, camera).warnings).toEqual([]);
});

refusals(id, [
  [{ ...camera, powerW: 6 }, 'powerW', 'given-twice'],
  [{ supplyV: 12, lengthM: 30, conductor: { awg: 18 } }, 'currentA', 'required'],
  [{ ...camera, conductor: {} }, 'conductor.awg', 'required'],
  [{ ...camera, conductor: { awg: 18, mm2: 1 } }, 'conductor.mm2', 'given-twice'],
  [{ ...camera, conductor: { awg: 18.5 } }, 'conductor.awg', 'unknown-value'],
  [{ ...camera, lengthM: 100_000 }, 'currentA', 'cannot-supply'],
  [{ supplyV: 12, powerW: 500, lengthM: 30, conductor: { awg: 18 } }, 'powerW', 'cannot-supply'],
  [{ ...camera, minimumV: 13 }, 'minimumV', 'too-large'],
]);
