import { defaultMetrics, type RuntimeMetrics } from '../metrics/runtime-metrics.ts';
import { WorkQueue, type Priority } from '../queue/work-queue.ts';
import { settlesWithin } from '../settles-within.ts';
import { tellSafely } from '../tell-safely.ts';
import { HungPass } from './hung-pass.ts';

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
  /** How long after that abort it is waited for; then it is given up, and its key comes back without it: HungPass. */
  heedMs?: number;
  /** Told of every failure; what it throws itself is warned of on the process and changes nothing. */
  onError: (key: string, error: unknown, retryInMs: number) => void;
  longestDelayMs?: number;
  metrics?: RuntimeMetrics;
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
  const { name, workers, deadlineMs = 60_000, heedMs = 10_000, metrics = defaultMetrics } = options;
  const of = { controller: name };
  const queue = new WorkQueue({
    name,
    metrics,
    ...(options.longestDelayMs !== undefined && { longestDelayMs: options.longestDelayMs }),
  });
  const stopping = new AbortController();
  const startedAt = new Map<string, number>();
  /** Passes that were given up and have not ended. */
  const hung = new Map<object, string>();
  let running: Promise<void>[] = [];
  let progressAt: number | undefined;
  let measuring: NodeJS.Timeout | undefined;

  /** When the key that waits or runs longest began to. */
  const oldestOpen = (): number => Math.min(queue.oldestAt ?? Number.POSITIVE_INFINITY, ...startedAt.values());
  const measureRunning = (): void => {
    const ages = [...startedAt.values()].map((at) => (Date.now() - at) / 1000);
    metrics.unfinishedSeconds.set(
      { name },
      ages.reduce((sum, age) => sum + age, 0),
    );
    metrics.longestSeconds.set({ name }, Math.max(0, ...ages));
  };

  const failed = (key: string, error: unknown): void => {
    metrics.reconcileErrors.inc(of);
    metrics.reconciles.inc({ ...of, result: 'error' });
    const retryInMs = queue.addRateLimited(key);
    tellSafely(
      () => options.onError(key, error, retryInMs),
      () => metrics.reconcilePanics.inc(of),
    );
  };
  const succeeded = (key: string, { requeueAfterMs }: ReconcileResult): void => {
    if (requeueAfterMs !== undefined) queue.addAfter(key, requeueAfterMs);
    queue.forget(key);
    metrics.reconciles.inc({ ...of, result: requeueAfterMs === undefined ? 'success' : 'requeue_after' });
  };
  const giveUp = (key: string, pass: Promise<unknown>): void => {
    hung.set(pass, key);
    metrics.hungReconciles.set(of, hung.size);
    const ended = (): void => {
      hung.delete(pass);
      metrics.hungReconciles.set(of, hung.size);
    };
    pass.then(ended, ended);
  };

  /** One pass with its deadline; throws what it throws, or HungPass. */
  const passOf = async (key: string): Promise<ReconcileResult> => {
    const deadline = new AbortController();
    const patience = Promise.withResolvers<never>();
    const pass = (async () => options.reconcile(key, AbortSignal.any([stopping.signal, deadline.signal])))();
    let timer = setTimeout(() => {
      metrics.reconcileTimeouts.inc(of);
      deadline.abort(new DOMException('The reconciliation ran past its deadline', 'TimeoutError'));
      timer = setTimeout(() => {
        giveUp(key, pass);
        patience.reject(new HungPass(deadlineMs + heedMs));
      }, heedMs);
    }, deadlineMs);
    try {
      return await Promise.race([pass, patience.promise]);
    } finally {
      clearTimeout(timer);
    }
  };

  const reconcileOnce = async (key: string): Promise<void> => {
    const measured = metrics.reconcileSeconds.startTimer(of);
    metrics.activeWorkers.inc(of);
    startedAt.set(key, Date.now());
    try {
      succeeded(key, await passOf(key));
    } catch (error) {
      failed(key, error);
    } finally {
      metrics.activeWorkers.dec(of);
      measured();
      startedAt.delete(key);
      progressAt = Date.now();
      queue.done(key);
    }
  };
  /** A rate needs a first value: without one the first failure of a process is no increase. */
  const countFromZero = (): void => {
    const { reconcileErrors, reconcileTimeouts, reconcilePanics, terminalErrors } = metrics;
    for (const counter of [reconcileErrors, reconcileTimeouts, reconcilePanics, terminalErrors]) counter.inc(of, 0);
    metrics.hungReconciles.set(of, 0);
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
      metrics.maximumWorkers.set(of, workers);
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
      return [...new Set([...startedAt.keys(), ...hung.values()])];
    },
    stalledForMs: () => (progressAt === undefined ? 0 : Math.max(0, Date.now() - Math.max(progressAt, oldestOpen()))),
  };
};
