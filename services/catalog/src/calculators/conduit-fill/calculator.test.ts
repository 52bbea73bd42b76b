import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, examples, figureOf, refusals, warningsOf } from '../testing/cases.ts';

const id = 'conduit-fill';
const cat6Mm = 0.24 * 25.4;
const filled = (tradeSize: string, cables: object[], more: object = {}) => ({
  conduit: { type: 'EMT', tradeSize },
  cables,
  ...more,
});
const cat6 = (count: number) => [{ diameterMm: cat6Mm, count }];
const thhn = (awg: number | string, count: number) => [{ insulation: 'THHN', awg, count }];

describe('published', () => {
  examples(id, [
    {
      source: 'NEC table 4: 40 % of 3/4 EMT is 0.213 in²',
      input: filled('3/4', [
        { areaMm2: 0.213 * 645.16 - 0.002, count: 1 },
        { areaMm2: 0.001, count: 2 },
      ]),
      output: { fillPercent: 40, limitPercent: 40 },
      within: 2e-3,
    },
    { source: 'NEC table 1, one cable', input: filled('1', cat6(1)), output: { limitPercent: 53, fits: true } },
    { source: 'NEC table 1, two cables', input: filled('1', cat6(2)), output: { limitPercent: 31, fits: true } },
    {
      source: 'NEC table 1, three cables',
      input: filled('1', cat6(3)),
      output: { limitPercent: 40, fits: true, maxCount: 7 },
    },
    {
      source: 'category 6 of 0.24 in at 40 %: 4 in 3/4',
      input: filled('3/4', cat6(4)),
      output: { maxCount: 4, fits: true, smallestTradeSize: '3/4' },
    },
    {
      source: 'category 6 of 0.24 in at 40 %: 29 in 2',
      input: filled('2', cat6(30)),
      output: { maxCount: 29, fits: false, smallestTradeSize: '2-1/2' },
    },
    {
      source: 'steeltubeinstitute: 16 of 12 THHN in 3/4 RMC',
      input: { conduit: { type: 'RMC', tradeSize: '3/4' }, cables: thhn(12, 16) },
      output: { maxCount: 16, fits: true },
    },
    {
      source: '45, not 44, of 12 THHN in 1-1/4 EMT (note 7)',
      input: filled('1-1/4', thhn(12, 45)),
      output: { maxCount: 45, fits: true },
    },
    {
      source: 'MIL-HDBK 1012/3: 40 % is 28 % after two bends',
      input: filled('1', cat6(3), { bends: 2 }),
      output: { limitPercent: 28 },
    },
    {
      source: 'mixed wires add up: 3 of 10 and 1 of 12 THHN',
      input: filled('1/2', [...thhn(10, 3), ...thhn(12, 1)]),
      output: {
        fillPercent: ((3 * 0.0211 + 0.0133) / 0.304) * 100,
        limitPercent: 40,
        fits: true,
        smallestTradeSize: '1/2',
      },
    },
    {
      source: 'mixed insulation adds up',
      input: filled('1/2', [...thhn(10, 3), { insulation: 'XHHW-2', awg: 8, count: 3 }]),
      output: { fits: false, smallestTradeSize: '3/4' },
    },
    {
      source: 'without a trade size the smallest that fits',
      input: { conduit: { type: 'EMT' }, cables: cat6(7) },
      output: { smallestTradeSize: '1', fits: true, maxCount: 7 },
    },
    {
      source: 'more than four inches hold',
      input: { conduit: { type: 'PVC80' }, cables: cat6(5000) },
      output: { smallestTradeSize: null, fits: false },
    },
  ]);
});

it('is not what the web says of category 6 in EMT, nor 25 % for three', () => {
  expect(figureOf(id, filled('3/4', cat6(1)), 'maxCount')).not.toBe(6);
  expect(figureOf(id, filled('1', cat6(1)), 'maxCount')).not.toBe(8);
  expect(figureOf(id, filled('2', cat6(1)), 'maxCount')).not.toBe(35);
  expect(figureOf(id, filled('1', cat6(3)), 'limitPercent')).not.toBe(25);
  expect(figureOf(id, filled('3/4', [{ areaMm2: 0.2316 * 645.16, count: 3 }]), 'maxCount')).toBeLessThan(3);
});

it('says yes to what it names the most of, and no to one more', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 3, max: 40, noNaN: true }),
      fc.constantFrom('1', '2', '4'),
      fc.integer({ min: 0, max: 4 }),
      fc.constantFrom('EMT', 'IMC', 'PVC80'),
      (diameterMm, tradeSize, bends, type) => {
        const given = (count: number) => ({ conduit: { type, tradeSize }, cables: [{ diameterMm, count }], bends });
        const most = figureOf(id, given(1), 'maxCount');
        expect(answered(id, given(most + 1)).fits).toBe(false);
        for (const count of [1, 2, 3, most])
          if (count > 0 && count <= most) expect(answered(id, given(count)).fits).toBe(true);
      },
    ),
  );
});

it('takes no more of thicker cables, and no fewer into a larger conduit', () => {
  fc.assert(
    fc.property(fc.double({ min: 3, max: 30, noNaN: true }), (diameterMm) => {
      const most = (tradeSize: string, size: number): number =>
        figureOf(id, filled(tradeSize, [{ diameterMm: size, count: 1 }]), 'maxCount');
      expect(most('1', diameterMm * 1.1)).toBeLessThanOrEqual(most('1', diameterMm));
      expect(most('1-1/4', diameterMm)).toBeGreaterThanOrEqual(most('1', diameterMm));
    }),
  );
});

it('counts the same by diameter, by area, and parted into entries', () => {
  fc.assert(
    fc.property(fc.double({ min: 3, max: 12, noNaN: true }), fc.integer({ min: 2, max: 20 }), (diameterMm, count) => {
      const areaMm2 = (Math.PI / 4) * diameterMm ** 2;
      const whole = answered(id, filled('2', [{ diameterMm, count }]));
      const parted = answered(
        id,
        filled('2', [
          { areaMm2, count: 1 },
          { diameterMm, count: count - 1 },
        ]),
      );
      expect([parted.fits, parted.maxCount, parted.smallestTradeSize]).toEqual([
        whole.fits,
        whole.maxCount,
        whole.smallestTradeSize,
      ]);
      expect(Number(parted.fillPercent)).toBeCloseTo(Number(whole.fillPercent), 6);
    }),
  );
});

it('warns of what is over-full, of what only note 7 allows, and of what no size takes', () => {
  expect(warningsOf(id, filled('1/2', cat6(20)))).toEqual(['conduit-over-full']);
  expect(warningsOf(id, filled('1-1/4', thhn(12, 45)))).toEqual(['fill-rounded-up']);
  expect(warningsOf(id, { conduit: { type: 'EMT' }, cables: cat6(9000) })).toEqual([
    'conduit-over-full',
    'no-trade-size',
  ]);
  expect(answered(id, filled('1/2', [...thhn(10, 3), ...thhn(12, 1)]))).not.toHaveProperty('maxCount');
});

refusals(id, [
  [filled('1', []), 'cables', 'too-small'],
  [filled('1', [{ count: 3 }]), 'cables[0].diameterMm', 'required'],
  [filled('1', [{ diameterMm: 6, areaMm2: 30, count: 3 }]), 'cables[0].areaMm2', 'given-twice'],
  [filled('1', [{ diameterMm: 6, insulation: 'THHN', awg: 12, count: 3 }]), 'cables[0].insulation', 'given-twice'],
  [filled('1', [{ diameterMm: 6, awg: 12, count: 3 }]), 'cables[0].awg', 'given-twice'],
  [filled('1', [...cat6(1), { insulation: 'THHN', count: 3 }]), 'cables[1].awg', 'required'],
  [filled('1', [{ awg: 12, count: 3 }]), 'cables[0].insulation', 'required'],
  [filled('1', thhn(13, 3)), 'cables[0].awg', 'unknown-value'],
  [filled('1', [{ insulation: 'NM-B', awg: 12, count: 3 }]), 'cables[0].insulation', 'unknown-value'],
  [filled('7/8', cat6(1)), 'conduit.tradeSize', 'unknown-value'],
  [{ conduit: { type: 'FMC', tradeSize: '1' }, cables: cat6(1) }, 'conduit.type', 'unknown-value'],
  [filled('1', cat6(1), { bends: 5 }), 'bends', 'too-large'],
  [{ ...filled('1', cat6(1)), profile: 'iso-iec' }, 'profile', 'unknown-value'],
]);
