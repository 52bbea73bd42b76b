import type { Gauge } from './awg.ts';

/**
 * NEC chapter 9 table 8: direct-current resistance at 75 °C in ohm per 1000 ft, uncoated copper and aluminium. The code has no
 * solid conductors above 8 AWG.
 */
export const table8Source =
  'NEC 2023 chapter 9 table 8, 75 °C, uncoated (as reprinted by sfasoft, electrical-design-tutor and urdans/eecalcs)';

export type Material = 'copper' | 'aluminium';

interface Row {
  circularMils: number;
  copper: { solid?: number; stranded: number };
  aluminium?: { solid?: number; stranded: number };
}

const row = (circularMils: number, copper: Row['copper'], aluminium?: Row['aluminium']): Row => ({
  circularMils,
  copper,
  ...(aluminium && { aluminium }),
});

// Aluminium below 6 AWG is printed for solid conductors in the copy that was compared: stranded is left out, not guessed.
const rows: ReadonlyMap<Gauge, Row> = new Map<Gauge, Row>([
  [18, row(1620, { solid: 7.77, stranded: 7.95 })],
  [16, row(2580, { solid: 4.89, stranded: 4.99 })],
  [14, row(4110, { solid: 3.07, stranded: 3.14 })],
  [12, row(6530, { solid: 1.93, stranded: 1.98 })],
  [10, row(10_380, { solid: 1.21, stranded: 1.24 })],
  [8, row(16_510, { solid: 0.764, stranded: 0.778 })],
  [6, row(26_240, { stranded: 0.491 }, { stranded: 0.808 })],
  [4, row(41_740, { stranded: 0.308 }, { stranded: 0.508 })],
  [3, row(52_620, { stranded: 0.245 }, { stranded: 0.403 })],
  [2, row(66_360, { stranded: 0.194 }, { stranded: 0.319 })],
  [1, row(83_690, { stranded: 0.154 }, { stranded: 0.253 })],
  ['1/0', row(105_600, { stranded: 0.122 }, { stranded: 0.201 })],
  ['2/0', row(133_100, { stranded: 0.0967 }, { stranded: 0.159 })],
  ['3/0', row(167_800, { stranded: 0.0766 }, { stranded: 0.126 })],
  ['4/0', row(211_600, { stranded: 0.0608 }, { stranded: 0.1 })],
]);

export const table8OhmPerKft = (gauge: Gauge, material: Material, stranded: boolean): number | undefined => {
  const found = rows.get(gauge)?.[material];
  return stranded ? found?.stranded : found?.solid;
};

export const table8CircularMils = (gauge: Gauge): number | undefined => rows.get(gauge)?.circularMils;
