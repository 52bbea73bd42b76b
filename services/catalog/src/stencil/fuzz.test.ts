import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readZipDirectory } from './package/zip-directory.ts';
import { stencilLimits } from './limits.ts';
import { StencilRefusal } from './refusal.ts';
import { aRectangle, aShape, aStencilFile, cells, row } from './testing/a-stencil.ts';
import { inertFindings } from './testing/inert-svg.ts';
import { readHere } from './testing/read-here.ts';
import { hasRealStencils, readRealStencil } from './testing/real-stencils.ts';
import { type WrittenEntry, writeZip } from './testing/zip-writer.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const runs = Number(process.env['FUZZ_RUNS'] ?? 400);

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

const sample = aStencilFile({
  document: `<StyleSheets><StyleSheet ID='0'>${cells({ LineColor: 3 })}</StyleSheet></StyleSheets>`,
  masters: [
    {
      shapes: aShape(`${aRectangle}${everyRow}<Text>Rack</Text>`, "ID='5' LineStyle='0'"),
      page: { ShapeKeywords: 'a b' },
    },
    { shapes: aShape(`<Shapes>${aShape(aRectangle, "ID='6'")}<Shape ID='7' Master='2'/></Shapes>`) },
  ],
});

const entriesOf = async (file: Buffer): Promise<WrittenEntry[]> =>
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
const edit = fc.record({ part: fc.nat(), at: fc.nat(), length: fc.nat(12), text: spoilt });

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
const change = fc.record({ part: fc.nat(), at: fc.nat(), value: fc.option(oddValue, { freq: 4, nil: undefined }) });

const reshaped = (
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

/** A file is read whole, its previews inert, or it is refused: there is no third. */
const outcome = async (file: Buffer): Promise<'read' | 'refused'> => {
  try {
    const { previews, masters } = await readHere(file);
    expect(previews.flatMap(inertFindings)).toEqual([]);
    expect(JSON.parse(JSON.stringify(masters))).toEqual(masters);
    return 'read';
  } catch (error) {
    if (error instanceof StencilRefusal) return 'refused';
    throw error;
  }
};

const edited = (
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

describe(`files of chance (FUZZ_SEED=${seed}, ${runs} runs each)`, { timeout: 120_000 }, () => {
  const tally = async (name: string, property: (count: (one: string) => unknown) => fc.IAsyncProperty<unknown>) => {
    const outcomes: Record<string, number> = {};
    await fc.assert(
      property((one) => (outcomes[one] = (outcomes[one] ?? 0) + 1)),
      { seed, numRuns: runs },
    );
    process.stdout.write(`fuzz ${name}: seed ${seed}, ${JSON.stringify(outcomes)}\n`);
    expect(outcomes['refused'] ?? 0).toBeGreaterThan(0);
  };

  it('are read or refused when bytes of the archive are others', () =>
    tally('bytes', (count) =>
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.nat(), byte: fc.nat(255) }), { minLength: 1, maxLength: 8 }),
        fc.nat(sample.length),
        async (bytes, cut) => {
          const file = Buffer.from(cut % 5 === 0 ? sample.subarray(0, cut) : sample);
          for (const { at, byte } of bytes) if (file.length > 0) file[at % file.length] = byte;
          count(await outcome(file));
        },
      ),
    ));

  it('are read or refused when texts of the parts are others', async () => {
    const entries = await entriesOf(sample);
    await tally('texts', (count) =>
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        count(await outcome(edited(entries, edits)));
      }),
    );
  });

  it('are read or refused when values are odd and cells are gone', async () => {
    const entries = await entriesOf(sample);
    await tally('values', (count) =>
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        count(await outcome(reshaped(entries, changes)));
      }),
    );
  });

  it.skipIf(!hasRealStencils)('are read or refused when they were real ones', async () => {
    const entries = await entriesOf(readRealStencil('mis-integration-patterns-stencils'));
    const few = { seed, numRuns: Math.ceil(runs / 10) };
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 20 }), async (changes) => {
        await outcome(reshaped(entries, changes));
      }),
      few,
    );
  });
});
