import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples, figureOf, refusals, warningsOf } from '../testing/cases.ts';

const id = 'voltage-drop';
const foot = 0.3048;
const branch = { system: 'single-phase', currentA: 20, lengthM: 100 * foot, conductor: { awg: 12 }, voltageV: 120 };
const cable = {
  system: 'single-phase',
  currentA: 16,
  lengthM: 30,
  conductor: { mm2: 2.5 },
  voltageV: 230,
  method: 'iec',
};

describe('published', () => {
  examples(id, [
    {
      source: 'VD = 2·K·I·D/CM with K 12.9: 12 AWG, 20 A, 100 ft',
      input: { ...branch, method: 'k' },
      output: { dropV: (2 * 12.9 * 20 * 100) / 6530 },
    },
    {
      source: 'VD = √3·K·I·D/CM with K 12.9: 4/0 AWG, 200 A, 300 ft',
      input: {
        system: 'three-phase',
        currentA: 200,
        lengthM: 300 * foot,
        conductor: { awg: '4/0' },
        voltageV: 480,
        method: 'k',
      },
      output: { dropV: (Math.sqrt(3) * 12.9 * 200 * 300) / 211_600 },
    },
    {
      source: 'K 21.2 of aluminium: 4 AWG, 50 A, 200 ft',
      input: {
        system: 'single-phase',
        currentA: 50,
        lengthM: 200 * foot,
        conductor: { awg: 4, material: 'aluminium' },
        voltageV: 240,
        method: 'k',
      },
      output: { dropV: (2 * 21.2 * 50 * 200) / 41_740 },
    },
    {
      source: 'NEC table 8, stranded 1.98 Ω/1000 ft',
      input: { ...branch, method: 'table' },
      output: { dropV: 7.92, dropPercent: 6.6 },
    },
    {
      source: 'NEC table 8, solid 1.93 Ω/1000 ft',
      input: { ...branch, conductor: { awg: 12, stranded: false }, method: 'table' },
      output: { dropV: 7.72 },
    },
    {
      source: 'voltagedropcalculator.net: 6.4 V with solid copper at 20 °C',
      input: { ...branch, conductor: { awg: 12, stranded: false }, conductorC: 20, method: 'table' },
      output: { dropV: 6.4 },
      within: 1e-2,
    },
    {
      source: 'NEC table 8, three phases, 6 AWG, 50 A, 150 ft',
      input: {
        system: 'three-phase',
        currentA: 50,
        lengthM: 150 * foot,
        conductor: { awg: 6 },
        voltageV: 480,
        method: 'table',
      },
      output: { dropV: Math.sqrt(3) * 0.491 * 50 * 0.15 },
    },
    {
      source: 'IEC annex G: 2·(0.0225·L/S)·I with cos φ 1',
      input: { ...cable, cosPhi: 1 },
      output: { dropV: ((2 * 0.0225 * 30) / 2.5) * 16 },
    },
    {
      source: 'IEC annex G: cos φ 0.8 where none is given',
      input: cable,
      output: { dropV: 2 * 16 * (((0.0225 * 30) / 2.5) * 0.8 + 0.08e-3 * 30 * 0.6) },
    },
    {
      source: 'IEC annex G: √3 between lines of three phases, 25 mm²',
      input: {
        system: 'three-phase',
        currentA: 80,
        lengthM: 50,
        conductor: { mm2: 25 },
        voltageV: 400,
        method: 'iec',
        cosPhi: 0.8,
      },
      output: { dropV: Math.sqrt(3) * 80 * (((0.0225 * 50) / 25) * 0.8 + 0.08e-3 * 50 * 0.6) },
    },
    {
      source: 'IEC annex G: direct current has no reactance',
      input: { ...cable, system: 'dc' },
      output: { dropV: 8.64 },
    },
    {
      source: 'IEC annex G: aluminium 0.036',
      input: { ...cable, conductor: { mm2: 16, material: 'aluminium' }, cosPhi: 1 },
      output: { dropV: ((2 * 0.036 * 30) / 16) * 16 },
    },
  ]);
});

it('is not what the web says: 42.6 V for 150 ft of 6 AWG, 9.4 V for 200 ft of 1 AWG', () => {
  const three = (awg: number, currentA: number, feet: number): number =>
    figureOf(
      id,
      { system: 'three-phase', currentA, lengthM: feet * foot, conductor: { awg }, voltageV: 480, method: 'table' },
      'dropV',
    );
  expect(three(6, 50, 150)).toBeCloseTo(6.38, 1);
  expect(three(1, 100, 200)).toBeCloseTo(5.33, 1);
});

it('grows with length and current in proportion, and falls with a thicker conductor', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('k', 'table', 'iec'),
      fc.constantFrom('dc', 'single-phase', 'three-phase'),
      fc.double({ min: 1, max: 300, noNaN: true }),
      fc.double({ min: 0.5, max: 200, noNaN: true }),
      fc.double({ min: 0.5, max: 200, noNaN: true }),
      (method, system, lengthM, currentA, mm2) => {
        const drop = (more: object): number =>
          figureOf(id, { system, method, lengthM, currentA, conductor: { mm2 }, voltageV: 400, ...more }, 'dropV');
        expect(drop({ lengthM: 2 * lengthM }) / drop({})).toBeCloseTo(2, 8);
        expect(drop({ currentA: 3 * currentA }) / drop({})).toBeCloseTo(3, 8);
        expect(drop({ conductor: { mm2: mm2 * 2 } })).toBeLessThan(drop({}));
        expect(drop({ system: 'three-phase' })).toBeLessThanOrEqual(drop({ system: 'single-phase' }));
      },
    ),
  );
});

it('comes to nearly the same by K and by the table', () => {
  for (const awg of [14, 12, 10, 8, 6, 4, 3, 2, 1, '1/0', '2/0', '3/0', '4/0']) {
    const drop = (method: string): number => figureOf(id, { ...branch, conductor: { awg }, method }, 'dropV');
    expect(drop('k') / drop('table')).toBeCloseTo(1, 1);
    expect(Math.abs(drop('k') / drop('table') - 1)).toBeLessThan(0.01);
  }
});

it('warns over 3 %, over 5 %, and of what a method does not use', () => {
  expect(warningsOf(id, { ...branch, voltageV: 277 })).toEqual([]);
  expect(warningsOf(id, { ...branch, voltageV: 200 })).toEqual(['drop-over-branch']);
  expect(warningsOf(id, branch)).toEqual(['drop-over-total']);
  expect(warningsOf(id, { ...branch, voltageV: 480, cosPhi: 0.9 })).toEqual(['cos-phi-not-used']);
  expect(warningsOf(id, { ...cable, conductorC: 60 })).toContain('conductor-temperature-not-used');
  expect(warningsOf(id, cable)).toContain('figure-unconfirmed');
  expect(warningsOf(id, { ...cable, cosPhi: 0.9 })).not.toContain('figure-unconfirmed');
});

refusals(id, [
  [{ ...branch, conductor: { awg: 12, mm2: 4 } }, 'conductor.mm2', 'given-twice'],
  [{ ...branch, conductor: {} }, 'conductor.awg', 'required'],
  [{ ...branch, conductor: { awg: 'twelve' } }, 'conductor.awg', 'unknown-value'],
  [{ ...branch, system: 'two-phase' }, 'system', 'unknown-value'],
  [{ ...branch, lengthM: 0 }, 'lengthM', 'too-small'],
  [{ ...branch, cosPhi: 1.1 }, 'cosPhi', 'too-large'],
  [{ ...branch, voltageV: -120 }, 'voltageV', 'too-small'],
]);
