import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../client/resource.ts';
import { ObjectCache } from './object-cache.ts';

type Thing = KubeObject & { value?: number };

const aThing = ({ name = 'a', uid = 'u1', version = '1', owner = 'o' } = {}): Thing => ({
  metadata: { name, uid, resourceVersion: version, labels: { owner } },
});
const aCache = () => new ObjectCache<Thing>((thing) => [thing.metadata.labels?.owner ?? '']);
const seen = (changes: { type: string; object: Thing }[]) =>
  changes.map(({ type, object }) => `${type} ${object.metadata.name} ${object.metadata.uid}`);

describe('put', () => {
  test('a new object is added, a newer version updates and shows what was before, the same version changes nothing', () => {
    const cache = aCache();
    expect(seen(cache.put(aThing()))).toEqual(['added a u1']);
    const [change] = cache.put(aThing({ version: '2' }));
    expect(change).toMatchObject({ type: 'updated', previous: { metadata: { resourceVersion: '1' } } });
    expect(cache.put(aThing({ version: '2' }))).toEqual([]);
  });

  test('the same name with another uid is another object: the old one is deleted, the new one added', () => {
    const cache = aCache();
    cache.put(aThing());
    expect(seen(cache.put(aThing({ uid: 'u2', version: '2' })))).toEqual(['deleted a u1', 'added a u2']);
  });

  test('names in two namespaces are two objects', () => {
    const cache = aCache();
    for (const namespace of ['x', 'y']) cache.put({ metadata: { name: 'a', namespace, uid: namespace } });
    expect(cache.size).toBe(2);
    expect(cache.get('x/a')?.metadata.uid).toBe('x');
  });
});

describe('remove', () => {
  test('the delete of a former object does not touch the one that has its name now', () => {
    const cache = aCache();
    cache.put(aThing({ uid: 'u2' }));
    expect(cache.remove(aThing({ uid: 'u1' }))).toEqual([]);
    expect(cache.size).toBe(1);
    expect(seen(cache.remove(aThing({ uid: 'u2' })))).toEqual(['deleted a u2']);
    expect(cache.remove(aThing({ uid: 'u2' }))).toEqual([]);
  });
});

describe('removeAllBut', () => {
  test('what a list no longer holds was deleted meanwhile', () => {
    const cache = aCache();
    for (const name of ['a', 'b', 'c']) cache.put(aThing({ name, uid: name }));
    expect(seen(cache.removeAllBut(new Set(['b', 'd'])))).toEqual(['deleted a a', 'deleted c c']);
    expect(cache.all().map(({ metadata }) => metadata.uid)).toEqual(['b']);
    expect(cache.inGroup('o')).toHaveLength(1);
  });
});

describe('groups', () => {
  test('an object moves with its index and leaves no empty group behind', () => {
    const cache = aCache();
    cache.put(aThing({ owner: 'x' }));
    cache.put(aThing({ owner: 'y', version: '2' }));
    expect(cache.inGroup('x')).toEqual([]);
    expect(cache.inGroup('y')).toHaveLength(1);
    cache.remove(aThing());
    expect(cache.inGroup('y')).toEqual([]);
  });
});
