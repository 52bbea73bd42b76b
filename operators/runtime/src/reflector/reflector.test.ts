import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { KubeObject } from '../client/resource.ts';
import { StatusError } from '../client/status-error.ts';
import { startReflector, type Reflector } from './reflector.ts';
import { aThing, scriptedServer, things, type Stream } from './testing/scripted-server.ts';

const expired = () => new StatusError({ code: 410, reason: 'Expired', message: 'too old resource version' });

let server: ReturnType<typeof scriptedServer>['server'];
let reflector: Reflector<KubeObject>;
let changes: string[];
let errors: unknown[];

const start = (): void => {
  const scripted = scriptedServer();
  ({ server } = scripted);
  changes = [];
  errors = [];
  server.listed = { items: [aThing('a', '1'), aThing('b', '2')], resourceVersion: '5' };
  reflector = startReflector({
    client: scripted.client,
    resource: things,
    random: () => 0.5,
    onChange: ({ type, object }) => changes.push(`${type} ${object.metadata.name} ${object.metadata.resourceVersion}`),
    onError: (error) => errors.push(error),
  });
};
/** Lets everything run that is due within this time. */
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const stream = (): Stream => {
  const last = server.streams.at(-1);
  if (!last) throw new Error('There is no watch');
  return last;
};
const names = () => reflector.cache.all().map(({ metadata }) => metadata.name);

beforeEach(async () => {
  vi.useFakeTimers();
  start();
  await pass(0);
  changes.length = 0;
});
afterEach(async () => {
  await reflector.stop();
  vi.useRealTimers();
});

test('it lists, then watches from the version of the list, with bookmarks and a time-out', async () => {
  expect([reflector.hasSynced(), names(), stream().from]).toEqual([true, ['a', 'b'], '5']);
  expect(Number(stream().query.timeoutSeconds)).toBeGreaterThanOrEqual(300);
  stream().send('ADDED', aThing('c', '6'));
  stream().send('MODIFIED', aThing('a', '7'));
  stream().send('DELETED', aThing('b', '8'));
  await pass(0);
  expect(changes).toEqual(['added c 6', 'updated a 7', 'deleted b 2']);
});

test('a list of many pages is one list', async () => {
  await reflector.stop();
  const scripted = scriptedServer();
  server = scripted.server;
  server.pageSize = 2;
  server.listed.items = ['a', 'b', 'c', 'd', 'e'].map((name) => aThing(name, '1'));
  reflector = startReflector({
    client: scripted.client,
    resource: things,
    labelSelector: 'x=y',
    onChange: () => {},
    onError: () => {},
  });
  await reflector.synced;
  expect(names()).toHaveLength(5);
  expect(server.lists.map((query) => [query.continue, query.labelSelector])).toEqual([
    [undefined, 'x=y'],
    ['2', 'x=y'],
    ['4', 'x=y'],
  ]);
});

test('managed fields and the last applied text go page by page, and from events', async () => {
  await reflector.stop();
  const scripted = scriptedServer();
  server = scripted.server;
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}', mine: '1' };
  const full = (name: string): KubeObject => ({ metadata: { name, annotations, managedFields: [{}] } });
  server.pageSize = 1;
  server.listed.items = [full('a'), full('b')];
  const kept: unknown[] = [];
  const keep = (object: KubeObject): KubeObject => {
    kept.push([server.lists.length, object.metadata]);
    return object;
  };
  const silent = { onChange: () => {}, onError: () => {} };
  reflector = startReflector({ client: scripted.client, resource: things, keep, ...silent });
  await pass(0);
  stream().send('ADDED', full('c'));
  await pass(0);
  const slim = (name: string) => ({ name, annotations: { mine: '1' } });
  // What a page has too much is gone before the next is asked for: two whole lists would not fit.
  expect(kept).toEqual([
    [1, slim('a')],
    [2, slim('b')],
    [2, slim('c')],
  ]);
});

test('a stream that ends goes on from the last version, a bookmark included, without a list', async () => {
  stream().send('MODIFIED', aThing('a', '7'));
  stream().send('BOOKMARK', { metadata: { name: '', resourceVersion: '40' } });
  await pass(6_000);
  stream().end();
  await pass(0);
  expect([server.streams.length, stream().from, server.lists.length]).toEqual([2, '40', 1]);
  expect(errors).toEqual([]);
});

test.each([
  ['as the answer to the watch', () => server.watchErrors.push(expired())],
  ['inside the stream', () => undefined],
])('410 %s leads to a list that emits what was missed', async (_name, arrange) => {
  arrange();
  server.listed = { items: [aThing('a', '9'), aThing('c', '8')], resourceVersion: '20' };
  if (server.watchErrors.length > 0) stream().end();
  else stream().fail(expired());
  await pass(5_000);
  expect(changes).toEqual(['updated a 9', 'added c 8', 'deleted b 2']);
  expect(stream().from).toBe('20');
});

test('an object that was deleted and made again in the gap is deleted and added', async () => {
  server.listed = { items: [aThing('a', '9', 'other'), aThing('b', '2')], resourceVersion: '20' };
  stream().fail(expired());
  await pass(2_000);
  expect(changes).toEqual(['deleted a 1', 'added a 9']);
});

test('another error watches again from where it was, later and later', async () => {
  for (let round = 0; round < 8; round += 1) server.watchErrors.push(new Error('ECONNRESET'));
  stream().fail(new StatusError({ code: 500, reason: 'InternalError', message: 'etcd' }));
  await pass(60_000);
  const soon = server.watchErrors.length;
  expect(soon).toBeGreaterThan(0);
  await pass(120_000);
  expect(server.watchErrors).toEqual([]);
  expect([server.lists.length, stream().from]).toEqual([1, '5']);
  stream().send('DELETED', aThing('a', '9'));
  await pass(0);
  expect(names()).toEqual(['b']);
});

test('a list that fails is tried again until there is one', async () => {
  server.listErrors.push(new Error('down'), expired(), new Error('down'));
  stream().fail(expired());
  await pass(30_000);
  expect(server.listErrors).toEqual([]);
  expect(server.lists).toHaveLength(5);
  expect(stream().from).toBe('5');
});

test('a stream that says nothing for 90 seconds is given up; one that has bookmarks is not', async () => {
  await pass(80_000);
  stream().send('BOOKMARK', { metadata: { name: '', resourceVersion: '6' } });
  await pass(80_000);
  expect([server.streams.length, reflector.stalledForMs()]).toEqual([1, 80_000]);
  await pass(15_000);
  expect(server.streams).toHaveLength(2);
  expect(stream().from).toBe('6');
});

test('a server that ends every watch at once is not asked in a loop', async () => {
  for (let seconds = 0; seconds < 60; seconds += 1) {
    stream().end();
    await pass(1_000);
  }
  expect(server.streams.length).toBeLessThan(10);
});

test('a server that says when to come back is not asked before', async () => {
  server.watchErrors.push(new StatusError({ code: 429, reason: 'TooManyRequests', message: '', retryAfterMs: 20_000 }));
  stream().end();
  await pass(19_000);
  expect([server.watchErrors.length, server.streams.length]).toEqual([0, 1]);
  await pass(2_000);
  expect(server.streams).toHaveLength(2);
});

test('a resync lists anew, tells what the events so far have missed, and only then is current again', async () => {
  server.listed = { items: [aThing('a', '9'), aThing('c', '8')], resourceVersion: '20' };
  expect(reflector.isCurrent()).toBe(true);
  const renewed = reflector.resync();
  expect(reflector.isCurrent()).toBe(false);
  await pass(0);
  await renewed;
  expect(reflector.isCurrent()).toBe(true);
  expect(changes).toEqual(['updated a 9', 'added c 8', 'deleted b 2']);
  expect([stream().from, errors]).toEqual(['20', []]);
});

test('a resync whose list fails is tried again, and is not done before one succeeds', async () => {
  server.listErrors = [new Error('gone'), new Error('gone')];
  let done = false;
  void reflector.resync().then(() => (done = true));
  await pass(0);
  expect([reflector.isCurrent(), done, errors.length]).toEqual([false, false, 1]);
  await pass(10_000);
  expect([reflector.isCurrent(), done, server.lists.length]).toEqual([true, true, 4]);
});

test('who asks for a list while one is under way gets the next', async () => {
  let second = Promise.resolve();
  let done = false;
  await reflector.stop();
  const scripted = scriptedServer();
  server = scripted.server;
  server.pageSize = 1;
  server.listed.items = [aThing('a', '1'), aThing('b', '2')];
  reflector = startReflector({
    client: scripted.client,
    resource: things,
    onChange: ({ object }) => {
      // In the middle of the list: what changed on a page before would be missed.
      if (object.metadata.name === 'a') second = reflector.resync().then(() => void (done = true));
    },
    onError: (error) => errors.push(error),
  });
  await reflector.synced;
  expect([done, reflector.isCurrent()]).toEqual([false, false]);
  await pass(0);
  await second;
  expect([server.lists.length, reflector.isCurrent(), errors]).toEqual([4, true, []]);
});

test('a handler that throws is reported and does not stop the others', async () => {
  await reflector.stop();
  const scripted = scriptedServer();
  server = scripted.server;
  const told: string[] = [];
  reflector = startReflector({
    client: scripted.client,
    resource: things,
    onChange: ({ object }) => {
      told.push(object.metadata.name);
      if (object.metadata.name === 'a') throw new Error('handler');
    },
    onError: (error) => errors.push(error),
  });
  await reflector.synced;
  await pass(0);
  stream().send('ADDED', aThing('a', '2'));
  stream().send('ADDED', aThing('b', '3'));
  await pass(0);
  expect(told).toEqual(['a', 'b']);
  expect(errors).toHaveLength(1);
});

test('an onError that throws is warned of, and the watch goes on', async () => {
  await reflector.stop();
  const scripted = scriptedServer();
  server = scripted.server;
  server.watchErrors = [new Error('reset')];
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  reflector = startReflector({
    client: scripted.client,
    resource: things,
    onChange: () => undefined,
    onError: () => {
      throw new Error('the log is broken');
    },
  });
  await reflector.synced;
  await pass(30_000);
  expect(warned).toHaveBeenCalledWith(new Error('the log is broken'));
  expect(server.streams).toHaveLength(1);
  warned.mockRestore();
});

test('stopping ends the watch and leaves no timer', async () => {
  await reflector.stop();
  await pass(100_000);
  expect(server.streams).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});
