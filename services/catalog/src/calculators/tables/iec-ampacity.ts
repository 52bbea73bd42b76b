/**
 * IEC 60364-5-52:2009 annex B, copper in air at 30 °C. Every figure here stands alike in at least two of the public copies that
 * were compared (a Korean KS C IEC 60364-5-52 rule set, a 60364-5-52 sizing calculator, a third calculator); aluminium stood in
 * one of them only and is left out.
 */
export const iecAmpacitySource =
  'IEC 60364-5-52:2009 tables B.52.2 to B.52.5, copper (public copies compared; check against the standard)';
export const iecAmbientSource = 'IEC 60364-5-52:2009 table B.52.14, base 30 °C (public copies compared)';
export const iecGroupingSource = 'IEC 60364-5-52:2009 table B.52.17 item 1, bunched (public copies compared)';

export const iecInsulations = [70, 90] as const;
export const iecMethods = ['A1', 'B1', 'C'] as const;
export type IecInsulation = (typeof iecInsulations)[number];
export type IecMethod = (typeof iecMethods)[number];

export const iecSizes = [1.5, 2.5, 4, 6, 10, 16, 25, 35, 50, 70, 95, 120, 150, 185, 240, 300] as const;

const tables: Record<`${IecInsulation}-${IecMethod}-${2 | 3}`, readonly number[]> = {
  '70-A1-2': [14.5, 19.5, 26, 34, 46, 61, 80, 99, 119, 151, 182, 210, 240, 273, 321, 367],
  '70-B1-2': [17.5, 24, 32, 41, 57, 76, 101, 125, 151, 192, 232, 269, 300, 341, 400, 458],
  '70-C-2': [19.5, 27, 36, 46, 63, 85, 112, 138, 168, 213, 258, 299, 344, 392, 461, 530],
  '70-A1-3': [13.5, 18, 24, 31, 42, 56, 73, 89, 108, 136, 164, 188, 216, 245, 286, 328],
  '70-B1-3': [15.5, 21, 28, 36, 50, 68, 89, 110, 134, 171, 207, 239, 262, 296, 346, 394],
  '70-C-3': [17.5, 24, 32, 41, 57, 76, 96, 119, 144, 184, 223, 259, 299, 341, 403, 464],
  '90-A1-2': [19, 26, 35, 45, 61, 81, 106, 131, 158, 200, 241, 278, 318, 362, 424, 486],
  '90-B1-2': [23, 31, 42, 54, 75, 100, 133, 164, 198, 253, 306, 354, 393, 449, 528, 603],
  '90-C-2': [24, 33, 45, 58, 80, 107, 138, 171, 209, 269, 328, 382, 441, 506, 599, 693],
  '90-A1-3': [17, 23, 31, 40, 54, 73, 95, 117, 141, 179, 216, 249, 285, 324, 380, 435],
  '90-B1-3': [20, 28, 37, 48, 66, 88, 117, 144, 175, 222, 269, 312, 342, 384, 450, 514],
  '90-C-3': [22, 30, 40, 52, 71, 96, 119, 147, 179, 229, 278, 322, 371, 424, 500, 576],
};

export interface IecInstallation {
  insulation: IecInsulation;
  method: IecMethod;
  /** Loaded conductors of one circuit: two, or three of three phases. */
  loaded: 2 | 3;
}

export const iecAmpacity = (mm2: number, { insulation, method, loaded }: IecInstallation): number | undefined =>
  tables[`${insulation}-${method}-${loaded}`][iecSizes.findIndex((size) => size === mm2)];

const ambientFrom = 10;
const ambient: Record<IecInsulation, readonly number[]> = {
  70: [1.22, 1.17, 1.12, 1.06, 1, 0.94, 0.87, 0.79, 0.71, 0.61, 0.5],
  90: [1.15, 1.12, 1.08, 1.04, 1, 0.96, 0.91, 0.87, 0.82, 0.76, 0.71, 0.65, 0.58, 0.5, 0.41],
};

/** Between two rows the hotter one counts, and below the first row the first. */
export const iecAmbientFactor = (ambientC: number, insulation: IecInsulation): number | undefined =>
  ambient[insulation][Math.max(0, Math.ceil((ambientC - ambientFrom) / 5))];

export const hottestIecAmbientC = (insulation: IecInsulation): number =>
  ambientFrom + 5 * (ambient[insulation].length - 1);

const grouping: readonly [upTo: number, factor: number][] = [
  [1, 1],
  [2, 0.8],
  [3, 0.7],
  [4, 0.65],
  [5, 0.6],
  [6, 0.57],
  [7, 0.54],
  [8, 0.52],
  [9, 0.5],
  [12, 0.45],
  [16, 0.41],
  [20, 0.38],
];

export const mostIecCircuits = 20;

export const iecGroupingFactor = (circuits: number): number | undefined =>
  grouping.find(([upTo]) => circuits <= upTo)?.[1];
