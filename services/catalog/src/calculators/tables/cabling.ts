import { fromMemory } from '../unconfirmed.ts';

/** Limits and factors of balanced cabling that several calculators share. */
export const linkSource =
  'ANSI/TIA-568.2-D and ISO/IEC 11801-1: permanent link 90 m, channel 100 m (as reprinted by Siemon and Fluke Networks)';
export const permanentLinkM = 90;
export const channelM = 100;

export const cordSource =
  'TIA-568 open office cabling (TSB-75): C = (102 − H)/(1 + D), as in Siemon’s table 13-08 and Panduit’s 28 AWG guideline';

export const cordGauges = [24, 26, 28] as const;
export type CordGauge = (typeof cordGauges)[number];

/** How much more a cord loses than horizontal cable of the same length. */
export const cordDerating = (gauge: CordGauge): number => ({ 24: 0.2, 26: 0.5, 28: 0.95 })[gauge];

/** All cords together that a horizontal cable of this length leaves room for. */
export const cordsForM = (horizontalM: number, gauge: CordGauge): number =>
  (102 - horizontalM) / (1 + cordDerating(gauge));

/** The inverse: the longest horizontal cable that these cords leave room for. */
export const horizontalForM = (cordsM: number, gauge: CordGauge): number => 102 - cordsM * (1 + cordDerating(gauge));

export const coldestC = 20;
export const hottestC = 60;
export const derivedSource =
  'ANSI/TIA-568-C.2 6.4.7: +0.4 %/°C to 40 °C, +0.6 %/°C to 60 °C, screened +0.2 %/°C (as quoted on the IEEE 802.3 reflector)';
const annexG = 'ANSI/TIA-568.2-D annex G';
export const deratingTableSource = fromMemory(`${annexG}, all rows but 84 m at 40 °C`);

const unscreened: readonly [number, number][] = [
  [20, 90],
  [25, 89],
  [30, 87],
  [35, 85.5],
  [40, 84],
  [45, 81.7],
  [50, 79.5],
  [55, 77.2],
  [60, 75],
];
const screened: readonly [number, number][] = [
  [20, 90],
  [40, 87],
  [60, 83],
];

export const deratingRows = (shielded: boolean): readonly (readonly [number, number])[] =>
  shielded ? screened : unscreened;

/** Of the figure that the table gives at a temperature. */
export const deratedSource = (ambientC: number, shielded: boolean): string => {
  if (ambientC <= coldestC) return linkSource;
  return ambientC === 40 && !shielded ? `${annexG}, as printed by Fluke Networks` : deratingTableSource;
};

/** By the table; between its rows on a straight line. From 20 °C down it is 90 m. */
export const deratedByTableM = (ambientC: number, shielded: boolean): number => {
  const rows = deratingRows(shielded);
  const next = rows.findIndex(([rowC]) => ambientC <= rowC);
  const [upperC, upperM] = rows[next] ?? [hottestC, NaN];
  const [lowerC, lowerM] = rows[Math.max(0, next - 1)] ?? [coldestC, permanentLinkM];
  return upperC === lowerC ? upperM : lowerM + ((upperM - lowerM) * (ambientC - lowerC)) / (upperC - lowerC);
};

/** By the rise of insertion loss alone. */
export const deratedByFormulaM = (ambientC: number, shielded: boolean): number => {
  const warm = Math.max(0, ambientC - coldestC);
  const rise = shielded ? 0.002 * warm : 0.004 * Math.min(warm, 20) + 0.006 * Math.max(0, warm - 20);
  return permanentLinkM / (1 + rise);
};
