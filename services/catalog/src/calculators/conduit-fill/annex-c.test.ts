import { expect, it } from 'vitest';
import { figureOf } from '../testing/cases.ts';

type Rows = readonly (readonly [gauge: number | string, ...counts: number[]])[];
interface Table {
  name: string;
  type: string;
  insulation: string;
  sizes: readonly string[];
  rows: Rows;
}

const toFour = ['1/2', '3/4', '1', '1-1/4', '1-1/2', '2', '2-1/2', '3', '3-1/2', '4'];
const toTwo = toFour.slice(0, 6);
const gauges = [14, 12, 10, 8, 6, 4, 3, 2];
const sizesOfChart = toFour.slice(0, 5);

/** As a chart prints it: a line for each trade size. */
const bySize = (lines: readonly (readonly number[])[]): Rows =>
  gauges.map((gauge, at) => [gauge, ...lines.map((line) => line[at] ?? NaN)]);
const chart = 'info.5y1.org’s chart of annex C';

const tables: Table[] = [
  {
    name: 'C.1 (brackenelectric.com)',
    type: 'EMT',
    insulation: 'THHN',
    sizes: toFour,
    rows: [
      [14, 12, 22, 35, 61, 84, 138, 241, 364, 476, 608],
      [12, 9, 16, 26, 45, 61, 101, 176, 266, 347, 443],
      [10, 5, 10, 16, 28, 38, 63, 111, 167, 219, 279],
      [8, 3, 6, 9, 16, 22, 36, 64, 96, 126, 161],
      [6, 2, 4, 7, 12, 16, 26, 46, 69, 91, 116],
      [4, 1, 2, 4, 7, 10, 16, 28, 43, 56, 71],
      [3, 1, 1, 3, 6, 8, 13, 24, 36, 47, 60],
      [2, 1, 1, 3, 5, 7, 11, 20, 30, 40, 51],
      [1, 1, 1, 1, 4, 5, 8, 15, 22, 29, 37],
      ['1/0', 1, 1, 1, 3, 4, 7, 12, 19, 25, 32],
      ['2/0', 0, 1, 1, 2, 3, 6, 10, 16, 20],
      ['3/0', 0, 1, 1, 1, 3, 5, 8, 13, 17],
    ],
  },
  {
    name: 'C.9 (2018 IRC table E3904.6(9))',
    type: 'PVC80',
    insulation: 'XHHW-2',
    sizes: toTwo,
    rows: [
      [14, 6, 11, 20, 35, 49, 82],
      [12, 5, 9, 15, 27, 38, 63],
      [10, 3, 6, 11, 20, 28, 47],
      [8, 1, 3, 6, 11, 15, 26],
      [6, 1, 2, 4, 8, 11, 19],
      [4, 1, 1, 3, 6, 8, 14],
      [3, 1, 1, 3, 5, 7, 12],
      [2, 1, 1, 2, 4, 6, 10],
      [1, 0, 1, 1, 3, 4, 7],
      ['1/0', 0, 1, 1, 2, 3, 6],
      ['2/0', 0, 1, 1, 1, 3, 5],
    ],
  },
  {
    name: `C.8 (${chart})`,
    type: 'RMC',
    insulation: 'THHN',
    sizes: sizesOfChart,
    rows: bySize([
      [13, 9, 6, 3, 2, 1, 1, 1],
      [22, 16, 10, 6, 4, 2, 1, 1],
      [36, 26, 17, 9, 7, 4, 3, 3],
      [63, 46, 29, 16, 12, 7, 6, 5],
      [85, 62, 39, 22, 16, 10, 8, 7],
    ]),
  },
  {
    name: `C.4 (${chart})`,
    type: 'IMC',
    insulation: 'THHN',
    sizes: sizesOfChart,
    rows: bySize([
      [14, 10, 6, 3, 2, 1, 1, 1],
      [24, 17, 11, 6, 4, 3, 2, 1],
      [39, 29, 18, 10, 7, 4, 4, 3],
      [68, 49, 31, 18, 13, 8, 6, 5],
      [91, 67, 42, 24, 17, 10, 9, 7],
    ]),
  },
  {
    name: `C.10 (${chart})`,
    type: 'PVC40',
    insulation: 'THHN',
    sizes: sizesOfChart,
    rows: bySize([
      [11, 8, 5, 3, 1, 1, 1, 1],
      [21, 15, 9, 5, 4, 2, 1, 1],
      [34, 25, 15, 9, 6, 4, 3, 3],
      [60, 43, 27, 16, 11, 7, 6, 5],
      [82, 59, 37, 21, 15, 9, 8, 7],
    ]),
  },
  {
    name: `C.9 (${chart})`,
    type: 'PVC80',
    insulation: 'THWN-2',
    sizes: sizesOfChart,
    rows: bySize([
      [9, 6, 4, 2, 1, 1, 1, 1],
      [17, 12, 7, 4, 3, 1, 1, 1],
      [28, 20, 13, 7, 5, 3, 3, 2],
      [51, 37, 23, 13, 9, 6, 5, 4],
      [70, 51, 32, 18, 13, 8, 7, 6],
    ]),
  },
];

const cells = tables.map((table) => ({
  ...table,
  count: table.rows.reduce((sum, [, ...counts]) => sum + counts.length, 0),
}));

it.each(cells)(
  'holds as many as NEC annex $name: $count cells of $insulation in $type',
  ({ type, insulation, sizes, rows }) => {
    const wrong = rows.flatMap(([awg, ...counts]) =>
      counts.flatMap((printed, at) => {
        const input = { conduit: { type, tradeSize: sizes[at] }, cables: [{ insulation, awg, count: 1 }] };
        const ours = figureOf('conduit-fill', input, 'maxCount');
        return ours === printed ? [] : [{ awg, tradeSize: sizes[at], printed, ours }];
      }),
    );
    expect(wrong).toEqual([]);
  },
);
