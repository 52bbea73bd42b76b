import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StencilRefusal } from './refusal.ts';
import { inertFindings } from './testing/inert-svg.ts';
import { readHere } from './testing/read-here.ts';
import { hasRealStencils, readRealStencil } from './testing/real-stencils.ts';
import { change, edit, edited, entriesOf, reshaped, sample } from './testing/spoilt-packages.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const runs = Number(process.env['FUZZ_RUNS'] ?? 400);

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
