import type { Gauge } from './awg.ts';
import type { Material } from './nec-table-8.ts';

export const ampacitySource =
  'NEC 2023 table 310.16, 30 °C, not more than three current-carrying conductors (as reprinted by wiresizes.com and urdans/eecalcs)';
export const ambientSource =
  'NEC 2023 table 310.15(B)(1)(1), base 30 °C (as reprinted by wiresizes.com and urdans/eecalcs)';
export const bundlingSource = 'NEC 2023 table 310.15(C)(1) (as reprinted by wiresizes.com and urdans/eecalcs)';

export const necColumns = [60, 75, 90] as const;
export type NecColumn = (typeof necColumns)[number];
type Amperes = readonly [number, number, number];

const tables: Record<Material, ReadonlyMap<Gauge, Amperes>> = {
  copper: new Map<Gauge, Amperes>([
    [14, [15, 20, 25]],
    [12, [20, 25, 30]],
    [10, [30, 35, 40]],
    [8, [40, 50, 55]],
    [6, [55, 65, 75]],
    [4, [70, 85, 95]],
    [3, [85, 100, 115]],
    [2, [95, 115, 130]],
    [1, [110, 130, 145]],
    ['1/0', [125, 150, 170]],
    ['2/0', [145, 175, 195]],
    ['3/0', [165, 200, 225]],
    ['4/0', [195, 230, 260]],
  ]),
  aluminium: new Map<Gauge, Amperes>([
    [12, [15, 20, 25]],
    [10, [25, 30, 35]],
    [8, [35, 40, 45]],
    [6, [40, 50, 55]],
    [4, [55, 65, 75]],
    [3, [65, 75, 85]],
    [2, [75, 90, 100]],
    [1, [85, 100, 115]],
    ['1/0', [100, 120, 135]],
    ['2/0', [115, 135, 150]],
    ['3/0', [130, 155, 175]],
    ['4/0', [150, 180, 205]],
  ]),
};

export const necAmpacity = (gauge: Gauge, material: Material, column: NecColumn): number | undefined =>
  tables[material].get(gauge)?.[necColumns.indexOf(column)];

export const necGauges = (material: Material): Gauge[] => [...tables[material].keys()];

/** Upper end of each band in °C, then the factor of the 60, 75 and 90 °C columns; null where the conductor is at its end. */
const ambient: readonly [upTo: number, ...(number | null)[]][] = [
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
  [60, null, 0.58, 0.71],
  [65, null, 0.47, 0.65],
  [70, null, 0.33, 0.58],
  [75, null, null, 0.5],
  [80, null, null, 0.41],
  [85, null, null, 0.29],
];

export const necAmbientFactor = (ambientC: number, column: NecColumn): number | undefined =>
  ambient.find(([upTo]) => ambientC <= upTo)?.[1 + necColumns.indexOf(column)] ?? undefined;

export const hottestAmbientC = (column: NecColumn): number =>
  Math.max(...ambient.filter((band) => band[1 + necColumns.indexOf(column)] !== null).map(([upTo]) => upTo));

const bundling: readonly [upTo: number, factor: number][] = [
  [3, 1],
  [6, 0.8],
  [9, 0.7],
  [20, 0.5],
  [30, 0.45],
  [40, 0.4],
  [Infinity, 0.35],
];

export const necBundleFactor = (currentCarrying: number): number =>
  bundling.find(([upTo]) => currentCarrying <= upTo)?.[1] ?? 0.35;

export const overcurrentSource = 'NEC 2023 240.4(D)';
const overcurrent: Record<Material, ReadonlyMap<Gauge, number>> = {
  copper: new Map<Gauge, number>([
    [14, 15],
    [12, 20],
    [10, 30],
  ]),
  aluminium: new Map<Gauge, number>([
    [12, 15],
    [10, 25],
  ]),
};

/** The largest overcurrent device of a small conductor, whatever its ampacity. */
export const overcurrentLimitA = (gauge: Gauge, material: Material): number | undefined =>
  overcurrent[material].get(gauge);
