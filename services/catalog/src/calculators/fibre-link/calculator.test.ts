import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, examples, figureOf, refusals, warningsOf } from '../testing/cases.ts';

const id = 'fibre-link';
const juniper = { txMinDbm: -15, rxSensitivityDbm: -28 };
const link = { lengthM: 150, fibre: 'OM4', application: '10GBASE-SR' };

const reaches = [
  ['1000BASE-SX', 'OM1-160', 220, 2.38],
  ['1000BASE-SX', 'OM1', 275, 2.6],
  ['1000BASE-SX', 'OM2', 550, 3.56],
  ['10GBASE-SR', 'OM1-160', 26, null],
  ['10GBASE-SR', 'OM1', 33, 2.4],
  ['10GBASE-SR', 'OM2', 82, 2.3],
  ['10GBASE-SR', 'OM3', 300, 2.6],
  ['10GBASE-SR', 'OM4', 400, 2.9],
  ['10GBASE-SR', 'OM5', 400, 2.9],
  ['10GBASE-LRM', 'OM1', 220, 1.9],
  ['10GBASE-LRM', 'OM3', 220, 1.9],
  ['40GBASE-SR4', 'OM3', 100, 1.9],
  ['40GBASE-SR4', 'OM4', 150, 1.5],
  ['100GBASE-SR10', 'OM4', 150, 1.5],
  ['100GBASE-SR4', 'OM3', 70, 1.8],
  ['100GBASE-SR4', 'OM4', 100, 1.9],
  ['400GBASE-SR4.2', 'OM3', 70, 1.7],
  ['400GBASE-SR4.2', 'OM4', 100, 1.8],
  ['400GBASE-SR4.2', 'OM5', 150, 2],
  ['10GBASE-LR', 'OS2', 10_000, 6.2],
  ['100GBASE-LR4', 'OS2', 10_000, 6.3],
] as const;

describe('published', () => {
  examples(id, [
    {
      source: 'Juniper: 2 km multimode, five connectors, two splices: margin 7 dB',
      input: {
        ...juniper,
        lengthM: 2000,
        fibre: 'OM2',
        wavelengthNm: 1300,
        attenuationDbPerKm: 1,
        connectorPairsDb: [0.5, 0.5, 0.5, 0.5, 0.5],
        splicesDb: [0.5, 0.5],
        penaltiesDb: 0.5,
      },
      output: { budgetDb: 13, lossDb: 5.5, marginDb: 7, pass: true },
    },
    {
      source: 'Juniper: 8 km singlemode, seven connectors: margin 5.5 dB',
      input: {
        ...juniper,
        lengthM: 8000,
        fibre: 'OS2',
        wavelengthNm: 1310,
        attenuationDbPerKm: 0.5,
        connectorPairsDb: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
      },
      output: { budgetDb: 13, lossDb: 7.5, marginDb: 5.5, pass: true },
    },
    {
      source: 'Juniper: a margin of zero is not enough',
      input: { ...juniper, lengthM: 13_000, fibre: 'OS2', wavelengthNm: 1310, attenuationDbPerKm: 1 },
      output: { marginDb: 0, pass: false },
    },
    {
      source: '40GBASE-SR4 on OM4 at 150 m with two pairs of 0.75 dB: within reach, over the loss',
      input: { lengthM: 150, fibre: 'OM4', application: '40GBASE-SR4', connectorPairsDb: [0.75, 0.75] },
      output: { lossDb: 1.95, budgetDb: 1.5, distanceLimitM: 150, pass: false },
    },
    {
      source: 'the same with connectors of 1.0 dB in all',
      input: { lengthM: 150, fibre: 'OM4', application: '40GBASE-SR4', connectorPairsDb: [0.5, 0.5] },
      output: { lossDb: 1.45, pass: true },
    },
    ...reaches.map(([application, fibre, distanceLimitM, budgetDb]) => ({
      source: `IEEE 802.3, ${application} on ${fibre}`,
      input: { lengthM: distanceLimitM, fibre, application, attenuationDbPerKm: 0.1 },
      output: { distanceLimitM, budgetDb, pass: budgetDb === null ? null : true },
    })),
    ...reaches.map(([application, fibre, distanceLimitM]) => ({
      source: `one metre more than ${application} reaches on ${fibre}`,
      input: { lengthM: distanceLimitM + 1, fibre, application, attenuationDbPerKm: 0.1 },
      output: { pass: false },
    })),
    {
      source: 'TIA-568.3 attenuation: OM3 3.0, 1 km at 850 nm',
      input: { lengthM: 1000, fibre: 'OM3', wavelengthNm: 850 },
      output: { lossDb: 3, budgetDb: null, marginDb: null, distanceLimitM: null, pass: null },
    },
    {
      source: 'TIA-568.3 attenuation: OM1 3.5',
      input: { lengthM: 1000, fibre: 'OM1', wavelengthNm: 850 },
      output: { lossDb: 3.5 },
    },
    {
      source: 'TIA-568.3 attenuation: OS2 0.4',
      input: { lengthM: 1000, fibre: 'OS2', wavelengthNm: 1310 },
      output: { lossDb: 0.4 },
    },
    {
      source: 'TIA-568.3 attenuation: OM5 2.3 at 953 nm',
      input: { lengthM: 1000, fibre: 'OM5', wavelengthNm: 953 },
      output: { lossDb: 2.3 },
    },
    {
      source: 'OS1 of 1 dB/km does not carry 10GBASE-LR over 10 km',
      input: { lengthM: 10_000, fibre: 'OS1', application: '10GBASE-LR' },
      output: { lossDb: 10, distanceLimitM: 10_000, pass: false },
    },
    {
      source: '40GBASE-SR4 does not run on OM2',
      input: { lengthM: 10, fibre: 'OM2', application: '40GBASE-SR4' },
      output: { distanceLimitM: 0, pass: false },
    },
    {
      source: 'IEEE leaves 1000BASE-SX on OM3 open',
      input: { lengthM: 100, fibre: 'OM3', application: '1000BASE-SX' },
      output: { distanceLimitM: null, budgetDb: null, pass: null },
    },
  ]);
});

it('loses more with length, and passes no farther than what it names', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 20_000, noNaN: true }),
      fc.array(fc.constantFrom(0.2, 0.5, 0.75), { maxLength: 6 }),
      (lengthM, connectorPairsDb) => {
        const given = { ...juniper, fibre: 'OS2', wavelengthNm: 1310, connectorPairsDb };
        expect(figureOf(id, { ...given, lengthM: lengthM + 10 }, 'lossDb')).toBeGreaterThan(
          figureOf(id, { ...given, lengthM }, 'lossDb'),
        );
        const limit = figureOf(id, { ...given, lengthM }, 'distanceLimitM');
        expect(answered(id, { ...given, lengthM: limit - 1 }).pass).toBe(true);
        expect(answered(id, { ...given, lengthM: limit + 1 }).pass).toBe(false);
      },
    ),
  );
});

it('does not care in which order parts come', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 8 }), (tenths) => {
      const parts = tenths.map((tenth) => tenth / 10);
      const loss = (connectorPairsDb: number[]): unknown => answered(id, { ...link, connectorPairsDb }).lossDb;
      expect(loss(parts)).toBe(loss(parts.toReversed()));
    }),
  );
});

it('says what is wrong, unknown or bad work', () => {
  expect(warningsOf(id, { ...link, lengthM: 500, connectorPairsDb: [0.8], splicesDb: [0.4] })).toEqual([
    'distance-over-reach',
    'connector-loss',
    'splice-loss',
  ]);
  expect(warningsOf(id, { ...link, connectorPairsDb: [0.75, 0.75, 0.75, 0.75] })).toEqual(['loss-over-budget']);
  expect(warningsOf(id, { ...link, fibre: 'OM3', application: '1000BASE-SX' })).toEqual(['not-specified-by-ieee']);
  expect(warningsOf(id, { ...link, lengthM: 20, fibre: 'OM1-160' })).toEqual(['loss-limit-unknown']);
  expect(warningsOf(id, { ...link, application: '100GBASE-SR4', lengthM: 50 })).toEqual(['figure-unconfirmed']);
  expect(warningsOf(id, { ...link, profile: 'iso-iec' })).toEqual(['attenuation-of-tia']);
  expect(warningsOf(id, { ...link, fibre: 'OM2', application: '40GBASE-SR4' })).toEqual([
    'fibre-not-supported',
    'distance-over-reach',
  ]);
});

refusals(id, [
  [{ lengthM: 10, fibre: 'OM4' }, 'wavelengthNm', 'required'],
  [{ ...link, wavelengthNm: 1310 }, 'wavelengthNm', 'given-twice'],
  [{ lengthM: 10, fibre: 'OM4', wavelengthNm: 1310 }, 'wavelengthNm', 'unknown-value'],
  [{ ...link, fibre: 'OS2' }, 'application', 'not-applicable'],
  [{ ...link, fibre: 'OM6' }, 'fibre', 'unknown-value'],
  [{ ...link, application: '10G-SR' }, 'application', 'unknown-value'],
  [{ ...link, application: 'constructor' }, 'application', 'unknown-value'],
  [{ ...link, txMinDbm: -5 }, 'rxSensitivityDbm', 'required'],
  [{ ...link, rxSensitivityDbm: -5 }, 'txMinDbm', 'required'],
  [{ ...link, txMinDbm: -20, rxSensitivityDbm: -10 }, 'rxSensitivityDbm', 'too-large'],
  [{ ...link, connectorPairsDb: [0.5, -0.1] }, 'connectorPairsDb[1]', 'too-small'],
  [{ ...link, lengthM: 0 }, 'lengthM', 'too-small'],
]);
