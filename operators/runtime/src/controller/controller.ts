import {
  activeWorkers,
  maximumWorkers,
  reconcileErrors,
  reconcileSeconds,
  reconciles,
} from '../metrics/controller-metrics.ts';
import { WorkQueue, type Priority } from '../queue/work-queue.ts';

/** When to look at a key again although nothing changed; nothing means at the next change or full pass. */
export interface ReconcileResult {
  requeueAfterMs?: number | undefined;
}

export interface ControllerOptions {
  name: string;
  workers: number;
  /** Brings the world to what the key's object wants; must bear to be repeated and interrupted anywhere. */
  reconcile: (key: string, signal: AbortSignal) => Promise<ReconcileResult>;
  /** Of one reconciliation; after it the signal aborts and the key comes back. */
  deadlineMs?: number;
  onError: (key: string, error: unknown, retryInMs: number) => void;
  longestDelayMs?: number;
}

export interface Controller {
  enqueue(key: string, priority?: Priority): void;
  start(): void;
  /** Takes no new key, waits for running ones up to the budget, then aborts them. */
  stop(budgetMs: number): Promise<void>;
  /** When a reconciliation last ended; undefined before the first. */
  lastProgress(): number | undefined;
  depth(): number;
}

/** Workers over a queue of keys. It knows nothing of what a key stands for. */
export const createController = (options: ControllerOptions): Controller => {
  const { name, workers, deadlineMs = 60_000 } = options;
  const queue = new WorkQueue({
    name,
    ...(options.longestDelayMs !== undefined && { longestDelayMs: options.longestDelayMs }),
  });
  const stopping = new AbortController();
  let running: Promise<void>[] = [];
  let progress: number | undefined;

  const reconcileOnce = async (key: string): Promise<void> => {
    const measured = reconcileSeconds.startTimer({ controller: name });
    activeWorkers.inc({ controller: name });
    try {
      const { requeueAfterMs } = await options.reconcile(
        key,
        AbortSignal.any([stopping.signal, AbortSignal.timeout(deadlineMs)]),
      );
      queue.forget(key);
      if (requeueAfterMs !== undefined) queue.addAfter(key, requeueAfterMs);
      reconciles.inc({ controller: name, result: requeueAfterMs === undefined ? 'success' : 'requeue_after' });
    } catch (error) {
      reconcileErrors.inc({ controller: name });
      reconciles.inc({ controller: name, result: 'error' });
      options.onError(key, error, queue.addRateLimited(key));
    } finally {
      activeWorkers.dec({ controller: name });
      measured();
      progress = Date.now();
      queue.done(key);
    }
  };
  const work = async (): Promise<void> => {
    for (let key = await queue.take(); key !== undefined; key = await queue.take()) await reconcileOnce(key);
  };
  return {
    enqueue: (key, priority) => queue.add(key, priority),
    start: () => {
      maximumWorkers.set({ controller: name }, workers);
      running = Array.from({ length: workers }, work);
    },
    stop: async (budgetMs) => {
      queue.close();
      const budget = setTimeout(() => stopping.abort(), budgetMs);
      await Promise.all(running);
      clearTimeout(budget);
    },
    lastProgress: () => progress,
    depth: () => queue.depth,
  };
};
