import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples, figureOf, refusals, warningsOf } from '../testing/cases.ts';

const id = 'temperature-derating';
const limit = (ambientC: number, shielded: boolean, method: string): number =>
  figureOf(id, { ambientC, shielded, method }, 'maxPermanentLinkM');
const table = [
  [20, 90],
  [25, 89],
  [30, 87],
  [35, 85.5],
  [40, 84],
  [45, 81.7],
  [50, 79.5],
  [55, 77.2],
  [60, 75],
] as const;

describe('published', () => {
  examples(id, [
    ...table.map(([ambientC, maxPermanentLinkM]) => ({
      source: `TIA-568 annex G, unscreened, ${ambientC} °C`,
      input: { ambientC, shielded: false },
      output: { maxPermanentLinkM },
    })),
    ...(
      [
        [20, 90],
        [40, 87],
        [60, 83],
      ] as const
    ).map(([ambientC, maxPermanentLinkM]) => ({
      source: `TIA-568 annex G, screened, ${ambientC} °C`,
      input: { ambientC, shielded: true },
      output: { maxPermanentLinkM },
    })),
    {
      source: '568-C.2 6.4.7: 0.4 %/°C, 40 °C',
      input: { ambientC: 40, shielded: false, method: 'formula' },
      output: { maxPermanentLinkM: 90 / 1.08 },
    },
    {
      source: '568-C.2 6.4.7: then 0.6 %/°C, 60 °C',
      input: { ambientC: 60, shielded: false, method: 'formula' },
      output: { maxPermanentLinkM: 90 / 1.2 },
    },
    {
      source: '568-C.2 6.4.7: screened 0.2 %/°C, 60 °C',
      input: { ambientC: 60, shielded: true, method: 'formula' },
      output: { maxPermanentLinkM: 90 / 1.08 },
    },
    {
      source: 'no more than 90 m in the cold',
      input: { ambientC: -10, shielded: false, method: 'formula' },
      output: { maxPermanentLinkM: 90 },
    },
  ]);
});

it('falls with warmth, less for screened cable, and both methods agree within 2 m', () => {
  fc.assert(
    fc.property(fc.double({ min: 20, max: 59, noNaN: true }), fc.boolean(), (ambientC, shielded) => {
      for (const method of ['table', 'formula']) {
        expect(limit(ambientC + 1, shielded, method)).toBeLessThan(limit(ambientC, shielded, method));
        expect(limit(ambientC, true, method) + 1e-9).toBeGreaterThanOrEqual(limit(ambientC, false, method));
      }
      expect(Math.abs(limit(ambientC, shielded, 'table') - limit(ambientC, shielded, 'formula'))).toBeLessThan(2);
    }),
  );
});

it('says where the table has no row', () => {
  expect(warningsOf(id, { ambientC: 42 })).toEqual(['between-rows', 'figure-unconfirmed']);
  expect(warningsOf(id, { ambientC: 40 })).toEqual([]);
  expect(warningsOf(id, { ambientC: 20 })).toEqual([]);
  expect(warningsOf(id, { ambientC: 45 })).toEqual(['figure-unconfirmed']);
});

refusals(id, [
  [{ ambientC: 60.5 }, 'ambientC', 'too-large'],
  [{ ambientC: 40, method: 'guess' }, 'method', 'unknown-value'],
  [{}, 'ambientC', 'required'],
]);
