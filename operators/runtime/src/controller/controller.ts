import {
  activeWorkers,
  longestSeconds,
  maximumWorkers,
  reconcileErrors,
  reconcilePanics,
  reconcileSeconds,
  reconcileTimeouts,
  reconciles,
  terminalErrors,
  unfinishedSeconds,
} from '../metrics/controller-metrics.ts';
import { WorkQueue, type Priority } from '../queue/work-queue.ts';
import { settlesWithin } from '../settles-within.ts';

/** When to look at a key again although nothing changed; nothing means at the next change or full pass. */
export interface ReconcileResult {
  requeueAfterMs?: number | undefined;
}

export interface ControllerOptions {
  name: string;
  workers: number;
  /** Brings the world to what the key's object wants; must bear to be repeated and interrupted anywhere. */
  reconcile: (key: string, signal: AbortSignal) => Promise<ReconcileResult>;
  /** Of one reconciliation: after it the signal aborts, which it must heed between its steps; then the key comes back. */
  deadlineMs?: number;
  onError: (key: string, error: unknown, retryInMs: number) => void;
  longestDelayMs?: number;
}

export interface Controller {
  enqueue(key: string, priority?: Priority): void;
  start(): void;
  /** Takes no new key, waits for running ones up to the budget, then aborts them; tells which run on regardless. */
  stop(budgetMs: number): Promise<readonly string[]>;
  /** Milliseconds since keys wait or run without any of them ending; 0 when there is nothing to do, or before the start. */
  stalledForMs(): number;
}

const measureMs = 5_000;
// For whoever heeds the abort to end what it is at.
const abortedMs = 500;

/** Workers over a queue of keys. It knows nothing of what a key stands for. */
export const createController = (options: ControllerOptions): Controller => {
  const { name, workers, deadlineMs = 60_000 } = options;
  const queue = new WorkQueue({
    name,
    ...(options.longestDelayMs !== undefined && { longestDelayMs: options.longestDelayMs }),
  });
  const stopping = new AbortController();
  const startedAt = new Map<string, number>();
  let running: Promise<void>[] = [];
  let progressAt: number | undefined;
  let measuring: NodeJS.Timeout | undefined;

  /** When the key that waits or runs longest began to. */
  const oldestOpen = (): number => Math.min(queue.oldestAt ?? Number.POSITIVE_INFINITY, ...startedAt.values());
  const measureRunning = (): void => {
    const ages = [...startedAt.values()].map((at) => (Date.now() - at) / 1000);
    unfinishedSeconds.set(
      { name },
      ages.reduce((sum, age) => sum + age, 0),
    );
    longestSeconds.set({ name }, Math.max(0, ...ages));
  };

  const reconcileOnce = async (key: string): Promise<void> => {
    const measured = reconcileSeconds.startTimer({ controller: name });
    const deadline = AbortSignal.timeout(deadlineMs);
    activeWorkers.inc({ controller: name });
    startedAt.set(key, Date.now());
    try {
      const { requeueAfterMs } = await options.reconcile(key, AbortSignal.any([stopping.signal, deadline]));
      queue.forget(key);
      if (requeueAfterMs !== undefined) queue.addAfter(key, requeueAfterMs);
      reconciles.inc({ controller: name, result: requeueAfterMs === undefined ? 'success' : 'requeue_after' });
    } catch (error) {
      if (deadline.aborted) reconcileTimeouts.inc({ controller: name });
      reconcileErrors.inc({ controller: name });
      reconciles.inc({ controller: name, result: 'error' });
      options.onError(key, error, queue.addRateLimited(key));
    } finally {
      activeWorkers.dec({ controller: name });
      measured();
      startedAt.delete(key);
      progressAt = Date.now();
      queue.done(key);
    }
  };
  /** A rate needs a first value: without one the first failure of a process is no increase. */
  const countFromZero = (): void => {
    for (const counter of [reconcileErrors, reconcileTimeouts, reconcilePanics, terminalErrors])
      counter.inc({ controller: name }, 0);
  };
  const work = async (): Promise<void> => {
    for (let key = await queue.take(); key !== undefined; key = await queue.take()) await reconcileOnce(key);
  };
  return {
    enqueue: (key, priority) => queue.add(key, priority),
    start: () => {
      // What the caches' first lists put into the queue was not waiting for a worker until now.
      progressAt = Date.now();
      countFromZero();
      maximumWorkers.set({ controller: name }, workers);
      measuring = setInterval(measureRunning, measureMs).unref();
      running = Array.from({ length: workers }, work);
    },
    stop: async (budgetMs) => {
      queue.close();
      const ended = Promise.all(running);
      if (!(await settlesWithin(ended, budgetMs))) {
        stopping.abort();
        await settlesWithin(ended, abortedMs);
      }
      clearInterval(measuring);
      return [...startedAt.keys()];
    },
    stalledForMs: () => (progressAt === undefined ? 0 : Math.max(0, Date.now() - Math.max(progressAt, oldestOpen()))),
  };
};
