import { describe, expect, it } from 'vitest';
import type { Row, Section } from '../sheet/sheet.ts';
import { type Bounds, noBounds } from './bounds.ts';
import { isClosed, writeSubpath } from './subpath.ts';
import { traceGeometry } from './trace-geometry.ts';

type Given = readonly [type: string, values: Record<string, number | string>];

const sectionOf = (rows: readonly Given[]): Section => ({
  name: 'Geometry',
  index: '0',
  isDeleted: false,
  cells: {},
  rows: rows.map(([type, values], index): Row => ({
    name: '',
    type,
    index: String(index + 1),
    isDeleted: false,
    cells: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
  })),
});

const same = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };
const box = { width: 4, height: 2 };

const traced = (...rows: Given[]) => {
  const bounds = noBounds();
  const subpaths = traceGeometry(sectionOf(rows), box);
  return { d: subpaths.map((one) => writeSubpath(one, same, bounds, 0)).join(''), bounds, subpaths };
};

const rounded = ({ left, top, right, bottom }: Bounds): number[] =>
  [left, top, right, bottom].map((value) => Math.round(value * 1000) / 1000 + 0);

const from = (x: number, y: number): Given => ['MoveTo', { X: x, Y: y }];
// (0, 0) to (2, 0) by way of its controls (0, 1) and (2, 1): reaches 0.75.
const bezier = { X: 2, Y: 0, A: 0, B: 1, C: 2, D: 1 };

const cases: [row: string, rows: Given[], extent: number[]][] = [
  ['LineTo', [from(1, 1), ['LineTo', { X: 3, Y: -1 }]], [1, -1, 3, 1]],
  [
    'RelMoveTo, RelLineTo',
    [
      ['RelMoveTo', { X: 0.5, Y: 0.5 }],
      ['RelLineTo', { X: 1, Y: 1 }],
    ],
    [2, 1, 4, 2],
  ],
  ['ArcTo with its bow to the right of the way', [from(0, 0), ['ArcTo', { X: 2, Y: 0, A: 1 }]], [0, -1, 2, 0]],
  ['ArcTo with its bow to the left', [from(0, 0), ['ArcTo', { X: 2, Y: 0, A: -1 }]], [0, 0, 2, 1]],
  ['ArcTo of more than a half circle', [from(0, 0), ['ArcTo', { X: 2, Y: 0, A: -2 }]], [-0.25, 0, 2.25, 2]],
  ['ArcTo without a bow', [from(0, 0), ['ArcTo', { X: 2, Y: 0, A: 0 }]], [0, 0, 2, 0]],
  ['EllipticalArcTo', [from(0, 0), ['EllipticalArcTo', { X: 4, Y: 0, A: 2, B: 1, C: 0, D: 2 }]], [0, 0, 4, 1]],
  [
    'EllipticalArcTo with its axis turned',
    [from(0, 0), ['EllipticalArcTo', { X: 0, Y: 4, A: 1, B: 2, C: Math.PI / 2, D: 2 }]],
    [0, 0, 1, 4],
  ],
  [
    'EllipticalArcTo whose points lie on a line',
    [from(0, 0), ['EllipticalArcTo', { X: 4, Y: 0, A: 2, B: 0, C: 0, D: 1 }]],
    [0, 0, 4, 0],
  ],
  [
    'RelEllipticalArcTo',
    [from(0, 0), ['RelEllipticalArcTo', { X: 1, Y: 0, A: 0.5, B: 0.5, C: 0, D: 2 }]],
    [0, 0, 4, 1],
  ],
  ['RelCubBezTo', [from(0, 0), ['RelCubBezTo', { X: 0.5, Y: 0, A: 0, B: 0.5, C: 0.5, D: 0.5 }]], [0, 0, 2, 0.75]],
  ['CubBezTo', [from(0, 0), ['CubBezTo', bezier]], [0, 0, 2, 0.75]],
  ['RelQuadBezTo', [from(0, 0), ['RelQuadBezTo', { X: 0.5, Y: 0, A: 0.25, B: 1 }]], [0, 0, 2, 1]],
  ['QuadBezTo', [from(0, 0), ['QuadBezTo', { X: 2, Y: 0, A: 1, B: 2 }]], [0, 0, 2, 1]],
  ['Ellipse', [['Ellipse', { X: 2, Y: 1, A: 4, B: 1, C: 2, D: 2 }]], [0, 0, 4, 2]],
  ['Ellipse that is turned', [['Ellipse', { X: 0, Y: 0, A: 1, B: 1, C: -1, D: 1 }]], [-1.414, -1.414, 1.414, 1.414]],
  [
    'PolylineTo in shares',
    [from(0, 0), ['PolylineTo', { X: 1, Y: 0, A: 'POLYLINE(0, 0, 0.5,1, 1,0.5)' }]],
    [0, 0, 4, 2],
  ],
  ['PolylineTo in inches', [from(0, 0), ['PolylineTo', { X: 1, Y: 0, A: 'POLYLINE(1,1,7,8)' }]], [0, 0, 7, 8]],
  [
    'NURBSTo that is a Bézier curve',
    [from(0, 0), ['NURBSTo', { X: 2, Y: 0, A: 0, B: 1, C: 0, D: 1, E: 'NURBS(1, 3, 1, 1, 0,1,0,1, 2,1,0,1)' }]],
    [0, 0, 2, 0.75],
  ],
  [
    'NURBSTo that cannot be computed, as its control points',
    [from(0, 0), ['NURBSTo', { X: 2, Y: 0, A: 0, B: 1, C: 0, D: 1, E: 'NURBS(0, 90, 1, 1, 1,3,0,1)' }]],
    [0, 0, 2, 3],
  ],
  [
    'SplineStart and SplineKnot that are a Bézier curve',
    [
      from(0, 0),
      ['SplineStart', { X: 0, Y: 1, A: 0, B: 0, C: 1, D: 3 }],
      ['SplineKnot', { X: 2, Y: 1, A: 0 }],
      ['SplineKnot', { X: 2, Y: 0, A: 0 }],
    ],
    [0, 0, 2, 0.75],
  ],
  ['InfiniteLine', [['InfiniteLine', { X: 0, Y: 1, A: 1, B: 1 }]], [-4.472, 1, 4.472, 1]],
];

describe(`${cases.length} kinds of rows`, () => {
  it.each(cases)('draw %s', (_row, rows, extent) => {
    expect(rounded(traced(...rows).bounds)).toEqual(extent);
  });

  it('draw each stroke for itself, closed where it ends as it began', () => {
    const { subpaths, d } = traced(from(0, 0), ['LineTo', { X: 1, Y: 0 }], ['LineTo', { X: 0, Y: 0 }], from(2, 2), [
      'LineTo',
      { X: 3, Y: 3 },
    ]);
    expect(subpaths.map(isClosed)).toEqual([true, false]);
    expect(d).toBe('M0 0L1 0L0 0ZM2 2L3 3');
  });

  it.each(['', 'constructor', '__proto__', 'toString', 'RelNothing'])('draw nothing for a row "%s"', (type) => {
    expect(traced(from(0, 0), [type, { X: 1, Y: 1 }]).d).toBe('');
  });

  it('draw numbers that are none as 0', () => {
    expect(traced(from(1, 1), ['LineTo', { X: 'NaN', Y: '1e400' }]).d).toBe('M1 1L0 0');
  });
});
