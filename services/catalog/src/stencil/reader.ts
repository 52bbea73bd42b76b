import { Worker } from 'node:worker_threads';
import { stencilLimits, type StencilLimits } from './limits.ts';
import type { DrawnMaster, StencilSummary } from './read-stencil.ts';
import { StencilRefusal } from './refusal.ts';
import type { StencilReply, StencilRequest } from './worker.ts';

export interface ReadStencil extends StencilSummary {
  /** In the order of the file. */
  masters: DrawnMaster[];
}

export interface StencilReader {
  /** Throws a StencilRefusal for a file that is refused, and for it alone. */
  read: (file: Uint8Array) => Promise<ReadStencil>;
  close: () => Promise<void>;
}

interface Options {
  limits?: StencilLimits;
  /** The module that the worker runs. */
  workerUrl?: URL;
}

const failure = (error: unknown): StencilRefusal =>
  (error as NodeJS.ErrnoException | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new StencilRefusal('out-of-memory', 'Reading the file takes more memory than a stencil may. Split it.')
    : new StencilRefusal(
        'reader-crashed',
        'The file cannot be read. Save it in Visio again; others are not concerned.',
      );

/** One file in the worker: its masters as they come, then the end, whichever that is. */
const readIn = (worker: Worker, file: Uint8Array, limits: StencilLimits): Promise<ReadStencil> => {
  const masters: DrawnMaster[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<ReadStencil>();
  const onMessage = (reply: StencilReply): void => {
    if (reply.kind === 'master') masters.push(reply.drawn);
    else if (reply.kind === 'done') resolve({ ...reply.summary, masters });
    else reject(new StencilRefusal(reply.code, reply.detail));
  };
  const onError = (error: unknown): void => reject(failure(error));
  const onExit = (): void => reject(failure(undefined));
  const timeOut = (): void =>
    reject(new StencilRefusal('time-out', `Reading the file takes over ${limits.timeMs / 1000} s. Split it.`));
  const timer = setTimeout(timeOut, limits.timeMs);
  worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  const bytes = Uint8Array.from(file);
  worker.postMessage({ bytes, limits } satisfies StencilRequest, [bytes.buffer]);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off('message', onMessage).off('error', onError).off('exit', onExit);
  });
};

const outlived: ReadonlySet<string> = new Set(['time-out', 'out-of-memory', 'reader-crashed']);

/**
 * Reads stencils in a thread with a limit of memory and of time, one after the other. The thread is kept from file to
 * file, and ended with a file that crashes or outlasts it: the next file has a new one.
 */
export const createStencilReader = ({
  limits = stencilLimits,
  workerUrl = new URL('./worker.ts', import.meta.url),
}: Options = {}): StencilReader => {
  let worker: Worker | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  const started = (): Worker => {
    const thread = new Worker(workerUrl, {
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 },
    });
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
  const readNow = async (file: Uint8Array): Promise<ReadStencil> => {
    worker ??= started();
    worker.ref();
    try {
      return await readIn(worker, file, limits);
    } catch (error) {
      if (error instanceof StencilRefusal && outlived.has(error.code)) await end();
      throw error;
    } finally {
      // An idle thread keeps no process alive.
      worker?.unref();
    }
  };

  return {
    read: (file) => {
      if (file.length > limits.fileBytes)
        return Promise.reject(
          new StencilRefusal(
            'file-too-large',
            `The file has ${file.length} bytes; at most ${limits.fileBytes} are read.`,
          ),
        );
      const turn = queue.then(() => readNow(file));
      queue = turn.catch(() => undefined);
      return turn;
    },
    close: async () => {
      await queue;
      await end();
    },
  };
};
