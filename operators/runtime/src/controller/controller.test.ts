import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Counter } from 'prom-client';
import { reconcileErrors, reconcilePanics, reconcileTimeouts, terminalErrors } from '../metrics/controller-metrics.ts';
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
  start({ name: 'measured', reconcile: () => Promise.reject(new TypeError('undefined is not a function')) });
  controller.enqueue('a');
  await pass(10);
  const value = async (metric: Counter<'controller'>): Promise<number | undefined> =>
    (await metric.get()).values.find(({ labels }) => labels.controller === 'measured')?.value;
  expect([await value(reconcilePanics), await value(terminalErrors), await value(reconcileTimeouts)]).toEqual([
    0, 0, 0,
  ]);
  expect(await value(reconcileErrors)).toBeGreaterThan(0);
});

test('it stalls only while keys wait or run and none ends, and idleness is no stall', async () => {
  const hanging = Promise.withResolvers<object>();
  start({ workers: 1, reconcile: (key) => (key === 'hangs' ? hanging.promise : Promise.resolve({})) });
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
