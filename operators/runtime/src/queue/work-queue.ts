import { defaultMetrics, type RuntimeMetrics } from '../metrics/runtime-metrics.ts';
import { startTimer, type LongTimer } from './long-timer.ts';

export type Priority = 'change' | 'resync';

export interface WorkQueueOptions {
  name: string;
  firstDelayMs?: number;
  longestDelayMs?: number;
  now?: () => number;
  random?: () => number;
  metrics?: RuntimeMetrics | undefined;
}

const priorities: readonly Priority[] = ['change', 'resync'];

/**
 * Keys with client-go's semantics: a key never runs twice at once, adds while it runs become one more run, failures come
 * back with a growing delay of their own. A person's change goes before the periodic full pass.
 */
export class WorkQueue {
  readonly #waiting: Record<Priority, Set<string>> = { change: new Set(), resync: new Set() };
  readonly #addedAt = new Map<string, number>();
  readonly #running = new Map<string, number>();
  readonly #again = new Map<string, Priority>();
  readonly #failures = new Map<string, number>();
  readonly #timers = new Map<string, { timer: LongTimer; due: number }>();
  readonly #takers: ((key: string | undefined) => void)[] = [];
  readonly #options: Required<Omit<WorkQueueOptions, 'metrics'>>;
  readonly #metrics: RuntimeMetrics;
  #closed = false;

  constructor({ metrics = defaultMetrics, ...options }: WorkQueueOptions) {
    this.#metrics = metrics;
    this.#options = { firstDelayMs: 5, longestDelayMs: 1_000_000, now: Date.now, random: Math.random, ...options };
  }

  get depth(): number {
    return this.#waiting.change.size + this.#waiting.resync.size;
  }

  /** When the key that waits longest was added; undefined when none waits. */
  get oldestAt(): number | undefined {
    const [at] = this.#addedAt.values();
    return at;
  }

  add(key: string, priority: Priority = 'change'): void {
    if (this.#closed) return;
    // As in client-go: adds that become one run count once.
    if (!this.#again.has(key) && !this.#addedAt.has(key)) this.#metrics.queueAdds.inc({ name: this.#options.name });
    if (!this.#running.has(key)) this.#wait(key, priority);
    else if (priority === 'change' || !this.#again.has(key)) this.#again.set(key, priority);
  }

  /** Adds later; of several delays for one key the shortest holds. */
  addAfter(key: string, delayMs: number, priority: Priority = 'resync'): void {
    if (this.#closed) return;
    const due = this.#options.now() + delayMs;
    const planned = this.#timers.get(key);
    if (planned && planned.due <= due) return;
    const timer = startTimer(delayMs, () => {
      this.#timers.delete(key);
      this.add(key, priority);
    });
    planned?.timer.cancel();
    this.#timers.set(key, { timer, due });
  }

  /**
   * After a failure: comes back after a delay that doubles with each one, with jitter, up to the cap. It waits with the
   * full pass: thousands of keys that fail together do not stand before a person's change.
   */
  addRateLimited(key: string): number {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.#metrics.queueRetries.inc({ name: this.#options.name });
    const { firstDelayMs, longestDelayMs, random } = this.#options;
    const delayMs = Math.min(firstDelayMs * 2 ** failures, longestDelayMs) * (1 + random() * 0.1);
    this.addAfter(key, delayMs, 'resync');
    return delayMs;
  }

  /** After a success: the next failure starts with the shortest delay again. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** The next key; undefined once the queue is closed. The caller must call done() with it. */
  take(): Promise<string | undefined> {
    return new Promise((resolve) => {
      this.#takers.push(resolve);
      this.#hand();
    });
  }

  done(key: string): void {
    const { name, now } = this.#options;
    this.#metrics.workSeconds.observe({ name }, (now() - (this.#running.get(key) ?? now())) / 1000);
    this.#running.delete(key);
    const again = this.#again.get(key);
    this.#again.delete(key);
    if (again) this.#wait(key, again);
  }

  /** Takes nothing more in; waiting keys are dropped, whoever waits for a key gets undefined. */
  close(): void {
    this.#closed = true;
    for (const { timer } of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    this.#again.clear();
    this.#waiting.change.clear();
    this.#waiting.resync.clear();
    this.#addedAt.clear();
    for (const taker of this.#takers.splice(0)) taker(undefined);
  }

  #wait(key: string, priority: Priority): void {
    if (this.#waiting.change.has(key)) return;
    if (priority === 'change') this.#waiting.resync.delete(key);
    this.#waiting[priority].add(key);
    if (!this.#addedAt.has(key)) this.#addedAt.set(key, this.#options.now());
    this.#hand();
  }

  #next(): string | undefined {
    for (const priority of priorities) {
      const [key] = this.#waiting[priority];
      if (key === undefined) continue;
      this.#waiting[priority].delete(key);
      return key;
    }
    return undefined;
  }

  #hand(): void {
    const { name, now } = this.#options;
    while (this.#takers.length > 0) {
      if (this.#closed) {
        this.#takers.shift()?.(undefined);
        continue;
      }
      const key = this.#next();
      if (key === undefined) break;
      this.#running.set(key, now());
      this.#metrics.queueSeconds.observe({ name }, (now() - (this.#addedAt.get(key) ?? now())) / 1000);
      this.#addedAt.delete(key);
      this.#takers.shift()?.(key);
    }
    this.#metrics.queueDepth.set({ name }, this.depth);
  }
}
