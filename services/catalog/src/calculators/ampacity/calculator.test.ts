import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, examples, figureOf, refusals, warningsOf } from '../testing/cases.ts';

const id = 'ampacity';
const nec = { conductor: { awg: 12 }, insulationC: 90, ambientC: 30, currentCarrying: 3 };
const iec = {
  profile: 'iso-iec',
  conductor: { mm2: 2.5 },
  insulationC: 70,
  ambientC: 30,
  currentCarrying: 2,
  method: 'C',
};

// wiresizes.com, NEC 2023: 60, 75, 90 °C.
const copper = [
  [14, 15, 20, 25],
  [12, 20, 25, 30],
  [10, 30, 35, 40],
  [8, 40, 50, 55],
  [6, 55, 65, 75],
  [4, 70, 85, 95],
  [3, 85, 100, 115],
  [2, 95, 115, 130],
  [1, 110, 130, 145],
  ['1/0', 125, 150, 170],
  ['2/0', 145, 175, 195],
  ['3/0', 165, 200, 225],
  ['4/0', 195, 230, 260],
] as const;
const aluminium = [
  [12, 15, 20, 25],
  [10, 25, 30, 35],
  [8, 35, 40, 45],
  [6, 40, 50, 55],
  [4, 55, 65, 75],
  [3, 65, 75, 85],
  [2, 75, 90, 100],
  [1, 85, 100, 115],
  ['1/0', 100, 120, 135],
  ['2/0', 115, 135, 150],
  ['3/0', 130, 155, 175],
  ['4/0', 150, 180, 205],
] as const;
const ambient = [
  [10, 1.29, 1.2, 1.15],
  [15, 1.22, 1.15, 1.12],
  [20, 1.15, 1.11, 1.08],
  [25, 1.08, 1.05, 1.04],
  [30, 1, 1, 1],
  [35, 0.91, 0.94, 0.96],
  [40, 0.82, 0.88, 0.91],
  [45, 0.71, 0.82, 0.87],
  [50, 0.58, 0.75, 0.82],
  [55, 0.41, 0.67, 0.76],
] as const;
const bundling = [
  [3, 1],
  [4, 0.8],
  [6, 0.8],
  [7, 0.7],
  [9, 0.7],
  [10, 0.5],
  [20, 0.5],
  [21, 0.45],
  [30, 0.45],
  [31, 0.4],
  [40, 0.4],
  [41, 0.35],
  [99, 0.35],
] as const;
const columns = [60, 75, 90] as const;

describe('NEC', () => {
  examples(id, [
    ...(
      [
        ['copper', copper],
        ['aluminium', aluminium],
      ] as const
    ).flatMap(([material, rows]) =>
      rows.flatMap(([awg, ...amperes]) =>
        columns.map((insulationC, at) => ({
          source: `table 310.16, ${awg} AWG ${material}, ${insulationC} °C`,
          input: { ...nec, conductor: { awg, material }, insulationC },
          output: { baseA: amperes[at], allowedA: amperes[at] },
        })),
      ),
    ),
    ...ambient.flatMap(([ambientC, ...factors]) =>
      columns.map((insulationC, at) => ({
        source: `table 310.15(B)(1)(1), ${ambientC} °C, ${insulationC} °C`,
        input: { ...nec, insulationC, ambientC },
        output: { ambientFactor: factors[at] },
      })),
    ),
    ...bundling.map(([currentCarrying, bundleFactor]) => ({
      source: `table 310.15(C)(1), ${currentCarrying} conductors`,
      input: { ...nec, currentCarrying },
      output: { bundleFactor },
    })),
    {
      source: 'elecalculator: 10 AWG THHN, 45 °C, 9 conductors: 40 · 0.87 · 0.70 = 24.4 A',
      input: { ...nec, conductor: { awg: 10 }, ambientC: 45, currentCarrying: 9 },
      output: { baseA: 40, ambientFactor: 0.87, bundleFactor: 0.7, allowedA: 24.36 },
    },
    {
      source: 'wiresizes.com: 12 AWG at 75 °C in 40 °C is 22 A',
      input: { ...nec, insulationC: 75, ambientC: 40 },
      output: { allowedA: 22 },
    },
    {
      source: 'wiresizes.com: six of 10 AWG at 75 °C are 28 A',
      input: { ...nec, conductor: { awg: 10 }, insulationC: 75, currentCarrying: 6 },
      output: { allowedA: 28 },
    },
    {
      source: '110.14(C): 90 °C insulation on 75 °C terminals',
      input: { ...nec, terminalC: 75 },
      output: { baseA: 30, allowedA: 25 },
    },
    {
      source: '110.14(C): derated first, then capped',
      input: { ...nec, ambientC: 50, terminalC: 75 },
      output: { allowedA: 24.6 },
    },
    {
      source: '210.19: 125 % of a continuous load of 16 A',
      input: { ...nec, continuousLoadA: 16 },
      output: { requiredA: 20 },
    },
  ]);
});

describe('IEC', () => {
  examples(id, [
    ...(
      [
        ['C', 27],
        ['B1', 24],
        ['A1', 19.5],
      ] as const
    ).map(([method, baseA]) => ({
      source: `B.52.2, 2.5 mm² PVC, ${method}`,
      input: { ...iec, method },
      output: { baseA, allowedA: baseA },
    })),
    ...(
      [
        [1.5, 19.5],
        [4, 36],
        [6, 46],
        [10, 63],
        [16, 85],
        [25, 112],
      ] as const
    ).map(([mm2, baseA]) => ({
      source: `B.52.2, ${mm2} mm² PVC, C`,
      input: { ...iec, conductor: { mm2 } },
      output: { baseA },
    })),
    ...(
      [
        ['C', 33],
        ['B1', 31],
        ['A1', 26],
      ] as const
    ).map(([method, baseA]) => ({
      source: `B.52.3, 2.5 mm² XLPE, ${method}`,
      input: { ...iec, insulationC: 90, method },
      output: { baseA },
    })),
    ...(
      [
        [25, 1.06],
        [35, 0.94],
        [40, 0.87],
        [45, 0.79],
        [50, 0.71],
        [60, 0.5],
      ] as const
    ).map(([ambientC, ambientFactor]) => ({
      source: `B.52.14, PVC, ${ambientC} °C`,
      input: { ...iec, ambientC },
      output: { ambientFactor },
    })),
    ...(
      [
        [4, 0.8],
        [6, 0.7],
        [8, 0.65],
        [12, 0.57],
        [18, 0.5],
      ] as const
    ).map(([currentCarrying, bundleFactor]) => ({
      source: `B.52.17, ${currentCarrying / 2} circuits`,
      input: { ...iec, currentCarrying },
      output: { bundleFactor },
    })),
    {
      source: 'B.52.4, three loaded conductors of 2.5 mm² PVC, C',
      input: { ...iec, currentCarrying: 3 },
      output: { baseA: 24, bundleFactor: 1 },
    },
    {
      source: 'B.52.4, two circuits of three',
      input: { ...iec, currentCarrying: 6, loadedPerCircuit: 3 },
      output: { baseA: 24, bundleFactor: 0.8, allowedA: 19.2 },
    },
    { source: 'IEC sizes by the load itself', input: { ...iec, continuousLoadA: 16 }, output: { requiredA: 16 } },
  ]);

  it('has in B.52.14 what the heat balance gives: √((limit − ambient)/(limit − 30))', () => {
    for (const insulationC of [70, 90])
      for (let ambientC = 10; ambientC <= 55; ambientC += 5) {
        const heat = Math.sqrt((insulationC - ambientC) / (insulationC - 30));
        expect(Math.abs(figureOf(id, { ...iec, insulationC, ambientC }, 'ambientFactor') - heat)).toBeLessThan(0.011);
      }
  });
});

it('is not 17.22 A for nine 12 AWG THHN at 45 °C, which takes the factor of the 75 °C column', () => {
  expect(figureOf(id, { ...nec, ambientC: 45, currentCarrying: 9 }, 'allowedA')).toBeCloseTo(18.27, 9);
});

it('never allows more in more warmth, in more company, or to a thinner conductor', () => {
  const sizes = copper.map(([awg]) => awg);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 11 }),
      fc.integer({ min: -10, max: 49 }),
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom(...columns),
      (at, ambientC, currentCarrying, insulationC) => {
        const allowed = (more: object): number =>
          figureOf(id, { conductor: { awg: sizes[at] }, ambientC, currentCarrying, insulationC, ...more }, 'allowedA');
        expect(allowed({ ambientC: ambientC + 1 })).toBeLessThanOrEqual(allowed({}));
        expect(allowed({ currentCarrying: currentCarrying + 1 })).toBeLessThanOrEqual(allowed({}));
        expect(allowed({ conductor: { awg: sizes[at + 1] } })).toBeGreaterThan(allowed({}));
        expect(allowed({ terminalC: 60 })).toBeLessThanOrEqual(allowed({}));
      },
    ),
  );
});

it('grows with the section by each IEC table', () => {
  const sizes = [1.5, 2.5, 4, 6, 10, 16, 25, 35, 50, 70, 95, 120, 150, 185, 240, 300];
  for (const insulationC of [70, 90])
    for (const method of ['A1', 'B1', 'C'])
      for (const currentCarrying of [2, 3]) {
        const amperes = sizes.map((mm2) =>
          figureOf(id, { ...iec, conductor: { mm2 }, insulationC, method, currentCarrying }, 'baseA'),
        );
        expect(amperes).toEqual([...amperes].sort((one, other) => one - other));
      }
});

it('names the overcurrent limit of small conductors, and a load that is too large', () => {
  expect(warningsOf(id, { ...nec, continuousLoadA: 25 })).toEqual(['overcurrent-limit', 'ampacity-exceeded']);
  expect(warningsOf(id, { ...nec, conductor: { awg: 4 } })).toEqual([]);
  expect(answered(id, nec).warnings).toMatchObject([{ limit: 20, actual: 30 }]);
});

refusals(id, [
  [{ ...nec, insulationC: 60, ambientC: 56 }, 'ambientC', 'too-large'],
  [{ ...nec, ambientC: 86 }, 'ambientC', 'too-large'],
  [{ ...nec, conductor: { awg: 18 } }, 'conductor.awg', 'unknown-value'],
  [{ ...nec, conductor: { awg: 14, material: 'aluminium' } }, 'conductor.awg', 'unknown-value'],
  [{ ...nec, conductor: { mm2: 2.5 } }, 'conductor.awg', 'required'],
  [{ ...nec, insulationC: 70 }, 'insulationC', 'unknown-value'],
  [{ ...nec, insulationC: 105 }, 'insulationC', 'unknown-value'],
  [{ ...nec, method: 'C' }, 'method', 'not-applicable'],
  [{ ...nec, currentCarrying: 0 }, 'currentCarrying', 'too-small'],
  [{ ...iec, method: undefined }, 'method', 'required'],
  [{ ...iec, method: 'B2' }, 'method', 'unknown-value'],
  [{ ...iec, insulationC: 75 }, 'insulationC', 'unknown-value'],
  [{ ...iec, conductor: { mm2: 3 } }, 'conductor.mm2', 'unknown-value'],
  [{ ...iec, conductor: { awg: 12 } }, 'conductor.mm2', 'required'],
  [{ ...iec, conductor: { mm2: 16, material: 'aluminium' } }, 'conductor.material', 'not-covered'],
  [{ ...iec, ambientC: 61 }, 'ambientC', 'too-large'],
  [{ ...iec, currentCarrying: 41 }, 'currentCarrying', 'too-large'],
  [{ ...iec, terminalC: 75 }, 'terminalC', 'not-applicable'],
]);
