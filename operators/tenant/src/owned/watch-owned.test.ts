import { expect, test } from 'vitest';
import type { KubeObject } from '@legendops/operator-runtime/client/resource';
import { labels } from '../api/tenant.ts';
import { isTouched, keepSubstance } from './watch-owned.ts';

type Seen = KubeObject & { spec?: object; status?: object };
const seen = (metadata: Partial<KubeObject['metadata']>, rest: object = {}): Seen => ({
  metadata: { name: 'a', uid: 'u', resourceVersion: '1', labels: { team: 'x' }, ...metadata },
  ...rest,
});

const keep = keepSubstance();

test.each<[string, Seen, Seen, boolean]>([
  ['a CronJob whose status moved', seen({ generation: 1 }), seen({ generation: 1, resourceVersion: '2' }), false],
  ['a CronJob whose spec was edited', seen({ generation: 1 }), seen({ generation: 2, resourceVersion: '2' }), true],
  ['a label that was edited', seen({ generation: 1 }), seen({ generation: 1, labels: { team: 'y' } }), true],
  ['a Secret that was edited', seen({}), seen({ resourceVersion: '2' }), true],
  [
    'a quota that pods use up',
    seen({}, { spec: { hard: { pods: '1' } } }),
    seen({ resourceVersion: '2' }, { spec: { hard: { pods: '1' } }, status: { used: {} } }),
    false,
  ],
  [
    'a quota that was raised',
    seen({}, { spec: { hard: { pods: '1' } } }),
    seen({ resourceVersion: '2' }, { spec: { hard: { pods: '9' } } }),
    true,
  ],
  ['what is being removed', seen({ generation: 1 }), seen({ generation: 1, deletionTimestamp: 'now' }), true],
])('%s', (_what, previous, object, expected) => {
  expect(isTouched({ type: 'updated', object: keep(object), previous: keep(previous) })).toBe(expected);
});

test('what is gone is looked at, what appears is not', () => {
  expect(isTouched({ type: 'deleted', object: keep(seen({})) })).toBe(true);
  expect(isTouched({ type: 'added', object: keep(seen({})) })).toBe(false);
});

test('of an object that we made is kept what tells of a change, and its texts once for a tenant', () => {
  const tenant = 'northwind';
  const anObject = (name: string) => ({
    metadata: {
      name,
      namespace: 'tenant-northwind',
      uid: 'u',
      resourceVersion: '1',
      generation: 2,
      labels: { [labels.tenant]: tenant, 'app.kubernetes.io/managed-by': 'x' },
      annotations: { long: 'x' },
    },
    spec: { hard: {} },
    status: { used: {} },
  });
  const [one, two] = [keep(anObject('one')), keep(anObject('two'))];
  expect(one).toEqual({
    metadata: {
      name: 'one',
      namespace: 'tenant-northwind',
      uid: 'u',
      resourceVersion: '1',
      labels: { [labels.tenant]: tenant },
    },
    substance: expect.any(Number),
    inPlace: undefined,
  });
  expect(one.metadata.labels).toBe(two.metadata.labels);
});
