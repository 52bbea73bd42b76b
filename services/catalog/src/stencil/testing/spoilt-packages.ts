import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { readZipDirectory } from '../package/zip-directory.ts';
import { stencilLimits } from '../limits.ts';
import { aRectangle, aShape, aStencilFile, cells, row } from './a-stencil.ts';
import { type WrittenEntry, writeZip } from './zip-writer.ts';

const everyRow = `<Section N='Geometry' IX='1'>${[
  row('MoveTo', { X: 0, Y: 0 }),
  row('ArcTo', { X: 1, Y: 0, A: 0.5 }),
  row('EllipticalArcTo', { X: 2, Y: 1, A: 1, B: 1, C: 0, D: 1 }),
  row('NURBSTo', { X: 1, Y: 0, A: 0, B: 1, C: 0, D: 1, E: 'NURBS(1, 3, 0, 0, 0,1,0,1, 1,1,0,1)' }),
  row('PolylineTo', { X: 1, Y: 0, A: 'POLYLINE(0, 0, 0.5,1, 1,0.5)' }),
  row('SplineStart', { X: 0, Y: 1, A: 0, B: 0, C: 1, D: 3 }),
  row('SplineKnot', { X: 2, Y: 1, A: 0 }),
  row('InfiniteLine', { X: 0, Y: 0, A: 1, B: 1 }),
].join('')}</Section>`;

export const sample = aStencilFile({
  document: `<StyleSheets><StyleSheet ID='0'>${cells({ LineColor: 3 })}</StyleSheet></StyleSheets>`,
  masters: [
    {
      shapes: aShape(`${aRectangle}${everyRow}<Text>Rack</Text>`, "ID='5' LineStyle='0'"),
      page: { ShapeKeywords: 'a b' },
    },
    { shapes: aShape(`<Shapes>${aShape(aRectangle, "ID='6'")}<Shape ID='7' Master='2'/></Shapes>`) },
  ],
});

export const entriesOf = async (file: Buffer): Promise<WrittenEntry[]> =>
  (await readZipDirectory(file, stencilLimits)).map(({ name, method, start, end }) => ({
    name,
    data: method === 8 ? inflateRawSync(file.subarray(start, end)) : file.subarray(start, end),
  }));

/** What texts of a part may become: other numbers, other names, other structure. */
const spoilt = fc.constantFrom(
  '',
  "'",
  '<',
  '>',
  '&',
  '&#0;',
  '-1',
  '1e308',
  'NaN',
  '9'.repeat(400),
  '<Shape>',
  '</Shape>',
  "V='Themed'",
  '\ud800',
  '\u0000',
  '%',
  '../',
);
export const edit = fc.record({ part: fc.nat(), at: fc.nat(), length: fc.nat(12), text: spoilt });

// Well-formed whatever they are: what the sheet makes of values, and of cells, rows and shapes that are not there.
const oddValue = fc.constantFrom(
  '',
  '-1',
  '1e308',
  '-1e9',
  '1e-320',
  'NaN',
  'Themed',
  '#zzzzzz',
  'url(#x)',
  '9'.repeat(400),
  'NURBS(1e9, 1e9, 0, 0, 1,1,1)',
  'POLYLINE(0,0,,)',
  '&lt;x&gt;',
  'constructor',
  '\u{1f4a9}',
);
export const change = fc.record({
  part: fc.nat(),
  at: fc.nat(),
  value: fc.option(oddValue, { freq: 4, nil: undefined }),
});

export const reshaped = (
  entries: readonly WrittenEntry[],
  changes: readonly { part: number; at: number; value?: string | undefined }[],
): Buffer => {
  const parts = entries.map(({ name, data }) => ({ name, data: data.toString() }));
  const sheets = parts.filter(({ name }) => /master\d|masters\.xml$|document\.xml$/.test(String(name)));
  for (const { part, at, value } of changes) {
    const one = sheets[part % sheets.length];
    if (!one) continue;
    const pattern = value === undefined ? /<Cell [^>]*\/>|<Row [^/]*?<\/Row>/g : / (V|T|N|IX|ID)='[^']*'/g;
    const found = [...one.data.matchAll(pattern)];
    const hit = found[at % Math.max(1, found.length)];
    if (hit)
      one.data =
        one.data.slice(0, hit.index) +
        (value === undefined ? '' : ` ${hit[1]}='${value}'`) +
        one.data.slice(hit.index + hit[0].length);
  }
  return writeZip(parts);
};

export const edited = (
  entries: readonly WrittenEntry[],
  edits: readonly { part: number; at: number; length: number; text: string }[],
): Buffer => {
  const parts = entries.map(({ name, data }) => ({ name, data: data.toString() }));
  for (const { part, at, length, text } of edits) {
    const one = parts[part % parts.length];
    if (!one) continue;
    const from = at % (one.data.length + 1);
    one.data = one.data.slice(0, from) + text + one.data.slice(from + length);
  }
  return writeZip(parts);
};
