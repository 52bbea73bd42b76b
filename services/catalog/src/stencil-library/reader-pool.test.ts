import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { StencilReader } from '../stencil/reader.ts';
import { readerPool } from './reader-pool.ts';

const noReader: StencilReader = {
  read: () => Promise.reject(new Error('Nothing is read here')),
  close: () => Promise.resolve(),
};

/** A pool whose works go on until they are told to end; `started` says whose have begun, in order. */
const aPool = (options: { readers?: number; mostWaiting?: number; mostWaitingOfOne?: number } = {}) => {
  const pool = readerPool({ ...options, makeReader: () => noReader });
  const started: string[] = [];
  const ends: (() => void)[] = [];
  const lend = (tenant: string, name = tenant) =>
    pool.lend(tenant, async () => {
      started.push(name);
      const { promise, resolve } = Promise.withResolvers<void>();
      ends.push(resolve);
      await promise;
    });
  const endFirst = async (): Promise<void> => {
    ends.shift()?.();
    await setImmediate();
  };
  return { lend, started, endFirst };
};

describe('a pool of readers', () => {
  it('lends so many at once as it has, and the next when one is free', async () => {
    const { lend, started, endFirst } = aPool({ readers: 2 });
    const works = ['a', 'b', 'c'].map((tenant) => lend(tenant));
    await setImmediate();
    expect(started).toEqual(['a', 'b']);
    await endFirst();
    expect(started).toEqual(['a', 'b', 'c']);
    await endFirst();
    await endFirst();
    await Promise.all(works);
  });

  it('lends to who has none before it lends a second one', async () => {
    const { lend, started, endFirst } = aPool({ readers: 2 });
    const works = [lend('a', 'a1'), lend('b', 'b1'), lend('a', 'a2'), lend('a', 'a3'), lend('c', 'c1')];
    await setImmediate();
    await endFirst();
    await endFirst();
    expect(started).toEqual(['a1', 'b1', 'a2', 'c1']);
    for (let left = 3; left > 0; left -= 1) await endFirst();
    await Promise.all(works);
  });

  it('refuses who waits with too many, and when too many wait', async () => {
    const { lend, endFirst } = aPool({ readers: 1, mostWaiting: 3, mostWaitingOfOne: 2 });
    const works = ['a', 'a', 'a'].map((tenant) => lend(tenant));
    const busy = { code: 'stencil.readers-busy', status: 503, headers: { 'retry-after': '5' } };
    await expect(lend('a')).rejects.toMatchObject(busy);
    works.push(lend('b'));
    await expect(lend('c')).rejects.toMatchObject(busy);
    for (let left = works.length; left > 0; left -= 1) await endFirst();
    await Promise.all(works);
  });

  it('has its reader back from a work that failed', async () => {
    const pool = readerPool({ readers: 1, makeReader: () => noReader });
    await expect(pool.lend('a', (reader) => reader.read(Buffer.of()))).rejects.toThrow('Nothing is read here');
    expect(await pool.lend('a', () => Promise.resolve('read'))).toBe('read');
  });
});
