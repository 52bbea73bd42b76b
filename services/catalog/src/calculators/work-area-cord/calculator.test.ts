import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples, figureOf, refusals, warningsOf } from '../testing/cases.ts';

const id = 'work-area-cord';
const siemon = 'TSB-75 / Siemon 13-08 table 1, 24 AWG, printed in whole metres';
const tsb75 = 'TSB-75 table, 26 AWG, printed in whole metres';

// Printed: horizontal, work area cord, all cords.
const printed24 = [
  [90, 5, 10],
  [85, 9, 14],
  [80, 13, 18],
  [75, 17, 22],
  [70, 22, 27],
] as const;
const printed26 = [
  [90, 4, 8],
  [85, 7, 11],
  [80, 11, 15],
  [75, 14, 18],
  [70, 17, 21],
] as const;

it.each([
  ...printed24.map((row) => [24, siemon, ...row] as const),
  ...printed26.map((row) => [26, tsb75, ...row] as const),
])('%i AWG: within the metre that %s (%i m: %i, %i)', (conductorAwg, _, horizontalM, cordM, totalM) => {
  const input = { horizontalM, conductorAwg };
  expect(Math.abs(figureOf(id, input, 'workAreaCordM') - cordM)).toBeLessThan(0.7);
  expect(Math.abs(figureOf(id, input, 'cordTotalM') - totalM)).toBeLessThan(0.7);
});

describe('published', () => {
  examples(id, [
    {
      source: 'ANSI/TIA-568.2-D by Panduit: 82.5 m and 10 m of 28 AWG make a channel of 92.5 m',
      input: { horizontalM: 82.5, conductorAwg: 28 },
      output: { cordTotalM: 10, channelM: 92.5 },
    },
    {
      source: 'TIA-568: 90 m leave 10 m of 24 AWG, 5 m at work',
      input: { horizontalM: 90, conductorAwg: 24 },
      output: { cordTotalM: 10, workAreaCordM: 5, channelM: 100 },
    },
    {
      source: 'TSB-75: C = (93.6 − B)/1.2 with 7 m in the room is the work area cord',
      input: { horizontalM: 75, conductorAwg: 24, roomCordM: 7 },
      output: { workAreaCordM: (93.6 - 75) / 1.2 },
    },
    { source: 'the cap of TIA/EIA-568-B', input: { horizontalM: 50, conductorAwg: 24 }, output: { workAreaCordM: 22 } },
    {
      source: 'the cap of ISO/IEC 11801:2002',
      input: { profile: 'iso-iec', horizontalM: 50, conductorAwg: 24 },
      output: { workAreaCordM: 20 },
    },
    { source: 'the cap of 26 AWG', input: { horizontalM: 50, conductorAwg: 26 }, output: { workAreaCordM: 17 } },
  ]);
});

it('is not the (105 − H) of the web: 12.5 m of 24 AWG after 90 m', () => {
  expect(figureOf(id, { horizontalM: 90, conductorAwg: 24 }, 'cordTotalM')).not.toBeCloseTo(12.5, 1);
  expect(figureOf(id, { horizontalM: 82.5, conductorAwg: 28 }, 'cordTotalM')).not.toBeCloseTo(11.5, 1);
});

it('leaves more cord the shorter the cable, and less the thinner the cord', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 85, noNaN: true }), (horizontalM) => {
      const total = (conductorAwg: number, metres: number): number =>
        figureOf(id, { horizontalM: metres, conductorAwg, roomCordM: 0 }, 'cordTotalM');
      expect(total(24, horizontalM)).toBeGreaterThan(total(24, horizontalM + 1));
      expect(total(24, horizontalM)).toBeGreaterThan(total(26, horizontalM));
      expect(total(26, horizontalM)).toBeGreaterThan(total(28, horizontalM));
    }),
  );
});

it('says that a cord was capped, with what the formula gives', () => {
  expect(warningsOf(id, { horizontalM: 50, conductorAwg: 24 })).toEqual(['work-area-cord-capped']);
  expect(warningsOf(id, { horizontalM: 50, conductorAwg: 26 })).toEqual([
    'work-area-cord-capped',
    'figure-unconfirmed',
  ]);
  expect(warningsOf(id, { horizontalM: 90, conductorAwg: 24 })).toEqual([]);
  expect(warningsOf(id, { horizontalM: 80, conductorAwg: 28 })).toEqual(['room-cord-assumed']);
  expect(warningsOf(id, { horizontalM: 80, conductorAwg: 28, roomCordM: 5 })).toEqual([]);
});

refusals(id, [
  [{ horizontalM: 0, conductorAwg: 24 }, 'horizontalM', 'too-small'],
  [{ horizontalM: 90.1, conductorAwg: 24 }, 'horizontalM', 'too-large'],
  [{ horizontalM: 80, conductorAwg: 22 }, 'conductorAwg', 'unknown-value'],
  [{ horizontalM: 80, conductorAwg: '24' }, 'conductorAwg', 'unknown-value'],
  [{ horizontalM: 90, conductorAwg: 24, roomCordM: 10.1 }, 'roomCordM', 'too-large'],
  [{ conductorAwg: 24 }, 'horizontalM', 'required'],
]);
