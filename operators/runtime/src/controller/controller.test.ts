import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Counter, Gauge } from 'prom-client';
import { Registry } from 'prom-client';
import { runtimeMetrics } from '../metrics/runtime-metrics.ts';
import { createController, type Controller, type ControllerOptions } from './controller.ts';

let controller: Controller;
beforeEach(() => vi.useFakeTimers());
afterEach(async () => {
  const stopped = controller.stop(0);
  await pass(1_000);
  await stopped;
  vi.useRealTimers();
});

const start = (options: Partial<ControllerOptions> & Pick<ControllerOptions, 'reconcile'>): void => {
  controller = createController({ name: 'test', workers: 2, onError: () => {}, ...options });
  controller.start();
};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('a key that fails comes back, and one that succeeds does not', async () => {
  const runs: string[] = [];
  const errors: string[] = [];
  let failures = 2;
  start({
    reconcile: async (key) => {
      runs.push(key);
      if (key === 'a' && (failures -= 1) >= 0) throw new Error('not yet');
      return {};
    },
    onError: (key, error) => errors.push(`${key} ${String(error)}`),
  });
  for (const key of ['a', 'b']) controller.enqueue(key);
  await pass(1_000);
  expect(runs).toEqual(['a', 'b', 'a', 'a']);
  expect(errors).toEqual(['a Error: not yet', 'a Error: not yet']);
});

test('a key comes back after the time that it asks for', async () => {
  const runs: number[] = [];
  start({
    reconcile: async () => {
      runs.push(Date.now());
      return runs.length === 1 ? { requeueAfterMs: 5_000 } : {};
    },
  });
  controller.enqueue('a');
  await pass(4_999);
  expect(runs).toHaveLength(1);
  await pass(1);
  expect(runs).toHaveLength(2);
});

test('a poisoned key does not hold up the others', async () => {
  let others = 0;
  start({
    workers: 1,
    reconcile: async (key) => {
      if (key === 'poison') throw new Error('always');
      others += 1;
      return {};
    },
  });
  controller.enqueue('poison');
  for (let index = 0; index < 100; index += 1) controller.enqueue(`t${index}`);
  await pass(10);
  expect(others).toBe(100);
});

test('stopping waits for who is at work, and takes nothing new', async () => {
  let finished = 0;
  start({
    reconcile: async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      finished += 1;
      return {};
    },
  });
  for (const key of ['a', 'b', 'c']) controller.enqueue(key);
  await pass(0);
  const stopped = controller.stop(10_000);
  await pass(1_000);
  await stopped;
  expect(finished).toBe(2);
});

test('after the budget the signal aborts whoever still works', async () => {
  start({
    reconcile: (_key, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  });
  controller.enqueue('a');
  await pass(0);
  const stopped = controller.stop(500);
  await pass(500);
  await stopped;
});

test('a worker that heeds no signal does not hold up the stop, and its key is named', async () => {
  start({ reconcile: (key) => (key === 'hangs' ? new Promise(() => {}) : Promise.resolve({})) });
  for (const key of ['well', 'hangs']) controller.enqueue(key);
  await pass(0);
  let named: readonly string[] | undefined;
  void controller.stop(500).then((keys) => (named = keys));
  await pass(1_500);
  expect(named).toEqual(['hangs']);
});

test('a stop that all workers heed names none', async () => {
  start({ reconcile: async () => ({}) });
  controller.enqueue('a');
  await pass(0);
  expect(await controller.stop(500)).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('keys that wait for the caches to sync are no stall', async () => {
  controller = createController({
    name: 'test',
    workers: 1,
    onError: () => {},
    reconcile: () => new Promise(() => {}),
  });
  controller.enqueue('a');
  await pass(600_000);
  expect(controller.stalledForMs()).toBe(0);
  controller.start();
  await pass(1_000);
  expect(controller.stalledForMs()).toBe(1_000);
});

test('what stock alerts look for is there from the start, and stays 0', async () => {
  const metrics = runtimeMetrics(new Registry());
  start({ name: 'measured', metrics, reconcile: () => Promise.reject(new TypeError('undefined is not a function')) });
  controller.enqueue('a');
  await pass(10);
  const { reconcileErrors, reconcilePanics, reconcileTimeouts, terminalErrors } = metrics;
  const value = async (metric: Counter<'controller'>): Promise<number | undefined> =>
    (await metric.get()).values.find(({ labels }) => labels.controller === 'measured')?.value;
  expect([await value(reconcilePanics), await value(terminalErrors), await value(reconcileTimeouts)]).toEqual([
    0, 0, 0,
  ]);
  expect(await value(reconcileErrors)).toBeGreaterThan(0);
});

test('it stalls only while keys wait or run and none ends, and idleness is no stall', async () => {
  const hanging = Promise.withResolvers<object>();
  start({
    workers: 1,
    deadlineMs: 3_600_000,
    reconcile: (key) => (key === 'hangs' ? hanging.promise : Promise.resolve({})),
  });
  await pass(600_000);
  expect(controller.stalledForMs()).toBe(0);
  controller.enqueue('well');
  await pass(600_000);
  expect(controller.stalledForMs()).toBe(0);
  controller.enqueue('hangs');
  controller.enqueue('waits');
  await pass(400_000);
  expect(controller.stalledForMs()).toBe(400_000);
  hanging.resolve({});
  await pass(0);
  expect(controller.stalledForMs()).toBe(0);
});

test('a key that fails for ever is progress: a restart would not mend what it needs', async () => {
  start({ longestDelayMs: 60_000, reconcile: () => Promise.reject(new Error('the database is down')) });
  controller.enqueue('a');
  for (let minute = 0; minute < 30; minute += 1) {
    await pass(60_000);
    expect(controller.stalledForMs()).toBe(0);
  }
});

test('ten minutes of a dependency that is down are at most twenty tries of a key', async () => {
  let tries = 0;
  start({
    longestDelayMs: 300_000,
    reconcile: () => {
      tries += 1;
      return Promise.reject(new Error('down'));
    },
  });
  controller.enqueue('a');
  await pass(600_000);
  expect(tries).toBeGreaterThan(5);
  expect(tries).toBeLessThanOrEqual(20);
});

describe('a pass that hangs', () => {
  const metrics = runtimeMetrics(new Registry());
  const value = async (metric: Counter<'controller'> | Gauge<'controller'>): Promise<number | undefined> =>
    (await metric.get()).values.find(({ labels }) => labels.controller === 'hanging')?.value;
  const errors: string[] = [];
  const startHanging = (reconcile: ControllerOptions['reconcile']): void => {
    errors.length = 0;
    const onError = (key: string, error: unknown): void => void errors.push(`${key}: ${String(error)}`);
    start({ name: 'hanging', workers: 1, deadlineMs: 60_000, heedMs: 10_000, metrics, onError, reconcile });
  };

  test('is aborted, told and given up; worker and key go on without it', async () => {
    const first = Promise.withResolvers<object>();
    const runs: string[] = [];
    let aborted = false;
    startHanging((key, signal) => {
      runs.push(key);
      if (key !== 'hangs' || runs.filter((run) => run === 'hangs').length > 1) return Promise.resolve({});
      signal.addEventListener('abort', () => (aborted = true));
      return first.promise;
    });
    for (const key of ['hangs', 'waits']) controller.enqueue(key);
    await pass(59_999);
    expect([aborted, await value(metrics.reconcileTimeouts)]).toEqual([false, 0]);
    await pass(1);
    expect([aborted, await value(metrics.reconcileTimeouts)]).toEqual([true, 1]);
    await pass(9_999);
    expect(runs).toEqual(['hangs']);
    await pass(100);
    expect(runs).toEqual(['hangs', 'waits', 'hangs']);
    expect(errors).toEqual([expect.stringContaining('hangs: HungPass: The reconciliation has not ended after 70 s')]);
    expect(await value(metrics.hungReconciles)).toBe(1);
    first.resolve({});
    await pass(0);
    expect(await value(metrics.hungReconciles)).toBe(0);
  });

  test('and heeds its signal is a failure like any other', async () => {
    startHanging(
      (_key, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    controller.enqueue('slow');
    await pass(60_000);
    expect(errors).toEqual(['slow: TimeoutError: The reconciliation ran past its deadline']);
    expect(await value(metrics.hungReconciles)).toBe(0);
  });
});

describe('whoever uses it wrongly', () => {
  test('by an onError that throws is warned, and the key comes back all the same', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    let runs = 0;
    start({
      reconcile: () => Promise.reject(new Error(`failure ${(runs += 1)}`)),
      onError: () => {
        throw new Error('the log is broken');
      },
    });
    controller.enqueue('a');
    await pass(100);
    expect(runs).toBeGreaterThan(2);
    expect(warned).toHaveBeenCalledWith(new Error('the log is broken'));
    warned.mockRestore();
  });

  test('by a reconcile that throws at once, or asks for no time at all, gets an error and a growing delay', async () => {
    const errors: string[] = [];
    start({
      reconcile: (key) => {
        if (key === 'throws') throw new Error('at once');
        return Promise.resolve({ requeueAfterMs: Number.NaN });
      },
      onError: (key, error) => errors.push(`${key} ${String(error)}`),
    });
    for (const key of ['throws', 'nan']) controller.enqueue(key);
    await pass(1_000);
    expect(errors.length).toBeLessThan(20);
    expect(new Set(errors)).toEqual(
      new Set(['throws Error: at once', 'nan RangeError: A wait must be a number of milliseconds, and is NaN']),
    );
  });

  test('by a wait of weeks is not taken to want none', async () => {
    let runs = 0;
    start({
      reconcile: async () => {
        runs += 1;
        return { requeueAfterMs: 30 * 86_400_000 };
      },
    });
    controller.enqueue('a');
    await pass(3_600_000);
    expect(runs).toBe(1);
  });
});
