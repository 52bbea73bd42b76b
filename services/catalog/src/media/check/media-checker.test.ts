import { describe, expect, it } from 'vitest';
import { createStencilReader } from '../../stencil/reader.ts';
import { aPdf, aPng, anSvg } from '../testing/sample-files.ts';
import { mediaChecker } from './media-checker.ts';

const stencils = createStencilReader();
const checker = mediaChecker({ stencils });
const moduleOf = (source: string): URL => new URL(`data:text/javascript,${encodeURIComponent(source)}`);
const limits = { timeMs: 20_000, heapMegabytes: 64 };
const png = { container: 'product-images', contentType: 'image/png', bytes: aPng() } as const;
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'kept',
    (error: { code: string; places: { code: string }[] }) => `${error.code} ${error.places[0]?.code ?? ''}`,
  );

describe('files are looked at beside the requests', () => {
  it('one after the other, each for itself', async () => {
    const refused = { ...png, bytes: png.bytes.subarray(0, 40) };
    const answers = await Promise.all([
      codeOf(checker.look(png)),
      codeOf(checker.look(refused)),
      codeOf(checker.look({ ...png, contentType: 'image/svg+xml', bytes: anSvg() })),
      codeOf(checker.look({ container: 'documents', contentType: 'application/pdf', bytes: aPdf() })),
      codeOf(checker.look({ container: 'visio-stencils', contentType: 'x', bytes: aPdf() })),
      codeOf(checker.look(png)),
    ]);
    expect(answers).toEqual([
      'kept',
      'media.refused image-broken',
      'kept',
      'kept',
      'media.refused not-a-package',
      'kept',
    ]);
  });

  it.each([
    ['ends', 'process.exit(0)', 'reader-crashed'],
    ['fails', 'throw new Error("x")', 'reader-crashed'],
    ['hoards', 'const a = []; for (;;) a.push(new Array(1e6).fill(1.5))', 'reader-crashed'],
    ['never answers', 'setInterval(() => {}, 1000)', 'time-out'],
  ])('what %s takes nothing else with it', async (_, source, code) => {
    const timeMs = code === 'time-out' ? 50 : limits.timeMs;
    const own = mediaChecker({
      stencils,
      limits: { ...limits, timeMs },
      workerUrl: moduleOf(
        `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { ${source} });`,
      ),
    });
    expect(await codeOf(own.look(png))).toBe(`media.refused ${code}`);
    expect(await codeOf(own.look(png))).toBe(`media.refused ${code}`);
  });
});
