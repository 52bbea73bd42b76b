import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Registry } from 'prom-client';
import { runtimeMetrics } from '../metrics/runtime-metrics.ts';
import { WorkQueue } from './work-queue.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const newQueue = (more: Partial<ConstructorParameters<typeof WorkQueue>[0]> = {}) =>
  new WorkQueue({ name: 'test', random: () => 0, ...more });

/** Takes whatever is there, without waiting for more. */
const takeAll = async (queue: WorkQueue): Promise<string[]> => {
  const taken: string[] = [];
  for (let depth = queue.depth; depth > 0; depth = queue.depth) taken.push((await queue.take()) ?? 'closed');
  return taken;
};

describe('handing out', () => {
  test('a key that is added again while it waits is handed out once', async () => {
    const queue = newQueue();
    for (const key of ['a', 'b', 'a', 'a']) queue.add(key);
    expect(await takeAll(queue)).toEqual(['a', 'b']);
  });

  test('adds while a key runs become one more run, after it is done', async () => {
    const queue = newQueue();
    queue.add('a');
    await queue.take();
    queue.add('a');
    queue.add('a');
    expect(queue.depth).toBe(0);
    queue.done('a');
    expect(await takeAll(queue)).toEqual(['a']);
    queue.done('a');
    expect(queue.depth).toBe(0);
  });

  test('a change goes before the full pass, and lifts a key out of it', async () => {
    const queue = newQueue();
    for (const key of ['a', 'b', 'c']) queue.add(key, 'resync');
    queue.add('d');
    queue.add('c');
    queue.add('c', 'resync');
    expect(await takeAll(queue)).toEqual(['d', 'c', 'a', 'b']);
  });

  test('a change during a run stays a change, whatever the full pass adds', async () => {
    const queue = newQueue();
    queue.add('a');
    await queue.take();
    queue.add('a', 'resync');
    queue.add('a', 'change');
    queue.add('a', 'resync');
    queue.add('b', 'resync');
    queue.done('a');
    expect(await takeAll(queue)).toEqual(['a', 'b']);
  });

  test('adds that become one run count once', async () => {
    const metrics = runtimeMetrics(new Registry());
    const queue = newQueue({ name: 'counted', metrics });
    const added = async () =>
      (await metrics.queueAdds.get()).values.find(({ labels }) => labels.name === 'counted')?.value;
    for (const key of ['a', 'a', 'b']) queue.add(key);
    queue.add('a', 'resync');
    expect(await added()).toBe(2);
    await queue.take();
    queue.add('a', 'resync');
    queue.add('a');
    expect(await added()).toBe(3);
    queue.done('a');
    expect(await added()).toBe(3);
    expect(await takeAll(queue)).toEqual(['b', 'a']);
  });

  test('a key that was added again while it ran is dropped with the others by a close', async () => {
    const queue = newQueue();
    queue.add('a');
    await queue.take();
    queue.add('a');
    queue.close();
    queue.done('a');
    expect(queue.depth).toBe(0);
  });

  test('who waits gets the next key, and undefined when the queue closes', async () => {
    const queue = newQueue();
    const first = queue.take();
    const second = queue.take();
    queue.add('a');
    expect(await first).toBe('a');
    queue.close();
    expect(await second).toBeUndefined();
    queue.add('b');
    queue.done('a');
    expect(await queue.take()).toBeUndefined();
  });
});

describe('delays', () => {
  test('failures double the delay up to the cap, and a success starts over', () => {
    const queue = newQueue({ firstDelayMs: 5, longestDelayMs: 1_000 });
    const delays = Array.from({ length: 10 }, () => queue.addRateLimited('a'));
    expect(delays).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1_000, 1_000]);
    expect(queue.addRateLimited('b')).toBe(5);
    queue.forget('a');
    expect(queue.addRateLimited('a')).toBe(5);
  });

  test('thousands of failures do not overflow, and jitter adds a tenth at most', () => {
    const queue = newQueue({ longestDelayMs: 1_000, random: () => 0.999 });
    const delays = Array.from({ length: 2_000 }, () => queue.addRateLimited('a'));
    expect(Math.max(...delays)).toBeLessThanOrEqual(1_100);
    expect(delays.every((delay, index) => index === 0 || delay >= (delays[index - 1] ?? 0))).toBe(true);
  });

  test('of several delays for a key the shortest holds', async () => {
    const queue = newQueue();
    queue.addAfter('a', 1_000);
    queue.addAfter('a', 100);
    queue.addAfter('a', 500);
    vi.advanceTimersByTime(99);
    expect(queue.depth).toBe(0);
    vi.advanceTimersByTime(1);
    expect(await takeAll(queue)).toEqual(['a']);
    queue.done('a');
    vi.advanceTimersByTime(10_000);
    expect(queue.depth).toBe(0);
  });

  test('what failed comes back behind what a person changed', async () => {
    const queue = newQueue();
    queue.addRateLimited('failed');
    vi.advanceTimersByTime(10);
    queue.add('changed');
    expect(await takeAll(queue)).toEqual(['changed', 'failed']);
  });

  test('closing forgets what was planned', () => {
    const queue = newQueue();
    queue.addAfter('a', 10);
    queue.close();
    vi.advanceTimersByTime(10);
    expect(queue.depth).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

type Step = {
  do: 'add' | 'fail' | 'succeed' | 'take' | 'wait';
  key: string;
  priority: 'change' | 'resync';
  ms: number;
};

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('add', 'add', 'fail', 'succeed', 'take', 'take', 'wait'),
  key: fc.constantFrom('a', 'b', 'c', 'd'),
  priority: fc.constantFrom('change', 'resync'),
  ms: fc.integer({ min: 0, max: 50 }),
});

test('no schedule runs a key twice at once, loses one, or shrinks a delay', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 200 }), async (steps) => {
      const queue = newQueue({ firstDelayMs: 5, longestDelayMs: 40 });
      const running = new Set<string>();
      /** Keys that somebody asked for and that have not begun to run since. */
      const owed = new Set<string>();
      const lastDelay = new Map<string, number>();
      const violations: string[] = [];
      const take = async () => {
        const key = await queue.take();
        if (key === undefined) return;
        if (running.has(key)) violations.push(`${key} runs twice at once`);
        running.add(key);
        owed.delete(key);
      };
      for (const { do: action, key, priority, ms } of steps) {
        if (action === 'add') {
          queue.add(key, priority);
          owed.add(key);
        } else if (action === 'take' && queue.depth > 0) await take();
        else if (action === 'wait') vi.advanceTimersByTime(ms);
        else if (action === 'succeed' && running.delete(key)) {
          queue.forget(key);
          lastDelay.delete(key);
          queue.done(key);
        } else if (action === 'fail' && running.delete(key)) {
          const delay = queue.addRateLimited(key);
          if (delay < (lastDelay.get(key) ?? 0)) violations.push(`the delay of ${key} shrinks to ${delay}`);
          if (delay > 44) violations.push(`the delay of ${key} is over the cap: ${delay}`);
          lastDelay.set(key, delay);
          owed.add(key);
          queue.done(key);
        }
      }
      for (const key of running) queue.done(key);
      running.clear();
      vi.advanceTimersByTime(100);
      while (queue.depth > 0) {
        await take();
        for (const key of running) queue.done(key);
        running.clear();
      }
      expect({ violations, owed: [...owed] }).toEqual({ violations: [], owed: [] });
      queue.close();
    }),
    { numRuns: 500 },
  );
});
