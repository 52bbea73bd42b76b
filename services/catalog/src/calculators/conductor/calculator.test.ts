import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples, figureOf, refusals, warningsOf } from '../testing/cases.ts';

const id = 'conductor';
const foot = 0.3048;

// 1728.org and Floyd’s circuit tables: mm, and Ω per 1000 ft at 20 °C, of solid copper.
const printed = [
  ['4/0', 11.684, 0.049],
  ['1/0', 8.2525, 0.0983],
  [2, 6.543, 0.1563],
  [4, 5.1892, 0.2485],
  [8, 3.2639, 0.6282],
  [10, 2.5883, 0.9989],
  [12, 2.0523, 1.588],
  [14, 1.6281, 2.525],
  [16, 1.2903, 4.016],
  [18, 1.0236, 6.385],
  [20, 0.8118, 10.15],
  [22, 0.6438, 16.14],
  [24, 0.5106, 25.67],
  [26, 0.4049, 40.81],
  [28, 0.3211, 64.9],
  [30, 0.2546, 103.2],
  [36, 0.127, 414.8],
  [40, 0.0799, 1049],
] as const;
// NEC chapter 9 table 8 at 75 °C.
const table8 = [
  [18, 7.77, 7.95],
  [16, 4.89, 4.99],
  [14, 3.07, 3.14],
  [12, 1.93, 1.98],
  [10, 1.21, 1.24],
  [8, 0.764, 0.778],
] as const;
const circularMils = [
  [18, 1620],
  [14, 4110],
  [12, 6530],
  [10, 10_380],
  [8, 16_510],
  [6, 26_240],
  [4, 41_740],
  [1, 83_690],
  ['4/0', 211_600],
] as const;

describe('published', () => {
  examples(id, [
    ...printed.map(([awg, diameterMm, ohm]) => ({
      source: `1728.org and Floyd, ${awg} AWG at 20 °C`,
      input: { awg, conductorC: 20 },
      output: { diameterMm, ohmPerKm: ohm / foot },
      within: 5e-3,
    })),
    ...table8.flatMap(([awg, solid, stranded]) => [
      { source: `NEC table 8, ${awg} AWG solid`, input: { awg }, output: { ohmPerKm: solid / foot } },
      {
        source: `NEC table 8, ${awg} AWG stranded`,
        input: { awg, stranded: true },
        output: { ohmPerKm: stranded / foot },
      },
    ]),
    ...circularMils.map(([awg, mils]) => ({
      source: `NEC table 8, ${awg} AWG in circular mils`,
      input: { awg },
      output: { circularMils: mils },
      within: 3e-3,
    })),
    {
      source: 'NEC table 8, 4 AWG aluminium',
      input: { awg: 4, material: 'aluminium', stranded: true },
      output: { ohmPerKm: 0.508 / foot },
    },
    {
      source: 'IEC 60028: 1 mm² of copper is 17.241 Ω/km at 20 °C',
      input: { mm2: 1, conductorC: 20 },
      output: { ohmPerKm: 1000 / 58, areaMm2: 1 },
    },
    { source: 'circle of 2.5 mm²', input: { mm2: 2.5 }, output: { diameterMm: 1.7841, areaMm2: 2.5 }, within: 1e-4 },
  ]);
});

it('is a gauge thinner by the 39th root of 92, and twice the gauge back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 39 }), (awg) => {
      const diameter = (gauge: number): number => figureOf(id, { awg: gauge }, 'diameterMm');
      expect(diameter(awg) / diameter(awg + 1)).toBeCloseTo(92 ** (1 / 39), 9);
    }),
  );
});

it('takes its own section for the same conductor', () => {
  fc.assert(
    fc.property(fc.integer({ min: 19, max: 40 }), (awg) => {
      const mm2 = figureOf(id, { awg }, 'areaMm2');
      for (const name of ['diameterMm', 'circularMils', 'ohmPerKm'])
        expect(figureOf(id, { mm2 }, name) / figureOf(id, { awg }, name)).toBeCloseTo(1, 9);
    }),
  );
});

it('resists more when warm, when thin, when of aluminium', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 300, noNaN: true }),
      fc.double({ min: -20, max: 90, noNaN: true }),
      (mm2, conductorC) => {
        const ohm = (more: object): number => figureOf(id, { mm2, conductorC, ...more }, 'ohmPerKm');
        expect(ohm({ conductorC: conductorC + 1 })).toBeGreaterThan(ohm({}));
        expect(ohm({ mm2: mm2 * 2 })).toBeCloseTo(ohm({}) / 2, 6);
        expect(ohm({ material: 'aluminium' })).toBeGreaterThan(ohm({}));
      },
    ),
  );
});

it('does not take the ohm per 1000 ft for ohm per foot, nor a nominal gauge for 0.75 mm²', () => {
  expect(figureOf(id, { awg: 12 }, 'ohmPerKm')).toBeLessThan(10);
  expect(Math.abs(figureOf(id, { awg: 20 }, 'areaMm2') - 0.75)).toBeGreaterThan(0.2);
});

it('says whose diameter it gives of a strand', () => {
  expect(warningsOf(id, { awg: 12, stranded: true })).toEqual(['solid-diameter']);
});

refusals(id, [
  [{}, 'awg', 'required'],
  [{ awg: 12, mm2: 2.5 }, 'mm2', 'given-twice'],
  [{ awg: 41 }, 'awg', 'unknown-value'],
  [{ awg: 12.5 }, 'awg', 'unknown-value'],
  [{ awg: -1 }, 'awg', 'unknown-value'],
  [{ awg: '12' }, 'awg', 'unknown-value'],
  [{ awg: '5/0' }, 'awg', 'unknown-value'],
  [{ mm2: 0 }, 'mm2', 'too-small'],
  [{ mm2: 2.5, material: 'gold' }, 'material', 'unknown-value'],
  [{ mm2: 2.5, conductorC: 300 }, 'conductorC', 'too-large'],
]);
