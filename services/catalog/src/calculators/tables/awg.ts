/** American Wire Gauge by its definition (ASTM B258): 36 gauges from 0.005 to 0.46 inch, in equal ratios. */
export const awgSource = 'ASTM B258: d = 0.127 mm · 92^((36 − n)/39)';

const aught = ['1/0', '2/0', '3/0', '4/0'] as const;
const numbered = [
  40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12,
  11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1,
] as const;

export const gauges = [...numbered, ...aught] as const;
export type Gauge = (typeof gauges)[number];

const isAught = (gauge: Gauge): gauge is (typeof aught)[number] => typeof gauge === 'string';

export const awgDiameterMm = (gauge: Gauge): number => {
  const n = isAught(gauge) ? -aught.indexOf(gauge) : gauge;
  return 0.127 * 92 ** ((36 - n) / 39);
};

export const circleAreaMm2 = (diameterMm: number): number => (Math.PI / 4) * diameterMm ** 2;
export const circleDiameterMm = (areaMm2: number): number => Math.sqrt((4 * areaMm2) / Math.PI);

/** A circular mil is the area of a circle of one mil (0.0254 mm). */
export const circularMilsOf = (areaMm2: number): number => (circleDiameterMm(areaMm2) / 0.0254) ** 2;

export const mmPerInch2 = 645.16;
export const metresPerFoot = 0.3048;
