import { Worker } from 'node:worker_threads';
import { StencilRefusal } from '../../stencil/refusal.ts';
import type { StencilReader } from '../../stencil/reader.ts';
import type { MediaContainer } from '../contract.ts';
import { MediaRefusal, refused } from '../refusal.ts';
import type { LookedAt } from './looked-at.ts';
import { turnsOfTenants } from './turns-of-tenants.ts';
import type { LookedAtType, LookReply, LookRequest } from './worker.ts';

export interface MediaChecker {
  /** What of a file is kept. Throws the problem `media.refused` for what is refused, and for it alone. */
  look(file: ArrivedFile): Promise<LookedAt>;
}

interface ArrivedFile {
  tenantId: string;
  container: MediaContainer;
  contentType: string;
  /** Called when it is this file's turn: of those that wait, nothing is held. */
  fetch: () => Promise<Buffer>;
}

interface Limits {
  timeMs: number;
  heapMegabytes: number;
}

const usualLimits: Limits = { timeMs: 20_000, heapMegabytes: 192 };

const lookIn = async (worker: Worker, request: LookRequest, { timeMs }: Limits): Promise<LookedAt> => {
  const { promise, resolve, reject } = Promise.withResolvers<LookedAt>();
  const onReply = (reply: LookReply): void => {
    if (reply.kind === 'kept') resolve(reply.file);
    else reject(new MediaRefusal(reply.code, reply.detail));
  };
  const onEnd = (): void =>
    reject(new MediaRefusal('reader-crashed', 'The file cannot be read. Save it again and upload it anew.'));
  const timer = setTimeout(
    () => reject(new MediaRefusal('time-out', `Looking at the file takes over ${timeMs / 1000} s. Make it simpler.`)),
    timeMs,
  );
  worker.on('message', onReply).on('error', onEnd).on('exit', onEnd);
  worker.postMessage(request, []);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off('message', onReply).off('error', onEnd).off('exit', onEnd);
  });
};

// A codec gives no memory back: what has shown a large picture is not kept.
const isLarge = ({ widthPx = 0, heightPx = 0, bytes }: LookedAt): boolean =>
  widthPx * heightPx > 1_000_000 || bytes.length > 1024 * 1024;

/** A thread that is kept from file to file, and ended with one that is refused, crashes, outlasts it, or is large. */
const threadOf = (limits: Limits, workerUrl: URL) => {
  let worker: Worker | undefined;
  const started = (): Worker => {
    const thread = new Worker(workerUrl, { resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes } });
    // What ends a thread between two files must neither end the process nor keep the next file waiting.
    thread.on('error', () => undefined);
    thread.on('exit', () => {
      if (worker === thread) worker = undefined;
    });
    return thread;
  };
  const end = async (): Promise<void> => {
    await worker?.terminate();
    worker = undefined;
  };
  return async (request: LookRequest): Promise<LookedAt> => {
    worker ??= started();
    worker.ref();
    try {
      const file = await lookIn(worker, request, limits);
      if (isLarge(file)) await end();
      return file;
    } catch (error) {
      await end();
      throw error;
    } finally {
      // An idle thread keeps no process alive.
      worker?.unref();
    }
  };
};

/** The package as Visio would read it, in a thread of its own: what cannot be parsed is not kept. */
const lookAtStencil = async (stencils: StencilReader, bytes: Buffer, contentType: string): Promise<LookedAt> => {
  const { hasMacros } = await stencils.read(bytes);
  if (hasMacros && !contentType.includes('macroEnabled'))
    throw new MediaRefusal(
      'type-untrue',
      'The file may hold macros, which its name hides: it is a .vssm, .vsdm or .vstm.',
    );
  return { bytes };
};

/** Looks at files one after the other: each may take a large part of a pod's memory. The turn goes round the tenants. */
export const mediaChecker = ({
  stencils,
  limits = usualLimits,
  workerUrl = new URL('./worker.ts', import.meta.url),
}: {
  stencils: StencilReader;
  limits?: Limits;
  /** The module that the thread runs. */
  workerUrl?: URL;
}): MediaChecker => {
  const inTurn = turnsOfTenants();
  const lookInThread = threadOf(limits, workerUrl);
  return {
    look: ({ tenantId, container, contentType, fetch }) =>
      inTurn(tenantId, async () => {
        const bytes = await fetch();
        return container === 'visio-stencils'
          ? lookAtStencil(stencils, bytes, contentType)
          : lookInThread({ bytes, contentType: contentType as LookedAtType });
      }).catch((error: unknown) => {
        throw error instanceof MediaRefusal || error instanceof StencilRefusal ? refused(error) : error;
      }),
  };
};
