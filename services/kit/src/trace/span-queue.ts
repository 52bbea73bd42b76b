import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { runInContext } from '../log/request-context.ts';
import { countSpans } from './trace-metrics.ts';

export interface QueueLimits {
  /** Spans that wait at most; later ones are dropped. */
  most: number;
  batch: number;
  everyMs: number;
}

const usual: QueueLimits = { most: 2_048, batch: 512, everyMs: 5_000 };

/**
 * Spans on their way to a collector: sent in batches, one at a time, beside the work and never waited for. Of a batch that
 * was not taken nothing is kept, and what comes while too many wait is dropped; both are counted. The SDK's own queue counts
 * neither where we would see it.
 */
export const spanQueue = (
  send: (spans: ReadableSpan[]) => Promise<void>,
  { most, batch, everyMs }: QueueLimits = usual,
): SpanProcessor => {
  let waiting: ReadableSpan[] = [];
  let sending: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const sendBatch = async (): Promise<void> => {
    const spans = waiting.splice(0, batch);
    try {
      await send(spans);
      countSpans('exported', spans.length);
    } catch {
      countSpans('failed', spans.length);
    }
  };
  const drain = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    while (waiting.length > 0) await sendBatch();
  };
  const flush = (): Promise<void> => {
    // Whose request filled the batch has nothing to do with how it is sent. Let go of afterwards even where nothing waited, when
    // all of it is over before it has a name.
    sending ??= runInContext({}, drain).finally(() => {
      sending = undefined;
    });
    return sending;
  };
  return {
    onStart: () => undefined,
    onEnd: (span) => {
      if (waiting.length >= most) return countSpans('dropped', 1);
      waiting.push(span);
      if (waiting.length >= batch) void flush();
      // A job that is done does not wait for it.
      else timer ??= setTimeout(() => void flush(), everyMs).unref();
    },
    forceFlush: flush,
    shutdown: async () => {
      await flush();
      waiting = [];
    },
  };
};
