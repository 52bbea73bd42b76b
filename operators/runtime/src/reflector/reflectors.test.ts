import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { KubeObject } from '../client/resource.ts';
import type { Reflector } from './reflector.ts';
import { startReflectors } from './reflectors.ts';
import { scriptedServer, things } from './testing/scripted-server.ts';

const inNamespace = (namespace: string, name: string, resourceVersion = '1'): KubeObject => ({
  metadata: { name, namespace, uid: `${namespace}/${name}`, resourceVersion, labels: { team: 'blue' } },
});

let server: ReturnType<typeof scriptedServer>['server'];
let reflector: Reflector<KubeObject>;
let changes: string[];
beforeEach(async () => {
  vi.useFakeTimers();
  const scripted = scriptedServer();
  ({ server } = scripted);
  changes = [];
  server.listed.items = [inNamespace('one', 'a'), inNamespace('two', 'a'), inNamespace('three', 'a')];
  reflector = startReflectors(
    {
      client: scripted.client,
      resource: { ...things, namespaced: true },
      index: ({ metadata }) => [metadata.labels?.team ?? ''],
      onChange: ({ type, object }) => changes.push(`${type} ${object.metadata.namespace}/${object.metadata.name}`),
      onError: () => undefined,
    },
    ['one', 'two', 'one'],
  );
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(async () => {
  await reflector.stop();
  vi.useRealTimers();
});

test('the namespaces that are named are followed, and no other', async () => {
  await reflector.synced;
  expect(changes).toEqual(['added one/a', 'added two/a']);
  expect(server.streams.map(({ namespace }) => namespace)).toEqual(['one', 'two']);
  expect([reflector.hasSynced(), reflector.isCurrent(), reflector.cache.size]).toEqual([true, true, 2]);
  expect(reflector.cache.get('two/a')?.metadata.namespace).toBe('two');
  expect(reflector.cache.get('three/a')).toBeUndefined();
  expect(reflector.cache.inGroup('blue')).toHaveLength(2);
});

test('a list of one namespace removes nothing of another', async () => {
  server.listed.items = [inNamespace('two', 'a')];
  await reflector.resync();
  expect(changes.slice(2)).toEqual(['deleted one/a']);
  expect(reflector.cache.all()).toHaveLength(1);
});
