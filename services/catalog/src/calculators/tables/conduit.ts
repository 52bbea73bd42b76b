import type { Gauge } from './awg.ts';

export const conduitSource =
  'NEC 2023 chapter 9 table 4, total area 100 % (alike in Samuel-DeSantis/cs and urdans/eecalcs)';
export const insulatedSource = 'NEC 2023 chapter 9 table 5 (as reprinted by urdans/eecalcs)';
export const fillSource = 'NEC 2023 chapter 9 table 1: 53 % for one, 31 % for two, 40 % for more';
export const note7Source = 'NEC 2023 chapter 9 table 1 note 7: a decimal of 0.8 or more counts as one more';
export const bendSource =
  'BICSI practice as in MIL-HDBK 1012/3: 15 points of the fill less for each 90° bend (40 % is 28 % after two)';

export const conduitTypes = ['EMT', 'RMC', 'IMC', 'PVC40', 'PVC80'] as const;
export type ConduitType = (typeof conduitTypes)[number];

export const tradeSizes = ['1/2', '3/4', '1', '1-1/4', '1-1/2', '2', '2-1/2', '3', '3-1/2', '4'] as const;
export type TradeSize = (typeof tradeSizes)[number];

const in2: Record<ConduitType, readonly number[]> = {
  EMT: [0.304, 0.533, 0.864, 1.496, 2.036, 3.356, 5.858, 8.846, 11.545, 14.753],
  RMC: [0.314, 0.549, 0.887, 1.526, 2.071, 3.408, 4.866, 7.499, 10.01, 12.882],
  IMC: [0.342, 0.586, 0.959, 1.647, 2.225, 3.63, 5.135, 7.922, 10.584, 13.631],
  PVC40: [0.285, 0.508, 0.832, 1.453, 1.986, 3.291, 4.695, 7.268, 9.737, 12.554],
  PVC80: [0.217, 0.409, 0.688, 1.237, 1.711, 2.874, 4.119, 6.442, 8.688, 11.258],
};

/** Nominal internal diameters of the same table; its areas are these, rounded. */
const diametersIn: Record<ConduitType, readonly number[]> = {
  EMT: [0.622, 0.824, 1.049, 1.38, 1.61, 2.067, 2.731, 3.356, 3.834, 4.334],
  RMC: [0.632, 0.836, 1.063, 1.394, 1.624, 2.083, 2.489, 3.09, 3.57, 4.05],
  IMC: [0.66, 0.864, 1.105, 1.448, 1.683, 2.15, 2.557, 3.176, 3.671, 4.166],
  PVC40: [0.602, 0.804, 1.029, 1.36, 1.59, 2.047, 2.445, 3.042, 3.521, 3.998],
  PVC80: [0.526, 0.722, 0.936, 1.255, 1.476, 1.913, 2.29, 2.864, 3.326, 3.786],
};

/**
 * The area that annex C counts with: of the diameter, not of the rounded area. 12 AWG XHHW-2 in 1/2 PVC80 are five by this and four
 * by that; the annex says five.
 */
export const boreAreaIn2 = (type: ConduitType, size: TradeSize): number =>
  (Math.PI / 4) * (diametersIn[type][tradeSizes.indexOf(size)] ?? NaN) ** 2;

export const conduitAreaIn2 = (type: ConduitType, size: TradeSize): number =>
  in2[type][tradeSizes.indexOf(size)] ?? NaN;

export const insulations = ['THHN', 'THWN-2', 'XHHW-2'] as const;
export type Insulation = (typeof insulations)[number];

const gauges: readonly Gauge[] = [14, 12, 10, 8, 6, 4, 3, 2, 1, '1/0', '2/0', '3/0', '4/0'];
const nylon = [0.0097, 0.0133, 0.0211, 0.0366, 0.0507, 0.0824, 0.0973, 0.1158, 0.1562, 0.1855, 0.2223, 0.2679, 0.3237];
const insulatedIn2: Record<Insulation, readonly number[]> = {
  THHN: nylon,
  'THWN-2': nylon,
  'XHHW-2': [0.0139, 0.0181, 0.0243, 0.0437, 0.059, 0.0814, 0.0962, 0.1146, 0.1534, 0.1825, 0.219, 0.2642, 0.3197],
};

export const insulatedGauges: readonly Gauge[] = gauges;

export const insulatedAreaIn2 = (insulation: Insulation, gauge: Gauge): number | undefined =>
  insulatedIn2[insulation][gauges.indexOf(gauge)];
