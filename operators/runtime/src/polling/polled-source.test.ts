import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followSource, type PolledSource } from './polled-source.ts';

interface ConnectionState {
  vendor: string;
  state: string;
}

let states: Map<string, ConnectionState[]> | Error;
let changes: string[][];
let integrations: PolledSource<readonly ConnectionState[]>;
beforeEach(async () => {
  vi.useFakeTimers();
  states = new Map([['a', [{ vendor: 'pax8', state: 'connected' }]]]);
  changes = [];
  integrations = followSource<readonly ConnectionState[]>({
    read: async () => {
      if (states instanceof Error) throw states;
      return states;
    },
    unseen: [],
    everyMs: 60_000,
    onChange: (ids) => changes.push([...ids]),
    onError: () => undefined,
  });
  await integrations.start();
});
afterEach(() => {
  integrations.stop();
  vi.useRealTimers();
});

test('who changed is told, once, and who is new without connections is not', async () => {
  states = new Map([
    ['a', [{ vendor: 'pax8', state: 'reconnect' }]],
    ['b', []],
  ]);
  await vi.advanceTimersByTimeAsync(180_000);
  expect(changes).toEqual([['a'], ['a']]);
  expect(integrations.of('a')).toEqual([{ vendor: 'pax8', state: 'reconnect' }]);
  expect(integrations.of('b')).toEqual([]);
  expect(integrations.of('c')).toBe('not yet');
});

test('what was seen holds for some missed looks, and is unknown after', async () => {
  states = new Error('the database is down');
  await vi.advanceTimersByTimeAsync(240_000);
  expect(integrations.of('a')).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(integrations.of('a')).toBeUndefined();
});
