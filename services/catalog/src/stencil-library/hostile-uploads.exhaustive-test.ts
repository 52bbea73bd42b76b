import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stencilLimits } from '../stencil/limits.ts';
import { createStencilReader, type StencilReader } from '../stencil/reader.ts';
import { aStencilFile } from '../stencil/testing/a-stencil.ts';
import { hostilePackages } from '../stencil/testing/hostile-packages.ts';
import { inertFindings } from '../stencil/testing/inert-svg.ts';
import { change, edit, edited, entriesOf, reshaped, sample } from '../stencil/testing/spoilt-packages.ts';
import { readerPool } from './reader-pool.ts';
import { stencilLibrary, type StencilLibrary } from './testing/stencil-library.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const runs = Number(process.env['FUZZ_RUNS'] ?? 120);

let catalog: StencilLibrary;
/** Of which limits the reader is, that reads next. */
let limits = {};
const readers = new Map<string, StencilReader>();
const readerOf = (wanted: object): StencilReader => {
  const key = JSON.stringify(wanted);
  const reader = readers.get(key) ?? createStencilReader({ limits: { ...stencilLimits, ...wanted } });
  readers.set(key, reader);
  return reader;
};
const switching: StencilReader = {
  read: (file) => readerOf(limits).read(file),
  close: async () => {
    await Promise.all([...readers.values()].map((reader) => reader.close()));
  },
};
const pool = readerPool({ readers: 1, makeReader: () => switching });

beforeAll(async () => {
  catalog = await stencilLibrary({ readers: pool });
});
afterAll(async () => {
  await pool.close();
  await catalog.close();
});

/** Everything that a refused file could have left. */
const kept = async (): Promise<unknown> => {
  const tables = ['stencils', 'stencil_versions', 'stencil_masters', 'stencil_words', 'media_uploads'];
  const counts = tables.map((table) => `select '${table}' as name, count(*)::int as rows from catalog.${table}`);
  const { rows } = await catalog.administrator.query(`${counts.join(' union all ')} order by name`);
  return rows;
};
const filesKept = async (): Promise<unknown> => [
  catalog.blobs.names(),
  (await catalog.administrator.query('select id from catalog.media order by id')).rows,
];

const upload = async (bytes: Buffer) => {
  const contentType = 'application/vnd.ms-visio.stencil.main+xml';
  const body = { container: 'visio-stencils', contentType, bytes: bytes.length };
  const begun = (await catalog.ask('POST', 'media-uploads', { body })).body;
  catalog.blobs.put(begun.url, bytes);
  return catalog.ask('POST', `media-uploads/${begun.id}/completion`);
};

describe(`${hostilePackages.length} hostile packages at the door`, () => {
  // An upload of no bytes is refused where it is begun.
  const nonEmpty = hostilePackages.filter(([what]) => what !== 'nothing');

  it.each(nonEmpty)(
    '%s: is refused with its code as an upload, and leaves nothing',
    async (_what, file, code, given = {}) => {
      limits = given;
      const before = [await kept(), await filesKept()];
      const { status, body } = await upload(file());
      expect([status, body.code, body.errors?.[0]?.code]).toEqual([422, 'media.refused', code]);
      expect([await kept(), await filesKept()]).toEqual(before);
    },
  );

  // As if it had come through the door: limits are others with another version, and threads crash.
  it.each(nonEmpty)(
    '%s: is refused with its code as a stencil, and leaves none',
    async (_what, file, code, given = {}) => {
      limits = given;
      const before = await kept();
      const { status, body } = await catalog.send(catalog.newName(), file());
      expect([status, body.code, body.errors?.[0]?.code]).toEqual([422, 'stencil.refused', code]);
      expect(await kept()).toEqual(before);
    },
  );
});

describe('a file that ends its thread', () => {
  it.each([
    ['spins', 'time-out', { timeMs: 300 }],
    ['hoards', 'out-of-memory', { heapMegabytes: 16 }],
    ['crashes', 'reader-crashed', {}],
    ['leaves', 'reader-crashed', {}],
  ])('takes no other with it when it %s', async (worker, code, given) => {
    const bad = createStencilReader({
      limits: { ...stencilLimits, ...given },
      workerUrl: new URL(`../stencil/testing/workers/${worker}.ts`, import.meta.url),
    });
    const made = [bad, createStencilReader()];
    const two = readerPool({ readers: 2, makeReader: () => made.shift() ?? createStencilReader() });
    const other = await stencilLibrary({ readers: two });
    try {
      const answers = await Promise.all([1, 2].map((at) => other.send(`Stencil ${at}`, other.aFile({}))));
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422]);
      const refused = answers.find(({ status }) => status === 422)?.body;
      expect(refused.errors[0].code).toBe(code);
    } finally {
      await two.close();
      await other.close();
    }
  });
});

describe(`files of chance (FUZZ_SEED=${seed}, ${runs} runs each)`, () => {
  const outcome = async (file: Buffer): Promise<string> => {
    limits = {};
    const before = await kept();
    const { status, body } = await catalog.send(catalog.newName(), file);
    if (status === 422) {
      expect(body.code).toBe('stencil.refused');
      expect(await kept()).toEqual(before);
      return 'refused';
    }
    expect(status).toBe(201);
    for (const kind of ['shape', 'pattern', 'hidden'])
      for (const { id } of await catalog.masters(`stencilId=${body.id}&kind=${kind}`)) {
        expect((await catalog.ask('GET', `stencil-masters/${id}`)).status).toBe(200);
        expect(inertFindings((await catalog.ask('GET', `stencil-masters/${id}/preview`)).body)).toEqual([]);
      }
    return 'kept';
  };
  const tally = async (name: string, files: fc.Arbitrary<Buffer>): Promise<void> => {
    const outcomes: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(files, async (file) => {
        const one = await outcome(file);
        outcomes[one] = (outcomes[one] ?? 0) + 1;
      }),
      { seed, numRuns: runs },
    );
    process.stdout.write(`uploads of ${name}: seed ${seed}, ${JSON.stringify(outcomes)}\n`);
    expect(outcomes['refused'] ?? 0).toBeGreaterThan(0);
  };

  it('are kept whole or refused when values are odd and cells are gone', async () => {
    const entries = await entriesOf(sample);
    await tally(
      'values',
      fc.array(change, { minLength: 1, maxLength: 6 }).map((changes) => reshaped(entries, changes)),
    );
  });

  it('are kept whole or refused when texts of the parts are others', async () => {
    const entries = await entriesOf(sample);
    await tally(
      'texts',
      fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => edited(entries, edits)),
    );
  });
});

it('is a stencil like any other when nothing is wrong with it', async () => {
  limits = {};
  const { status, body } = await upload(aStencilFile());
  expect(status).toBe(200);
  const sent = { name: catalog.newName(), fileName: 'a.vssx', mediaId: body.id };
  expect((await catalog.ask('POST', 'stencils', { body: sent })).status).toBe(201);
});
