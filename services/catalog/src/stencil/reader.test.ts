import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { stencilLimits } from './limits.ts';
import { createStencilReader, type StencilReader } from './reader.ts';
import type { StencilRefusal } from './refusal.ts';
import { aShape, aStencilFile } from './testing/a-stencil.ts';

let reader: StencilReader;
afterEach(() => reader.close());

const readerWith = (worker: string, limits = {}): StencilReader => {
  reader = createStencilReader({
    limits: { ...stencilLimits, ...limits },
    workerUrl: new URL(`./testing/workers/${worker}.ts`, import.meta.url),
  });
  return reader;
};

/** Long strings of shapes, none of them harmful: what a heap of 20 MB does not hold. */
const heavy = (): Buffer =>
  aStencilFile({
    masters: [
      { shapes: Array.from({ length: 60_000 }, (_, index) => aShape('', `ID='${index}' Name='${index}'`)).join('') },
    ],
  });

// Threads start as fast as the machine lets them.
describe('reading stencils in a thread', { timeout: 60_000 }, () => {
  it('gives what is read, its previews and its digest, of files asked for at once', async () => {
    reader = createStencilReader();
    const files = [aStencilFile(), aStencilFile({ masters: [{}, {}] })];
    const read = await Promise.all(files.map((file) => reader.read(file)));
    expect(read.map(({ masters }) => masters.length)).toEqual([1, 2]);
    expect(new TextDecoder().decode(read[0]?.masters[0]?.preview)).toContain('<svg ');
    expect(read[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(read[0]?.sha256).not.toBe(read[1]?.sha256);
  });

  it('leaves the bytes it was given to who gave them', async () => {
    reader = createStencilReader();
    const file = aStencilFile();
    const before = Buffer.from(file);
    await reader.read(file);
    expect(file.equals(before)).toBe(true);
  });

  it('refuses a file and reads the next one', async () => {
    reader = createStencilReader();
    const [refused, read] = await Promise.allSettled([reader.read(Buffer.from('x')), reader.read(aStencilFile())]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'not-a-package' } });
    expect(read).toMatchObject({ status: 'fulfilled', value: { masters: [{}] } });
  });

  it('refuses a file that is too large before it is copied', async () => {
    reader = createStencilReader({ limits: { ...stencilLimits, fileBytes: 10 } });
    await expect(reader.read(aStencilFile())).rejects.toMatchObject({ code: 'file-too-large' });
  });

  it('ends a file that outgrows its memory, and reads the next one', async () => {
    reader = createStencilReader({ limits: { ...stencilLimits, heapMegabytes: 20 } });
    const [refused, read] = await Promise.allSettled([reader.read(heavy()), reader.read(aStencilFile())]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'out-of-memory' } });
    expect(read).toMatchObject({ status: 'fulfilled' });
  });

  it.each([
    ['spins', 'time-out', { timeMs: 300 }],
    ['hoards', 'out-of-memory', { heapMegabytes: 16 }],
    ['crashes', 'reader-crashed', {}],
    ['leaves', 'reader-crashed', {}],
  ])('refuses the file alone when its thread %s', async (worker, code, limits) => {
    const refusals = await Promise.allSettled([1, 2].map(() => readerWith(worker, limits).read(aStencilFile())));
    expect(refusals).toMatchObject(refusals.map(() => ({ status: 'rejected', reason: { code } })));
  });

  it('lets everything else run while a file takes its time', async () => {
    let code = '';
    readerWith('spins', { timeMs: 300 })
      .read(aStencilFile())
      .catch((error: StencilRefusal) => (code = error.code));
    let turns = 0;
    while (code === '') {
      await setImmediate();
      turns += 1;
    }
    expect(code).toBe('time-out');
    expect(turns).toBeGreaterThan(10);
  });
});
