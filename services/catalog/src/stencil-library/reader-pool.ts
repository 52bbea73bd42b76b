import { problem } from '@legendops/kit/errors/problem';
import { createStencilReader, type StencilReader } from '../stencil/reader.ts';

export interface ReaderPool {
  /**
   * Does a tenant's work with a reader, when one is free; refused where too many wait already. What the work holds of a file is
   * held of so many files at once as there are readers: fetch it within.
   */
  lend<T>(tenantId: string, work: (reader: Pick<StencilReader, 'read'>) => Promise<T>): Promise<T>;
  /** For work that is one file after the other, whosever they are. */
  forAnybody: StencilReader;
  close(): Promise<void>;
}

interface Options {
  /** Threads, each with the memory that `stencil/limits.ts` says. */
  readers?: number;
  /** Of all tenants, and of one. */
  mostWaiting?: number;
  mostWaitingOfOne?: number;
  makeReader?: () => StencilReader;
}

interface Waiting {
  tenantId: string;
  start: (reader: StencilReader) => void;
}

/** A bounded number of threads that read stencils. A tenant has a second one only while nobody else waits. */
export const readerPool = ({
  readers = 2,
  mostWaiting = 16,
  mostWaitingOfOne = 4,
  makeReader = createStencilReader,
}: Options = {}): ReaderPool => {
  const all = Array.from({ length: readers }, () => makeReader());
  const idle = [...all];
  const served: string[] = [];
  const waiting: Waiting[] = [];

  const serve = (): void => {
    const first = waiting.find(({ tenantId }) => !served.includes(tenantId)) ?? waiting[0];
    if (first === undefined) return;
    const reader = idle.pop();
    if (reader === undefined) return;
    waiting.splice(waiting.indexOf(first), 1);
    served.push(first.tenantId);
    first.start(reader);
  };

  const refuseTooMany = (tenantId: string): void => {
    const own = waiting.filter((one) => one.tenantId === tenantId);
    if (waiting.length < mostWaiting && own.length < mostWaitingOfOne) return;
    throw problem('stencil.readers-busy', {
      detail: 'Nothing was kept of this file. Upload it again in a moment.',
      headers: { 'retry-after': '5' },
    });
  };

  const lend: ReaderPool['lend'] = async (tenantId, work) => {
    refuseTooMany(tenantId);
    const { promise, resolve } = Promise.withResolvers<StencilReader>();
    waiting.push({ tenantId, start: resolve });
    serve();
    const reader = await promise;
    try {
      return await work(reader);
    } finally {
      idle.push(reader);
      served.splice(served.indexOf(tenantId), 1);
      serve();
    }
  };
  const close = async (): Promise<void> => {
    await Promise.all(all.map((reader) => reader.close()));
  };
  return { lend, close, forAnybody: { read: (file) => lend('', (reader) => reader.read(file)), close } };
};
