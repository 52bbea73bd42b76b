import { describe, expect, it } from 'vitest';
import { createStencilReader } from '../../stencil/reader.ts';
import type { MediaContainer } from '../contract.ts';
import { aPdf, aPng, anSvg } from '../testing/sample-files.ts';
import { mediaChecker } from './media-checker.ts';

interface Sent {
  container: MediaContainer;
  contentType: string;
  bytes: Buffer;
}

const stencils = createStencilReader();
const checker = mediaChecker({ stencils });
const moduleOf = (source: string): URL => new URL(`data:text/javascript,${encodeURIComponent(source)}`);
const limits = { timeMs: 20_000, heapMegabytes: 64 };
const png = { container: 'product-images', contentType: 'image/png', bytes: aPng() } as const;
const look = ({ bytes, ...file }: Sent, { by = checker, tenantId = 'a' } = {}) =>
  by.look({ ...file, tenantId, fetch: async () => bytes });
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'kept',
    (error: { code: string; places: { code: string }[] }) => `${error.code} ${error.places[0]?.code ?? ''}`,
  );

describe('files are looked at beside the requests', () => {
  it('one after the other, each for itself', async () => {
    const refused = { ...png, bytes: png.bytes.subarray(0, 40) };
    const answers = await Promise.all([
      codeOf(look(png)),
      codeOf(look(refused)),
      codeOf(look({ ...png, contentType: 'image/svg+xml', bytes: anSvg() })),
      codeOf(look({ container: 'documents', contentType: 'application/pdf', bytes: aPdf() })),
      codeOf(look({ container: 'visio-stencils', contentType: 'x', bytes: aPdf() })),
      codeOf(look(png)),
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
    expect(await codeOf(look(png, { by: own }))).toBe(`media.refused ${code}`);
    expect(await codeOf(look(png, { by: own }))).toBe(`media.refused ${code}`);
  });

  it('in turns of the tenants, and nothing is held of a file that waits', async () => {
    const asked: string[] = [];
    const arriving = Promise.withResolvers<void>();
    const { bytes, ...file } = png;
    const ask = (tenantId: string) =>
      checker.look({
        ...file,
        tenantId,
        fetch: async () => {
          asked.push(tenantId);
          await arriving.promise;
          return bytes;
        },
      });
    const all = ['a', 'a', 'a', 'b', 'c'].map(ask);
    expect(asked).toEqual(['a']);
    arriving.resolve();
    await Promise.all(all);
    expect(asked).toEqual(['a', 'b', 'c', 'a', 'a']);
  });

  it('and one that cannot be fetched keeps no other waiting', async () => {
    const { bytes: _none, ...file } = png;
    const away = checker.look({ ...file, tenantId: 'a', fetch: () => Promise.reject(new Error('away')) });
    const after = codeOf(look(png));
    await expect(away).rejects.toThrow('away');
    expect(await after).toBe('kept');
  });
});
