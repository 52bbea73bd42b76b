export const poeClassSource = 'IEEE 802.3-2022 clauses 33 and 145: power at the source and at the device by class';
export const bundleSource =
  'TIA TSB-184-A: bundles of at most 24 cables (as reprinted by Cabling Installation & Maintenance)';
export const loopSource =
  'ISO/IEC 11801-1 and ANSI/TIA-568.2-D: channel loop resistance at most 25 Ω (as reprinted by Fluke Networks)';

export const poeClasses = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
export type PoeClass = (typeof poeClasses)[number];

const watts: Record<PoeClass, readonly [source: number, device: number]> = {
  0: [15.4, 12.95],
  1: [4, 3.84],
  2: [7, 6.49],
  3: [15.4, 12.95],
  4: [30, 25.5],
  5: [45, 40],
  6: [60, 51],
  7: [75, 62],
  8: [90, 71.3],
};

export const sourceWatts = (poeClass: PoeClass): number => watts[poeClass][0];
export const deviceWatts = (poeClass: PoeClass): number => watts[poeClass][1];
export const mostCablesInBundle = 24;
export const mostLoopOhm = 25;
